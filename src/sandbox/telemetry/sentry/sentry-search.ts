import { DetailedError } from './detailed-error.ts';
import { type EventSource, type PlayedIssue, titleOf } from './played-issue.ts';

/** What a search is asked about: an issue as it was seen up to now, and one source of its events. */
export interface Searched {
  readonly issue: PlayedIssue;
  readonly source: EventSource;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export type SearchTest = (searched: Searched) => boolean;

const TOKEN =
  /(!?)([A-Za-z_][\w.]*):("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s()"]+)|"((?:[^"\\]|\\.)*)"|[()]|[^\s()"]+/g;

/**
 * Reads the part of Sentry's search that the sandbox plays: terms that must all be met, their negation, lists in brackets and
 * free text. Anything else is refused by name, the way Sentry refuses. Throws DetailedError.
 */
export function readSearch(search: string): SearchTest {
  const tests: SearchTest[] = [];
  let rest = search;
  for (const found of search.matchAll(TOKEN)) {
    const [whole, not, key, value = '', quoted] = found;
    rest = rest.replace(whole, '');
    if (whole === '(' || whole === ')' || whole === 'OR')
      throw new DetailedError(
        400,
        `Parse error at '${search.slice(Math.max(0, found.index - 5), found.index + 5)}' (column ${found.index + 1}). The sandbox does not play brackets and OR.`,
      );
    if (whole === 'AND') continue;
    if (key === undefined) {
      const text = (quoted ?? whole).toLowerCase();
      tests.push(({ issue }) => `${titleOf(issue)} ${issue.culprit}`.toLowerCase().includes(text));
      continue;
    }
    const test = termTest(key, value);
    tests.push(not === '!' ? (searched) => !test(searched) : test);
  }
  if (rest.trim() !== '')
    throw new DetailedError(
      400,
      `Parse error at '${rest.trim().slice(0, 10)}' (column ${search.indexOf(rest.trim()) + 1}). This is commonly caused by unmatched parentheses. Enclose any text in double quotes.`,
    );
  return (searched) => tests.every((test) => test(searched));
}

function termTest(key: string, value: string): SearchTest {
  if (key === 'firstSeen' || key === 'lastSeen') return timeTest(key, value);
  const wanted = valuesOf(value);
  const read = reader(key);
  return (searched) => wanted.some((one) => read(searched).some((text) => alike(text, one)));
}

function reader(key: string): (searched: Searched) => readonly string[] {
  switch (key) {
    case 'is':
      return ({ issue }) =>
        issue.status === 'ignored' ? ['ignored', 'archived'] : [issue.status, issue.substatus];
    case 'project':
    case 'project.name':
      return ({ issue }) => [issue.project];
    case 'issue':
      return ({ issue }) => [issue.shortId];
    case 'issue.id':
      return ({ issue }) => [issue.id];
    case 'level':
      return ({ issue }) => [issue.level];
    case 'title':
    case 'message':
      return ({ issue }) => [titleOf(issue)];
    case 'has':
      return ({ source }) => Object.keys(source.tags);
    case 'release':
    case 'environment':
    case 'region':
    case 'server_name':
    case 'transaction':
      return ({ source }) => [source.tags[key] ?? ''];
    default:
      throw new DetailedError(400, `Invalid key: the sandbox does not play "${key}" in a search.`);
  }
}

function timeTest(key: 'firstSeen' | 'lastSeen', value: string): SearchTest {
  const [, op = '', time = ''] = /^(>=|<=|>|<)(.+)$/.exec(value) ?? [];
  const at = Date.parse(time);
  if (op === '' || Number.isNaN(at))
    throw new DetailedError(400, `Invalid date: ${value} is not a time that ${key} can be compared with.`);
  return (searched) => {
    const seen = searched[key];
    if (op === '>=') return seen >= at;
    if (op === '<=') return seen <= at;
    return op === '>' ? seen > at : seen < at;
  };
}

function valuesOf(value: string): readonly string[] {
  const each = value.startsWith('[')
    ? (value.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^\s,"]+/g) ?? [])
    : [value];
  return each.map((one) => (one.startsWith('"') ? one.slice(1, -1).replace(/\\(.)/g, '$1') : one));
}

/** `*` stands for anything. */
function alike(text: string, wanted: string): boolean {
  const parts = wanted.toLowerCase().split('*');
  if (parts.length === 1) return text.toLowerCase() === parts[0];
  const pattern = parts.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`).test(text.toLowerCase());
}
