import type { Backend } from '../../backends/backend.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Answer } from '../../domain/evidence.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { Condition, Named } from '../../domain/signals/condition.ts';
import { select } from '../../domain/signals/promql.ts';

import {
  distinguish,
  labelsOf,
  type SpotlightReport,
  theRest,
  totalOf,
  type Weighted,
} from '../../domain/signals/spotlight.ts';
import { conditionQueries, histogramStem, minutesQuery } from '../../domain/signals/spotlight-queries.ts';
import type { Duration, Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import type { World } from '../ports.ts';
import type { Cite, Gathered } from './gathered.ts';
import { lookAt } from './look.ts';
import { knownOf } from './read-signals.ts';

export interface SpotlightAsking {
  readonly backend: Backend;
  /** The metric, with what narrows it. */
  readonly named: Named;
  /** What is bad; undefined where the window is compared with as long a stretch before it. */
  readonly condition?: Condition;
  /** The condition as it was typed. */
  readonly typed: string;
  readonly window: Window;
  readonly by: PersonId;
}

/**
 * Which label values the bad have more often than the good, both of the same minutes; or which the window has more or less often
 * than as long a stretch before it. Two queries, each evidence. Throws RuleViolation where the metric cannot answer.
 */
export async function readSpotlight(
  world: Pick<World, 'telemetry'>,
  asking: SpotlightAsking,
  signal: AbortSignal,
): Promise<Gathered<SpotlightReport>> {
  return asking.condition === undefined
    ? await byMinutes(world, asking, signal)
    : await byCondition(world, asking, asking.condition, signal);
}

async function byCondition(
  world: Pick<World, 'telemetry'>,
  asking: SpotlightAsking,
  condition: Condition,
  signal: AbortSignal,
): Promise<Gathered<SpotlightReport>> {
  const { backend, named, window } = asking;
  const bounds = condition.kind === 'threshold' ? await boundsOf(world, asking, signal) : [];
  const queries = conditionQueries(named, condition, lengthOf(window), { bounds });
  if (!queries)
    throw new RuleViolation(
      'no-such-bucket',
      `No bucket of \`${histogramStem(named.metric)}\` reaches so far. Its bounds are ${bounds.map((one) => `\`${one}\``).join(', ')}.`,
    );
  const at = { from: window.to, to: window.to };
  const [asked, all] = await Promise.all(
    [queries.bad, queries.all].map((query) =>
      ask(world, { backend, query, window: at, by: asking.by }, signal),
    ),
  );
  if (!asked || !all) throw new TypeError('Two questions gave no two answers');
  const [some, whole] = [weightsOf(asked), weightsOf(all)];
  const rest = theRest(whole, some, queries.fixed);
  const [bad, good] = queries.badIs === 'asked' ? [some, rest] : [rest, some];
  const shown = (alone: boolean, cite: Cite) =>
    alone ? { evidence: cite(asked) } : { evidence: cite(all), without: cite(asked) };
  return {
    answers: queries.badIs === 'asked' ? [asked, all] : [all, asked],
    report: (cite) => ({
      kind: 'spotlight',
      source: backend.title,
      subject: select(named.metric, named.matchers),
      condition: asking.typed,
      window,
      counts: queries.counts,
      bad: { total: totalOf(bad), ...shown(queries.badIs === 'asked', cite) },
      good: { total: totalOf(good), ...shown(queries.badIs !== 'asked', cite) },
      differences: distinguish(bad, good, { without: queries.fixed }),
      labels: labelsOf([...bad, ...good], queries.fixed).length,
      ...(queries.note !== undefined && { note: queries.note }),
    }),
  };
}

async function byMinutes(
  world: Pick<World, 'telemetry'>,
  asking: SpotlightAsking,
  signal: AbortSignal,
): Promise<Gathered<SpotlightReport>> {
  const { backend, named, window } = asking;
  const length = lengthOf(window);
  const { query, counts } = minutesQuery(named, length);
  const [these, those] = await Promise.all(
    [window.to, window.to - length].map((at) =>
      ask(world, { backend, query, window: { from: at, to: at }, by: asking.by }, signal),
    ),
  );
  if (!these || !those) throw new TypeError('Two questions gave no two answers');
  const [bad, good] = [weightsOf(these), weightsOf(those)];
  return {
    answers: [these, those],
    report: (cite) => ({
      kind: 'spotlight',
      source: backend.title,
      subject: select(named.metric, named.matchers),
      window,
      before: { from: window.to - 2 * length, to: window.to - length },
      counts,
      bad: { total: totalOf(bad), evidence: cite(these) },
      good: { total: totalOf(good), evidence: cite(those) },
      differences: distinguish(bad, good, { both: true }),
      labels: labelsOf([...bad, ...good]).length,
    }),
  };
}

/** The bounds of the metric's histogram; none where it has no buckets. */
async function boundsOf(
  world: Pick<World, 'telemetry'>,
  { backend, named, window }: SpotlightAsking,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const bucket = `${histogramStem(named.metric)}_bucket`;
  const { metrics } = await knownOf(world, backend, signal);
  if (!metrics.includes(bucket)) return [];
  return await lookAt(backend, window, signal).values('le', named.matchers, bucket);
}

function lengthOf({ from, to }: Window): Duration {
  return to - from;
}

function weightsOf({ result }: Answer): readonly Weighted[] {
  if (result.kind !== 'series') return [];
  return result.series.flatMap(({ labels, samples }) => {
    const weight = samples.at(-1)?.value ?? Number.NaN;
    return Number.isFinite(weight) && weight > 0 ? [{ labels, weight }] : [];
  });
}
