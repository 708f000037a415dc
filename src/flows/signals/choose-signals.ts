import { OUTCOME_LABELS } from '../../domain/signals/conventions.ts';
import type { Corrections } from '../../domain/signals/correction.ts';
import {
  counterChoice,
  type ErrorChoice,
  failureCandidates,
  outcomeChoice,
} from '../../domain/signals/failures.ts';
import { latencyCandidates, latencyChoice, metricOf, namedLatency } from '../../domain/signals/latency.ts';
import { type Outcome, outcomeOf } from '../../domain/signals/outcome.ts';
import type { Ranked } from '../../domain/signals/rank.ts';
import { endpointAmong, metricsFound, type ServiceFound } from '../../domain/signals/service.ts';
import type { Choice, Signal } from '../../domain/signals/signal.ts';
import { bySeen, trafficCandidates, trafficChoice } from '../../domain/signals/traffic.ts';
import type { Look } from './look.ts';
import { type Seen, seeMetric } from './see-metric.ts';

/** What was chosen for one signal, and what else may be meant. `choice` is absent where nothing shows it. */
export interface Picked<One extends Choice = Choice> {
  readonly choice?: One;
  readonly others: readonly string[];
  /** Who chose it, where a person did. */
  readonly by?: string;
  /** Each metric with its own reason, where the choice is of several. */
  readonly reasons?: readonly { readonly metric: string; readonly why: string }[];
}

/** Candidates looked at closely, and those offered instead of the one that was chosen. */
const CLOSELY = 4;
const OFFERED = 8;
/** Labels whose values are looked at for how requests ended. */
const OUTCOMES_TRIED = 3;

/** What a choice starts from. */
export interface Choosing {
  readonly look: Look;
  readonly found: readonly ServiceFound[];
  readonly corrections: Corrections;
}

/** Counters of the service's requests with their labels, the one to take first. */
export interface Counters {
  readonly ranked: readonly Ranked[];
  readonly seen: readonly Seen[];
}

/** Counts the requests of the service; what is known of the counters serves the errors as well. */
export async function countersOf({ look, found, corrections }: Choosing): Promise<Counters> {
  const all = trafficCandidates(metricsFound(found));
  const corrected = named(corrections, 'traffic');
  const close = [...corrected, ...all.filter(({ name }) => name !== corrected[0]?.name)].slice(0, CLOSELY);
  const seen = await Promise.all(close.map(({ name }) => seeMetric(look, name, found)));
  const there = close.filter(({ name }) => seen.some((one) => one.name === name && one.labels.length > 0));
  const [first] = corrected;
  const kept = first && there.some(({ name }) => name === first.name);
  const ranked = bySeen(there, seen);
  return { ranked: kept ? [first, ...ranked.filter(({ name }) => name !== first.name)] : ranked, seen };
}

export function pickTraffic({ found, corrections }: Choosing, { ranked, seen }: Counters): Picked {
  const [first] = ranked;
  const own = first && seenOf(seen, first.name);
  const others = offered(trafficCandidates(metricsFound(found)), first?.name);
  if (!first || !own) return { others };
  const choice = trafficChoice(first, own.matchers);
  return { choice: withReasons(choice, own), others, ...byWhom(corrections, 'traffic', choice) };
}

/** How the service's requests end: by a label of what counts them, else by a counter of failures. */
export async function pickErrors(choosing: Choosing, counters: Counters): Promise<Picked<ErrorChoice>> {
  const { look, found, corrections } = choosing;
  const failures = failureCandidates(metricsFound(found));
  const [corrected] = named(corrections, 'errors');
  const asked = corrected ? [await seeMetric(look, corrected.name, found)] : [];
  const others = (chosen: string | undefined) => offered([...counters.ranked, ...failures], chosen);
  for (const own of [...asked, ...counters.ranked.flatMap(({ name }) => seenOf(counters.seen, name) ?? [])]) {
    const outcome = await outcomeIn(look, own);
    if (!outcome) continue;
    const choice = withReasons(outcomeChoice(own.name, own.matchers, outcome, placesOf(own)), own);
    return { choice, others: others(own.name), ...byWhom(corrections, 'errors', choice) };
  }
  const [first] = corrected ? [corrected] : failures;
  if (!first) return { others: others(undefined) };
  const own = asked[0] ?? (await seeMetric(look, first.name, found));
  const [counted] = counters.ranked;
  const traffic = counted && seenOf(counters.seen, counted.name);
  const choice = counterChoice(
    first,
    own.matchers,
    traffic && { metric: traffic.name, matchers: traffic.matchers },
    placesOf(own),
  );
  return {
    choice: withReasons(choice, own),
    others: others(first.name),
    ...byWhom(corrections, 'errors', choice),
  };
}

export async function pickLatency({ look, found, corrections }: Choosing): Promise<Picked> {
  const names = metricsFound(found);
  const ranked = latencyCandidates(names);
  const corrected = corrections.latency && namedLatency(corrections.latency.metric, names);
  for (const candidate of [...(corrected ? [corrected] : []), ...ranked].slice(0, CLOSELY)) {
    const own = await seeMetric(look, metricOf(candidate), found);
    const by = candidate.form === 'histogram' ? 'le' : 'quantile';
    const bounds = own.labels.includes(by) ? await look.values(by, own.matchers, own.name) : [];
    const choice = latencyChoice(candidate, { ...own, bounds });
    if (!choice || own.labels.length === 0) continue;
    const metrics = ranked.map((one) => ({ ...one, name: metricOf(one) }));
    return {
      choice: withReasons(choice, own),
      others: offered(metrics, choice.metric),
      ...(candidate === corrected && corrections.latency && { by: corrections.latency.by }),
    };
  }
  return { others: [] };
}

async function outcomeIn(look: Look, own: Seen): Promise<Outcome | undefined> {
  const labels = OUTCOME_LABELS.filter((label) => own.labels.includes(label)).slice(0, OUTCOMES_TRIED);
  for (const label of labels) {
    const outcome = outcomeOf(label, await look.values(label, own.matchers, own.name));
    if (outcome) return outcome;
  }
  return undefined;
}

function placesOf(own: Seen): { readonly labels: readonly string[] } {
  const endpoint = endpointAmong(own.labels);
  const service = own.matchers.slice(0, 1).map(({ label }) => label);
  return { labels: [...service, ...(endpoint === undefined ? [] : [endpoint])] };
}

function seenOf(seen: readonly Seen[], name: string): Seen | undefined {
  return seen.find((one) => one.name === name);
}

function named(corrections: Corrections, signal: Signal): readonly Ranked[] {
  const one = corrections[signal];
  return one ? [{ name: one.metric, score: 0, why: '' }] : [];
}

/** Says who chose it, where it is the one that was chosen: a metric that is gone is not insisted on. */
function byWhom(corrections: Corrections, signal: Signal, choice: Choice): { readonly by?: string } {
  const one = corrections[signal];
  return one?.metric === choice.metric ? { by: one.by } : {};
}

function offered(
  ranked: readonly { readonly name: string }[],
  chosen: string | undefined,
): readonly string[] {
  return [...new Set(ranked.map(({ name }) => name))].filter((name) => name !== chosen).slice(0, OFFERED);
}

function withReasons<One extends Choice>(choice: One, { reasons }: Seen): One {
  return { ...choice, why: [choice.why, ...reasons].filter((one) => one !== '').join('; ') };
}
