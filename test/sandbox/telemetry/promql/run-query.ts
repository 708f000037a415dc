import { labelsOf } from '../../../../src/sandbox/telemetry/labels.ts';
import { evaluate, instantVector } from '../../../../src/sandbox/telemetry/promql/evaluate.ts';
import { parsePromql } from '../../../../src/sandbox/telemetry/promql/parse.ts';
import type { Value } from '../../../../src/sandbox/telemetry/promql/series.ts';
import type { SampleStore, StoredSeries } from '../../../../src/sandbox/telemetry/sample-store.ts';

const FREE = { samples: 1e7, work: 1e9, expired: () => false };

/** One series every 15 s from 0 on, in milliseconds; `undefined` leaves a sample out. */
export function stored(
  labels: Record<string, string>,
  values: readonly (number | undefined)[],
  staleAt?: number,
): StoredSeries {
  const kept = values.flatMap((value, index) =>
    value === undefined ? [] : [[index * 15_000, value] as const],
  );
  return {
    labels: labelsOf(labels),
    times: kept.map(([time]) => time),
    values: kept.map(([, value]) => value),
    ...(staleAt !== undefined && { staleAt }),
  };
}

export function queryAt(store: SampleStore, query: string, at: number): Value {
  return evaluate(parsePromql(query), store, { start: at, end: at, step: 1 }, FREE);
}

export function queryOver(
  store: SampleStore,
  query: string,
  start: number,
  end: number,
  step: number,
): Value {
  return evaluate(parsePromql(query), store, { start, end, step }, FREE);
}

/** An instant's answer in short: `a=1,b=2` to its value, in the answer's order; a scalar under the name `scalar`. */
export function inShort(value: Value): [string, number][] {
  if (value.kind === 'scalar') return [['scalar', value.values[0] ?? Number.NaN]];
  return instantVector(value).map(({ labels, value: one }) => [
    labels.map(([name, text]) => `${name}=${text}`).join(','),
    one,
  ]);
}
