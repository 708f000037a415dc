/** Properties that Sentry has besides tags: https://docs.sentry.io/concepts/search/searchable-properties/ */
const NAMES: ReadonlySet<string> = new Set(
  `age assigned assigned_or_suggested assignee bookmarks category culprit date dist environment event first-release firstRelease
  firstSeen first_release first_seen has id is issue last_seen lastSeen level location logger message os platform project
  release span subscribed status substatus timesSeen times_seen timestamp title trace transaction type unreal url user`
    .split(/\s+/)
    .filter((one) => one !== ''),
);
const FAMILIES =
  /^(?:app|culprit|device|error|event|geo|gpu|http|issue|measurements|os|ota_updates|platform|profile|project|release|replay|runtime|sdk|span|stack|thread|timestamp|trace|transaction|unreal|user)\./;

/** True for a property of Sentry's own and for a function: not a tag that somebody set. */
export function isBuiltIn(key: string): boolean {
  return NAMES.has(key) || FAMILIES.test(key) || /\(.*\)$/.test(key) || key.startsWith('flags[');
}
