import { ELSEWHERE, FAILURES } from './conventions.ts';
import type { Outcome } from './outcome.ts';
import { exactly, rateOf, sumBy, together } from './promql.ts';
import { type Ranked, rank } from './rank.ts';
import type { Choice, Matcher, SignalQuery } from './signal.ts';

/** Counters of failures alone, for where no count of requests says how they ended. */
export function failureCandidates(names: readonly string[]): readonly Ranked[] {
  return rank(names, FAILURES, ELSEWHERE);
}

/** What requests are called that a service refused: the caller's fault by the code. */
export const REFUSED = '4xx';

/** How many rows the table of errors has. */
export const TOP_ERRORS = 20;

/** Where errors come from, for the table of them. */
export interface ErrorPlaces {
  /** The label under which the service was found, and the endpoint's, where there is one. */
  readonly labels: readonly string[];
}

export interface ErrorChoice extends Choice {
  /** The most frequent errors by service and endpoint, at one moment. */
  readonly top: SignalQuery;
}

/** Errors as a part of all requests, by how the requests of one counter ended. */
export function outcomeChoice(
  metric: string,
  matchers: readonly Matcher[],
  outcome: Outcome,
  places: ErrorPlaces,
): ErrorChoice {
  const part = (ended: Matcher) => partOf(rateOf(metric, [...matchers, ended]), rateOf(metric, matchers));
  const classes = [
    [outcome.says, part(outcome.failed)] as const,
    ...(outcome.refused ? [[REFUSED, part(outcome.refused)] as const] : []),
  ];
  const wrong = outcome.refused ? either(outcome.failed, outcome.refused) : outcome.failed;
  return {
    metric,
    why: `its \`${outcome.label}\` tells how a request ended; ${outcome.says} counts as failed`,
    queries: [{ text: together('class', classes), unit: 'percent', by: 'class' }],
    top: topOf(rateOf(metric, [...matchers, wrong]), [...places.labels, outcome.label]),
  };
}

/** Errors by a counter of their own: as a part of the traffic where that is known, else as they are. */
export function counterChoice(
  { name, why }: Ranked,
  matchers: readonly Matcher[],
  traffic: { readonly metric: string; readonly matchers: readonly Matcher[] } | undefined,
  places: ErrorPlaces,
): ErrorChoice {
  const failed = rateOf(name, matchers);
  return {
    metric: name,
    why,
    queries: [
      traffic
        ? { text: partOf(failed, rateOf(traffic.metric, traffic.matchers)), unit: 'percent' }
        : { text: `sum(${failed})`, unit: 'per second' },
    ],
    top: topOf(failed, places.labels),
  };
}

function either(one: Matcher, other: Matcher): Matcher {
  const patterns = [one, other].map(({ op, value }) => (op === '=' ? exactly(value) : value));
  return { label: one.label, op: '=~', value: patterns.join('|') };
}

/** A service without a single error has no such series, which is 0 and not nothing. */
function partOf(some: string, all: string): string {
  return `100 * (sum(${some}) or vector(0)) / sum(${all})`;
}

function topOf(failed: string, labels: readonly string[]): SignalQuery {
  return { text: `topk(${TOP_ERRORS}, ${sumBy([...new Set(labels)], failed)} > 0)`, unit: 'per second' };
}
