import type { Aside, NameConvention } from './conventions.ts';

/** A metric that may be meant, by its name alone. */
export interface Ranked {
  readonly name: string;
  readonly score: number;
  readonly why: string;
}

/** Names below this are nobody's first thought. */
const LEAST = 25;
/** A convention of this score names one metric of one library: nothing in it can mean something else. */
const SURE = 94;

/** The names that fit, best first; of equal ones the shorter first. */
export function rank(
  names: readonly string[],
  conventions: readonly NameConvention[],
  asides: readonly Aside[],
): readonly Ranked[] {
  const found = names.flatMap((name): Ranked[] => {
    const best = conventions.find(({ pattern }) => pattern.test(name));
    if (!best) return [];
    const cost = best.score >= SURE ? 0 : costOf(name, asides);
    return best.score - cost < LEAST ? [] : [{ name, score: best.score - cost, why: best.why }];
  });
  return found.toSorted(
    (a, b) => b.score - a.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1),
  );
}

function costOf(name: string, asides: readonly Aside[]): number {
  return asides.reduce((sum, { pattern, cost }) => sum + (pattern.test(name) ? cost : 0), 0);
}
