import type { Corrections } from '../../domain/signals/correction.ts';
import {
  type Fullness,
  fullnesses,
  namedFullness,
  type Pool,
  poolCandidates,
  STATE_LABELS,
  tellingOnes,
} from '../../domain/signals/saturation.ts';
import { matcherOf, metricsFound, type ServiceFound } from '../../domain/signals/service.ts';
import type { Matcher } from '../../domain/signals/signal.ts';
import type { Look } from './look.ts';

/** Pools looked at closely. */
const POOLS = 6;
/** A line is read at a glance: so many resources of a service. */
const RESOURCES_SHOWN = 4;

/** What of a service may run out, the most telling first. */
export async function pickFullnesses(
  look: Look,
  found: readonly ServiceFound[],
  corrections: Corrections,
): Promise<{
  readonly taken: readonly Fullness[];
  readonly others: readonly string[];
  readonly by?: string;
}> {
  const names = metricsFound(found);
  const matchersOf = (metric: string): readonly Matcher[] => {
    const own = matcherOf(metric, found);
    return own ? [own] : [];
  };
  const pools = await poolsAmong(look, names, matchersOf);
  const all = fullnesses(names, pools, matchersOf);
  const corrected = corrections.saturation;
  const known = corrected && names.includes(corrected.metric);
  const own = known ? all.filter(({ metric }) => metric === corrected.metric) : [];
  const asked =
    known && own.length === 0 ? [namedFullness(corrected.metric, matchersOf(corrected.metric))] : own;
  const taken = asked.length > 0 ? asked : tellingOnes(all, RESOURCES_SHOWN);
  const others = [...new Set(all.map(({ metric }) => metric))].filter(
    (metric) => !taken.some((one) => one.metric === metric),
  );
  return { taken, others: others.slice(0, 8), ...(asked.length > 0 && corrected && { by: corrected.by }) };
}

/** Metrics that count a pool by state, with the states seen. */
export async function poolsAmong(
  look: Look,
  names: readonly string[],
  matchersOf: (metric: string) => readonly Matcher[],
): Promise<readonly Pool[]> {
  const pools = await Promise.all(
    poolCandidates(names)
      .slice(0, POOLS)
      .map(async (metric): Promise<Pool | undefined> => {
        const labels = await look.labels(metric, matchersOf(metric));
        const label = STATE_LABELS.find((one) => labels.includes(one));
        if (label === undefined) return undefined;
        return { metric, label, states: await look.values(label, matchersOf(metric), metric) };
      }),
  );
  return pools.filter((one) => one !== undefined);
}
