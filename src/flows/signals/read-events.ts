import { RuleViolation } from '../../domain/errors.ts';
import type { Answer } from '../../domain/evidence.ts';
import { sayShelf } from '../../domain/knowledge/shelf.ts';
import {
  type Correction,
  type Corrections,
  correctionsKey,
  correctionsOf,
} from '../../domain/signals/correction.ts';
import { type EventPlan, numbersApl, topErrorsApl } from '../../domain/signals/event-queries.ts';
import { eventLines, eventPlaces } from '../../domain/signals/event-report.ts';
import type { SignalsReport } from '../../domain/signals/report.ts';
import { MINUTE, type Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import { serviceFacts } from '../knowledge/service-facts.ts';
import type { World } from '../ports.ts';
import { type Gathered, tried } from './gathered.ts';
import { type PlannedEvents, planEvents } from './plan-events.ts';
import type { SignalsAsking } from './read-signals.ts';
import { nowAndBefore } from './time-before.ts';

/** What of the window counts as now, and as long before: events are counted over it, not read at one moment. */
const NOW = 5 * MINUTE;
/** Fields and values are those of the last minutes: enough to tell, and quick to read. */
const LOOKED_AT = 10 * MINUTE;

/**
 * The golden signals of a service from events: the dataset that has it, its fields by conventions and by values seen, all numbers
 * in one query over the last minutes and one over as many before. A correction is remembered once it fits.
 */
export async function readEvents(
  world: Pick<World, 'telemetry' | 'store' | 'knowledge'>,
  asking: SignalsAsking & { readonly correction?: Correction },
  signal: AbortSignal,
): Promise<Gathered<SignalsReport>> {
  const { backend, service, correction } = asking;
  const times = nowAndBefore(asking.window, asking.began);
  const last = ({ to }: Window): Window => ({ from: to - NOW, to });
  const [now, before] = [last(times.window), last(times.before)];
  const looked = { from: now.to - LOOKED_AT, to: now.to };
  const { lists } = await world.telemetry.discovery(backend, signal);
  const listed = lists.find(({ kind }) => kind === 'datasets');
  const datasets = (listed?.names ?? []).map((name) => {
    const about = listed?.about?.[name];
    return { name, ...(about !== undefined && { about }) };
  });
  const key = correctionsKey(backend, service);
  const corrections = correctedBy(
    correctionsOf(await world.store.recall(asking.team, key)),
    correction,
    asking.by,
  );
  const { dataset: fact } = await serviceFacts(world, asking.team, service);
  const planned = await planEvents(
    { backend, datasets, service, window: looked, corrections, ...(fact && { dataset: fact.value }) },
    signal,
  );
  if (correction) {
    refuseUnfit(correction, planned, service);
    await world.store.remember(asking.team, key, corrections);
  }
  const { plan } = planned;
  const question = (query: string, over: Window) =>
    tried(() => ask(world, { backend, query, window: over, by: asking.by }, signal));
  const { outcome } = plan;
  const [numbers, was, top] = await Promise.all([
    question(numbersApl(plan), now),
    question(numbersApl(plan), before),
    outcome ? question(topErrorsApl({ ...plan, outcome }), now) : undefined,
  ]);
  const answers = [numbers, was, top].flatMap((one): readonly Answer[] =>
    one && 'value' in one ? [one.value] : [],
  );
  return {
    answers,
    report: (cite) => ({
      kind: 'signals',
      asked: asking.asked,
      subject: service,
      source:
        fact?.value === plan.dataset
          ? `${backend.title}, dataset by the fact ${fact.from.key} (${sayShelf(fact.from.shelf)})`
          : backend.title,
      under: [{ label: plan.service.field, op: '=', value: plan.service.value }],
      window: now,
      before,
      read: 'whole',
      lines: eventLines(asking.asked, { planned, corrections, now, before, numbers, was, cite }),
      ...(top && {
        top:
          'value' in top
            ? { ...eventPlaces(top.value, plan, now), evidence: cite(top.value) }
            : { places: [], total: 0, lacks: top.why },
      }),
      correct: `${asking.asked} axiom ${service}`,
    }),
  };
}

function correctedBy(known: Corrections, correction: Correction | undefined, by: string): Corrections {
  if (!correction) return known;
  const { [correction.signal]: _was, ...others } = known;
  return correction.metric === undefined
    ? others
    : { ...others, [correction.signal]: { metric: correction.metric, by } };
}

function refuseUnfit({ signal, metric }: Correction, { plan, others }: PlannedEvents, service: string): void {
  const taken = takenFor(plan)[signal];
  if (metric === undefined || taken === metric) return;
  const fits = {
    traffic: others.datasets,
    latency: others.durations,
    errors: others.outcomes,
    saturation: [],
  }[signal];
  throw new RuleViolation(
    'does-not-fit',
    `\`${metric.replaceAll('`', "'")}\` does not show the ${signal} of ${service} in \`${plan.dataset}\`.${fits.length === 0 ? '' : ' These may:'}`,
    fits.slice(0, 5).map((one) => ({ label: one, command: `signals axiom ${service} ${signal}=${one}` })),
  );
}

function takenFor(plan: EventPlan) {
  return {
    traffic: plan.dataset,
    latency: plan.duration?.field,
    errors: plan.outcome?.field,
    saturation: undefined,
  };
}
