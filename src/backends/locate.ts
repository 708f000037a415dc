import type { Backend, Discovery } from './backend.ts';
import { suggest } from './suggest.ts';

/** Where a source was found. */
export interface Located {
  /** Those that have it, in the order given; several where the same name exists in more than one place. */
  readonly backends: readonly Backend[];
  /** Where none has it: the nearest that exist, with where. */
  readonly nearest: readonly { readonly backend: Backend; readonly name: string }[];
  /** Backends of which some names could not be discovered, so that it may be there all the same. */
  readonly unsure: readonly Backend[];
}

/** Lists of what can never be a source: it is said of sources. */
const NO_SOURCES: ReadonlySet<string> = new Set([
  'labels',
  'jobs',
  'receivers',
  'environments',
  'tags',
  'fields',
]);
const NEAREST = 5;

/**
 * Looks for a source in what was discovered: a name of a list, a stream by its value, a selector by its metric or its first
 * label. Nothing is asked.
 */
export function locate(
  source: string,
  known: readonly { readonly backend: Backend; readonly discovery: Discovery }[],
): Located {
  const wanted = namesOf(source);
  const has = known.filter(({ discovery }) =>
    discovery.lists.some(
      ({ kind, names }) => !NO_SOURCES.has(kind) && names.some((name) => wanted.has(name)),
    ),
  );
  if (has.length > 0)
    return { backends: nearestTo(has.map(({ backend }) => backend)), nearest: [], unsure: [] };
  const [first = source] = wanted;
  const near = known.flatMap(({ backend, discovery }) =>
    suggest(
      first,
      discovery.lists.filter(({ kind }) => !NO_SOURCES.has(kind)).flatMap(({ names }) => names),
      3,
    ).map((name) => ({ backend, name })),
  );
  const order = suggest(
    first,
    near.map(({ name }) => name),
    NEAREST,
  );
  return {
    backends: [],
    nearest: order.flatMap((name) => near.find((one) => one.name === name) ?? []),
    unsure: known.filter(({ discovery }) => discovery.missing.length > 0).map(({ backend }) => backend),
  };
}

/** Without those in front, where one that is asked directly has it too: both would say the same. */
function nearestTo(backends: readonly Backend[]): readonly Backend[] {
  const direct = backends.filter((one) => !one.fronts);
  return direct.length > 0 ? direct : backends;
}

/** What it may be called in a list: itself, `service_name="itself"`, the metric or the first label of a selector. */
function namesOf(source: string): ReadonlySet<string> {
  const bare = source.trim();
  const [, metric = '', inside] = /^([^{}\s]*)\s*(?:\{(.*)\})?$/s.exec(bare) ?? [];
  if (inside === undefined) {
    const labels = ['service_name', 'service', 'app', 'job'].map(
      (label) => `${label}=${JSON.stringify(bare)}`,
    );
    return new Set([bare, ...labels]);
  }
  if (metric !== '') return new Set([metric]);
  const pair = /([\w.]+)\s*=~?\s*("(?:[^"\\]|\\.)*")/.exec(inside);
  return new Set(pair ? [`${pair[1]}=${pair[2]}`] : [bare]);
}
