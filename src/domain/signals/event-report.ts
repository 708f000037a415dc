import type { Answer } from '../evidence.ts';
import { SECOND, type Window } from '../time.ts';
import type { Corrections } from './correction.ts';
import type { EventPlan } from './event-queries.ts';
import { REFUSED } from './failures.ts';
import { QUANTILES, sayQuantile } from './latency.ts';
import type { Amount, Cited, ErrorPlace, SignalLine, SignalsReport } from './report.ts';
import type { Signal, Unit } from './signal.ts';

/** The answers about now and before, and what they were asked for. */
export interface EventAnswers {
  readonly planned: {
    readonly plan: EventPlan;
    readonly others: {
      readonly datasets: readonly string[];
      readonly durations: readonly string[];
      readonly outcomes: readonly string[];
    };
  };
  readonly corrections: Corrections;
  readonly now: Window;
  readonly before: Window;
  readonly numbers: { readonly value: Answer } | { readonly why: string };
  readonly was: { readonly value: Answer } | { readonly why: string };
  readonly cite: (answer: Answer) => Cited;
}

/** The lines of a report from one row of numbers about now and one about before. */
export function eventLines(asked: SignalsReport['asked'], given: EventAnswers): readonly SignalLine[] {
  const { planned, corrections, numbers, was, cite } = given;
  const { plan, others } = planned;
  const [row, earlier] = [rowOf(numbers), rowOf(was)];
  const evidence = 'value' in numbers ? cite(numbers.value) : undefined;
  const beforeEvidence = 'value' in was ? cite(was.value) : undefined;
  const amount = (
    unit: Unit,
    of: (row: Row, window: Window) => number | undefined,
    name?: string,
  ): Amount => {
    const [current, past] = [of(row, given.now), of(earlier, given.before)];
    return {
      ...(name !== undefined && { name }),
      unit,
      ...(current !== undefined && { now: current }),
      ...(past !== undefined && { before: past }),
      ...(evidence && { evidence }),
      ...(beforeEvidence && { beforeEvidence }),
    };
  };
  const part = (column: string) => (one: Row) => {
    const [some, all] = [one(column), one('requests')];
    return some === undefined || !all ? undefined : (100 * some) / all;
  };
  const failed = [...new Set([numbers, was].flatMap((one) => ('why' in one ? [one.why] : [])))].join(' ');
  const line = (
    signal: Signal,
    metric: string | undefined,
    why: string,
    all: readonly Amount[],
    rest: readonly string[],
  ): SignalLine => {
    const by =
      metric !== undefined && corrections[signal]?.metric === metric ? corrections[signal]?.by : undefined;
    const lacks = metric === undefined ? MISSING[signal] : failed;
    return {
      signal,
      amounts:
        metric === undefined ? [] : all.filter(({ now: a, before: b }) => a !== undefined || b !== undefined),
      chosen: metric === undefined ? [] : [{ metric, why, ...(by !== undefined && { by }) }],
      others: rest,
      ...(lacks !== '' && { lacks }),
    };
  };
  const perSecond = (one: Row, { from, to }: Window) => {
    const all = one('requests');
    return all === undefined || to <= from ? undefined : (all * SECOND) / (to - from);
  };
  const { outcome, duration, served } = plan;
  const counted = `its events with ${plan.service.field}${served ? ` and ${served.field} ${served.value}` : ''} are counted`;
  const lines: Readonly<Record<Signal, SignalLine>> = {
    latency: line(
      'latency',
      duration?.field,
      `times an event of ${plan.dataset} by its name`,
      QUANTILES.map((q) => amount(duration?.unit ?? '', (one) => one(sayQuantile(q)), sayQuantile(q))),
      others.durations,
    ),
    traffic: line('traffic', plan.dataset, counted, [amount('per second', perSecond)], others.datasets),
    errors: line(
      'errors',
      outcome?.field,
      `tells how a request ended; ${outcome?.says} counts as failed`,
      [
        amount('percent', part('failed'), outcome?.says),
        ...(outcome?.refused === undefined ? [] : [amount('percent', part('refused'), REFUSED)]),
      ],
      others.outcomes,
    ),
    saturation: line('saturation', undefined, '', [], []),
  };
  const order: readonly Signal[] =
    asked === 'signals' ? ['latency', 'traffic', 'errors', 'saturation'] : ['traffic', 'errors', 'latency'];
  return order.map((signal) => lines[signal]);
}

const MISSING: Readonly<Record<Signal, string>> = {
  latency:
    'Missing: no field of its events times them. Looked for `duration`, `…_duration_ms`, `latency`, `elapsed`, `took`.',
  traffic: '',
  errors:
    'Missing: no field tells how a request ended. Looked for `http.response.status_code`, `status`, `error`, `level`.',
  saturation: 'Missing: events tell none. Metrics may: `signals` without `axiom`, or `mpl`.',
};

/** The rows of the table of errors, counted over a window. */
export function eventPlaces(
  answer: Pick<Answer, 'result'>,
  plan: EventPlan,
  { from, to }: Window,
): { readonly places: readonly ErrorPlace[]; readonly total: number } {
  if (answer.result.kind !== 'rows') return { places: [], total: 0 };
  const { columns, rows } = answer.result;
  const places = rows.map((row): ErrorPlace => {
    const cell = (name: string | undefined) => {
      const value = name === undefined ? undefined : row[columns.indexOf(name)];
      return value === undefined || value === null ? undefined : String(value);
    };
    const endpoint = cell(plan.endpoint);
    const code = cell(plan.outcome?.field);
    return {
      service: cell(plan.service.field) ?? plan.service.value,
      ...(endpoint !== undefined && { endpoint }),
      ...(code !== undefined && { code }),
      perSecond: (Number(cell('errors') ?? 0) * SECOND) / Math.max(to - from, SECOND),
    };
  });
  return { places, total: places.length };
}

/** A number of the one row, by its column. */
type Row = (column: string) => number | undefined;

function rowOf(given: EventAnswers['numbers']): Row {
  const result = 'value' in given ? given.value.result : undefined;
  return (column) => {
    if (result?.kind !== 'rows') return undefined;
    const value = result.rows[0]?.[result.columns.indexOf(column)];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
}
