import { type Discovery, type Matched, matched, type NamedSource, type Names } from '../backend.ts';
import { type Place, undiscovered, unknownNames } from '../unknown-names.ts';
import { checkApl } from './apl/check-apl.ts';
import { fieldNames } from './apl/fields.ts';
import { type Apl, readApl, type Source } from './apl/read-apl.ts';
import { metricName } from './catalog.ts';
import { isMpl, type MplSource, readMpl } from './mpl/read-mpl.ts';
import { readVerb } from './verb.ts';

const NOT_READ = 'this query could not be parsed here, so the server decides';
/** What Axiom keeps of itself is in no list. */
const OWN = /^axiom-(?:history|audit|trace)/;

/** See `Backend.match`. */
export function matchAxiom(query: string, discovery: Discovery, place: Place): Matched {
  const verb = readVerb(query);
  if (query.startsWith('GET /')) return matched(query);
  if (verb?.verb === 'monitors' || (verb?.verb === 'annotations' && verb.dataset === ''))
    return matched(query);
  if (verb?.verb === 'annotations') {
    refuseUnknown('dataset', [verb.dataset], listed('datasets', discovery, place), place);
    return matched(query);
  }
  if (verb?.verb === 'values') return matchMetrics(query, [{ ...verb, tags: [verb.tag] }], discovery, place);
  if (isMpl(query)) {
    const sources = readMpl(query);
    return sources ? matchMetrics(query, sources, discovery, place) : unread(query, discovery, place);
  }
  const apl = readApl(query);
  return apl ? matchApl(apl, discovery, place) : unread(query, discovery, place);
}

/** Nothing is known of what it reads; that nothing was discovered is said all the same. */
function unread(query: string, discovery: Discovery, place: Place): Matched {
  listed('datasets', discovery, place);
  return matched(query, NOT_READ);
}

function matchApl(apl: Apl, discovery: Discovery, place: Place): Matched {
  const datasets = listed('datasets', discovery, place);
  const views = discovery.lists.find((list) => list.kind === 'views');
  const known = [...datasets.names, ...(views?.names ?? [])];
  const sources = apl.pipelines.flatMap((pipeline) => pipeline.sources);
  const unknown = [...new Set(sources.filter((one) => !exists(one, known)).map((one) => one.name))];
  const { hints, corrected } = checkApl(apl);
  const checked = (why?: string) => matched(apl.query, why, hints, named(apl, known), corrected);
  if (unknown.length === 0) return checked();
  if (unknown.every((name) => OWN.test(name))) return checked('what Axiom keeps of itself is in no list');
  if (datasets.truncated) return checked('the list of datasets is not complete');
  if (!views && unknown.length > 0) return checked('it may be a view, and the views could not be discovered');
  throw unknownNames('dataset', unknown, known, place);
}

/** With `*` a pattern, and one that nothing meets is as unknown as a name. */
function exists({ name, quoted }: Source, known: readonly string[]): boolean {
  if (quoted || !name.includes('*')) return known.includes(name);
  const pattern = new RegExp(`^${name.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`);
  return known.some((one) => pattern.test(one));
}

/** The tables that a query reads with the fields that it names of each; of several in one pipeline the fields are not told apart. */
function named(apl: Apl, known: readonly string[]): readonly NamedSource[] {
  return apl.pipelines.flatMap((pipeline) => {
    const [only, ...others] = pipeline.sources.filter((one) => known.includes(one.name));
    if (!only) return [];
    const fields = pipeline.sources.length === 1 ? fieldNames(pipeline, apl) : [];
    return [{ source: only.name, fields }, ...others.map((one) => ({ source: one.name, fields: [] }))];
  });
}

function matchMetrics(
  query: string,
  sources: readonly MplSource[],
  discovery: Discovery,
  place: Place,
): Matched {
  const datasets = [...new Set(sources.map((one) => one.dataset))];
  refuseUnknown('dataset', datasets, listed('datasets', discovery, place), place);
  const metrics = discovery.lists.find((list) => list.kind === 'metrics');
  const wanted = sources.map((one) => metricName(one.dataset, one.metric));
  const named_ = sources.map((one, index) => ({ source: wanted[index] ?? '', fields: one.tags }));
  const hints = rangeHint(sources);
  const ranges = sources.flatMap((one) => (one.range ? [one.range] : []));
  const corrected = ranges
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, end }) => text.slice(0, at) + text.slice(end), query);
  const checked = (why?: string) =>
    matched(query, why, hints, named_, corrected === query ? undefined : corrected);
  if (!metrics) return checked('the metrics could not be discovered');
  const unknown = [...new Set(wanted)].filter((one) => !metrics.names.includes(one));
  if (unknown.length === 0) return checked();
  if (metrics.truncated) return checked('the list of metrics is not complete');
  const near = metrics.names.filter((one) => datasets.some((dataset) => one.startsWith(`${dataset}:`)));
  throw unknownNames('metric', unknown, near, place);
}

function rangeHint(sources: readonly MplSource[]): readonly string[] {
  const range = sources.find((one) => one.range)?.range;
  return range
    ? [`The time in the query, \`${range.text}\`, decides instead of the window, and moves with the clock.`]
    : [];
}

function refuseUnknown(what: string, names: readonly string[], list: Names, place: Place): void {
  const unknown = names.filter((name) => !list.names.includes(name));
  if (unknown.length > 0 && !list.truncated) throw unknownNames(what, unknown, list.names, place);
}

function listed(kind: string, discovery: Discovery, place: Place): Names {
  const list = discovery.lists.find((one) => one.kind === kind);
  if (!list) throw undiscovered(kind, discovery, place);
  return list;
}
