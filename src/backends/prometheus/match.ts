import { type Discovery, type Matched, matched, type NamedSource } from '../backend.ts';
import { type Place, pointAt, ticked, undiscovered, unknownNames } from '../unknown-names.ts';
import { type Reading, readPromql, type Selector } from './promql.ts';

/** Finds a name fast in lists of any size. */
export type Contains = (names: readonly string[], name: string) => boolean;

/** See `Backend.match`. */
export function matchPromql(query: string, discovery: Discovery, place: Place, contains: Contains): Matched {
  const reading = readPromql(query);
  if (!reading) return matched(query, 'this query could not be parsed here, so the server decides');
  const metrics = discovery.lists.find((list) => list.kind === 'metrics');
  if (!metrics) throw undiscovered('metrics', discovery, place);

  const unknown = new Set<string>();
  const unchecked = new Set<string>();
  for (const selector of reading.selectors) {
    if (selector.absent) continue;
    const wanted = selector.metric === undefined ? selector.anyOf : [selector.metric];
    if (!wanted) unchecked.add(namesNothing(selector));
    else if (wanted.some((name) => contains(metrics.names, name))) continue;
    else if (selector.pinned) unchecked.add(`${ticked(wanted.join('|'))} is asked at a time of its own`);
    else if (metrics.truncated) unchecked.add('the list of metrics is not complete');
    else for (const name of wanted) unknown.add(name);
  }
  if (unknown.size > 0) throw unknownNames('metric', [...unknown], metrics.names, place);
  const why = [...unchecked].join('; ');
  return matched(
    query,
    why === '' ? undefined : why,
    hints(reading, discovery, contains),
    sourcesOf(reading),
  );
}

/** Metrics with the labels asked of each. Whose label a grouping means is certain only where there is one metric. */
function sourcesOf({ selectors, grouping, makesLabels }: Reading): readonly NamedSource[] {
  const labels = new Map<string, Set<string>>();
  for (const { metric, matchers, absent } of selectors) {
    if (metric === undefined || absent) continue;
    const fields = labels.get(metric) ?? new Set();
    // `x=""` and `x!="…"` are met by series without the label.
    for (const { label, op, value } of matchers)
      if ((op === '=' || op === '=~') && value !== '' && label !== '__name__') fields.add(label);
    labels.set(metric, fields);
  }
  const [only, ...others] = labels.values();
  if (only && others.length === 0 && !makesLabels) for (const label of grouping) only.add(label);
  return [...labels].map(([source, fields]) => ({ source, fields: [...fields] }));
}

function namesNothing(selector: Selector): string {
  const pattern = selector.matchers.some((one) => one.label === '__name__');
  return pattern ? 'a selector gives its metric by a pattern' : 'a selector names no metric';
}

/** Jobs and labels that do not exist: the query is legal and will be empty, which somebody could take for "all is well". */
function hints(reading: Reading, discovery: Discovery, contains: Contains): string[] {
  const listed = (kind: string) => {
    const list = discovery.lists.find((one) => one.kind === kind);
    return list && !list.truncated ? list.names : undefined;
  };
  const jobs = listed('jobs');
  const labels = listed('labels');
  const out = new Set<string>();
  for (const { matchers, absent, pinned } of reading.selectors) {
    if (absent || pinned) continue;
    for (const { label, op, value } of matchers) {
      // `x=""` and `x!="…"` are met by series without the label.
      if ((op !== '=' && op !== '=~') || value === '' || label === '__name__') continue;
      if (labels && !contains(labels, label)) out.add(pointAt('label', label, labels));
      else if (label === 'job' && op === '=' && jobs && !contains(jobs, value))
        out.add(pointAt('job', value, jobs));
    }
  }
  if (labels && !reading.makesLabels)
    for (const label of reading.grouping)
      if (!contains(labels, label)) out.add(pointAt('label', label, labels));
  return [...out].slice(0, 5);
}
