import { type Duration, type Instant, parseDuration } from '../../../domain/time.ts';
import { type Labels, labelOf, NAME } from '../labels.ts';
import type { ScenarioSeries } from '../scenario.ts';

/** A query of metrics that is wrong or more than this sandbox runs. */
export class MplError extends Error {}

const SUPPORTED =
  '`dataset`:`metric` | where tag == "value" (and …) | map rate | align to 1m using avg, sum, min, max or last | group [by tag, …] using avg, sum, min or max';

interface Line {
  readonly tags: Readonly<Record<string, string>>;
  readonly data: readonly (number | null)[];
}

type Using = (values: readonly number[]) => number;

const USING: Readonly<Record<string, Using>> = {
  sum: (values) => values.reduce((total, one) => total + one, 0),
  avg: (values) => values.reduce((total, one) => total + one, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  last: (values) => values.at(-1) ?? Number.NaN,
};

/** How many points one stretch of alignment is made of. */
const POINTS = 4;
const MOST_STEPS = 2_000;

/** Runs a query over the scenario's series, as metrics-v1 answers it. Throws MplError. */
export function runMpl(
  query: string,
  series: readonly ScenarioSeries[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly object[] {
  const [head = '', ...stages] = query.split('|').map((part) => part.trim());
  const [, metric] = /^(?:`shop-metrics`|shop-metrics)\s*:\s*`?([\w.]+)`?$/.exec(head) ?? [];
  if (metric === undefined) throw new MplError(`not supported by this sandbox, which knows: ${SUPPORTED}`);
  let chosen = series.filter(({ labels }) => labelOf(labels, NAME) === metric);
  if (chosen.length === 0) throw new MplError(`metric ${metric} not found`);
  let step: Duration = 60_000;
  let using: Using = USING.avg as Using;
  let rate = false;
  const groups: ((lines: readonly Line[]) => readonly Line[])[] = [];
  for (const stage of stages) {
    const [, condition] = /^where\s+(.+)$/s.exec(stage) ?? [];
    const [, length, by] = /^align to (\w+) using (\w+)$/.exec(stage) ?? [];
    const [, tags, how] = /^group(?: by ([`\w., ]+?))? using (\w+)$/.exec(stage) ?? [];
    if (condition !== undefined) chosen = chosen.filter(({ labels }) => conditionOf(condition)(labels));
    else if (/^map rate$/.test(stage)) rate = true;
    else if (length !== undefined && parseDuration(length) !== undefined) {
      step = parseDuration(length) ?? step;
      using = usingOf(by);
    } else if (how !== undefined) groups.push((lines) => group(lines, tags, usingOf(how)));
    else throw new MplError(`\`${stage}\` is not supported by this sandbox, which knows: ${SUPPORTED}`);
  }
  const start = Math.ceil(from / step) * step;
  const steps = Math.max(0, Math.floor((to - start) / step));
  if (steps > MOST_STEPS) throw new MplError('too many points: align to a longer time');
  let lines: readonly Line[] = chosen.map((one) => ({
    tags: Object.fromEntries(one.labels.filter(([name]) => name !== NAME)),
    data: Array.from({ length: steps }, (_, index) => pointOf(one, start + index * step, step, rate, using)),
  }));
  for (const one of groups) lines = one(lines);
  return lines
    .filter(({ data }) => data.some((value) => value !== null))
    .map(({ tags, data }) => ({ metric, tags, start: start / 1_000, resolution: step / 1_000, data }));
}

function pointOf(
  { born, gone, valueAt }: ScenarioSeries,
  at: Instant,
  step: Duration,
  rate: boolean,
  using: Using,
): number | null {
  if (at < born || at + step > (gone ?? Number.POSITIVE_INFINITY)) return null;
  if (rate) return (valueAt(at + step) - valueAt(at)) / (step / 1_000);
  return using(Array.from({ length: POINTS }, (_, index) => valueAt(at + (index * step) / POINTS)));
}

function conditionOf(text: string): (labels: Labels) => boolean {
  const all = text.split(/\s+and\s+/).map((one) => {
    const [, tag, sign, value] = /^`?([\w.]+)`?\s*(==|!=)\s*"([^"]*)"$/.exec(one.trim()) ?? [];
    if (tag === undefined)
      throw new MplError(`\`${one}\` is not supported by this sandbox, which knows: ${SUPPORTED}`);
    return (labels: Labels) => (labelOf(labels, tag) === value) === (sign === '==');
  });
  return (labels) => all.every((one) => one(labels));
}

function group(lines: readonly Line[], tags: string | undefined, using: Using): readonly Line[] {
  const names = (tags ?? '')
    .split(',')
    .map((one) => one.trim().replaceAll('`', ''))
    .filter(Boolean);
  const found = new Map<string, { readonly tags: Record<string, string>; readonly lines: Line[] }>();
  for (const line of lines) {
    const key = Object.fromEntries(names.map((name) => [name, line.tags[name] ?? '']));
    const one = found.get(JSON.stringify(key)) ?? { tags: key, lines: [] };
    one.lines.push(line);
    found.set(JSON.stringify(key), one);
  }
  return [...found.values()].map((one) => ({
    tags: one.tags,
    data: (one.lines[0]?.data ?? []).map((_, index) => {
      const values = one.lines.flatMap(({ data }) => data[index] ?? []);
      return values.length === 0 ? null : using(values);
    }),
  }));
}

function usingOf(name = ''): Using {
  const using = USING[name];
  if (!using)
    throw new MplError(`\`using ${name}\` is not supported by this sandbox, which knows: ${SUPPORTED}`);
  return using;
}
