import type { Backend } from '../../backends/backend.ts';
import type { Answer } from '../../domain/evidence.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { NowAndBefore } from '../../domain/signals/amounts.ts';
import { correctionsKey, correctionsOf } from '../../domain/signals/correction.ts';
import { errorPlaces } from '../../domain/signals/error-places.ts';
import type { ErrorChoice } from '../../domain/signals/failures.ts';
import { sayMissing } from '../../domain/signals/looked-for.ts';
import type { SignalLine, SignalsReport } from '../../domain/signals/report.ts';
import { metricsFound } from '../../domain/signals/service.ts';
import type { Choice, Signal } from '../../domain/signals/signal.ts';
import type { Instant, Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import type { World } from '../ports.ts';
import { pickFullnesses } from './choose-saturation.ts';
import {
  type Choosing,
  countersOf,
  type Picked,
  pickErrors,
  pickLatency,
  pickTraffic,
} from './choose-signals.ts';
import { findService, type Known } from './find-service.ts';
import { type Cite, type Gathered, type Tried, tried } from './gathered.ts';
import { type AskedQuery, answersOf, lineOf } from './line-of.ts';
import { lookAt } from './look.ts';
import { nowAndBefore } from './time-before.ts';

export interface SignalsAsking {
  readonly team: string;
  readonly backend: Backend;
  readonly service: string;
  /** All four, or the three of RED. */
  readonly asked: 'signals' | 'red';
  readonly window: Window;
  /** When the incident began, where there is one: what is compared with lies before it. */
  readonly began?: Instant;
  readonly by: PersonId;
}

/** One signal on its way: what was picked, and the answers to its queries. */
interface Asked {
  readonly signal: Signal;
  readonly picked: Tried<Picked>;
  readonly answers: readonly AskedQuery[];
}

const ORDER: Readonly<Record<SignalsAsking['asked'], readonly Signal[]>> = {
  signals: ['latency', 'traffic', 'errors', 'saturation'],
  red: ['traffic', 'errors', 'latency'],
};

/**
 * The golden signals of a service: its metrics are found by what names services, chosen by conventions and by values seen, and
 * asked all at once. What a team corrected is taken first. A signal that cannot be found or asked says so on its line. Throws
 * RuleViolation for a service that is nowhere.
 */
export async function readSignals(
  world: Pick<World, 'telemetry' | 'store'>,
  asking: SignalsAsking,
  signal: AbortSignal,
): Promise<Gathered<SignalsReport>> {
  const { backend, service } = asking;
  const times = nowAndBefore(asking.window, asking.began);
  const whole = { from: times.before.from, to: times.window.to };
  const look = lookAt(backend, whole, signal);
  const found = await findService(look, service, await knownOf(world, backend, signal), asking.asked);
  const stored = await world.store.recall(asking.team, correctionsKey(backend, service));
  const choosing: Choosing = { look, found, corrections: correctionsOf(stored) };
  const question = (text: string, window: Window) =>
    tried(() => ask(world, { backend, query: text, window, by: asking.by }, signal));

  const counters = tried(() => countersOf(choosing));
  const errors = pickWith(counters, (value) => pickErrors(choosing, value));
  const picks: Readonly<Record<Signal, () => Promise<Tried<Picked>>>> = {
    traffic: () => pickWith(counters, async (value) => pickTraffic(choosing, value)),
    errors: () => errors,
    latency: () => tried(() => pickLatency(choosing)),
    saturation: () => tried(() => saturationOf(choosing)),
  };
  const [lines, top] = await Promise.all([
    Promise.all(
      ORDER[asking.asked].map(async (one): Promise<Asked> => {
        const picked = await picks[one]();
        const queries = 'value' in picked ? (picked.value.choice?.queries ?? []) : [];
        const answers = queries.map(async (query) => ({ query, answer: await question(query.text, whole) }));
        return { signal: one, picked, answers: await Promise.all(answers) };
      }),
    ),
    askTop(errors, (text) => question(text, { from: whole.to, to: whole.to })),
  ]);
  return {
    answers: [
      ...lines.flatMap(({ answers }) => answersOf(answers)),
      ...(top && 'value' in top.answer ? [top.answer.value] : []),
    ],
    report: (cite) => ({
      kind: 'signals',
      asked: asking.asked,
      subject: service,
      source: backend.title,
      under: found.map(({ matcher }) => matcher),
      ...times,
      read: 'last and average',
      lines: lines.map((one) => told(one, metricsFound(found).length, times, cite)),
      ...(top && { top: topOf(top, service, cite) }),
      correct: [asking.asked, ...(backend.part ? ['grafana', backend.part.word] : []), service].join(' '),
    }),
  };
}

/** The metrics and labels that a backend was found to have. */
export async function knownOf(
  world: Pick<World, 'telemetry'>,
  backend: Backend,
  signal: AbortSignal,
): Promise<Known> {
  const { lists } = await world.telemetry.discovery(backend, signal);
  const names = (kind: string) => lists.find((one) => one.kind === kind)?.names ?? [];
  return { labels: names('labels'), metrics: names('metrics') };
}

async function pickWith<Value, One extends Choice>(
  known: Promise<Tried<Value>>,
  pick: (value: Value) => Promise<Picked<One>>,
): Promise<Tried<Picked<One>>> {
  const one = await known;
  return 'value' in one ? tried(() => pick(one.value)) : one;
}

async function saturationOf({ look, found, corrections }: Choosing): Promise<Picked> {
  const { taken, others, by } = await pickFullnesses(look, found, corrections);
  const [first] = taken;
  if (!first) return { others };
  const queries = taken.map(({ query, unit, resource, says }) => ({
    text: query,
    unit,
    of: says === 'used' ? resource : `${resource} ${says}`,
  }));
  const reasons = taken.map(({ metric, resource, why }) => ({ metric, why: `${resource}, ${why}` }));
  return {
    choice: { metric: first.metric, why: first.why, queries },
    others,
    reasons,
    ...(by !== undefined && { by }),
  };
}

interface Top {
  readonly choice: ErrorChoice;
  readonly answer: Tried<Answer>;
}

async function askTop(
  picked: Promise<Tried<Picked<ErrorChoice>>>,
  question: (text: string) => Promise<Tried<Answer>>,
): Promise<Top | undefined> {
  const errors = await picked;
  const choice = 'value' in errors ? errors.value.choice : undefined;
  return choice && { choice, answer: await question(choice.top.text) };
}

function topOf({ answer }: Top, service: string, cite: Cite): NonNullable<SignalsReport['top']> {
  if ('why' in answer) return { places: [], total: 0, lacks: answer.why };
  const places = errorPlaces(answer.value, service);
  return { places, total: places.length, evidence: cite(answer.value) };
}

function told(
  { signal, picked, answers }: Asked,
  among: number,
  times: NowAndBefore,
  cite: Cite,
): SignalLine {
  if ('why' in picked) return { signal, amounts: [], chosen: [], others: [], lacks: picked.why };
  const { choice, others, by, reasons } = picked.value;
  if (!choice) return { signal, amounts: [], chosen: [], others, lacks: sayMissing(signal, among) };
  const chosen = (reasons ?? [choice]).map(({ metric, why }) => ({
    metric,
    why,
    ...(by !== undefined && { by }),
  }));
  return lineOf({ signal, chosen, others }, answers, times, cite);
}
