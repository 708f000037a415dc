import { tick } from '../../src/flows/tick.ts';
import { type Line, lineOf, type Round } from '../line.ts';
import { DUE, openPlace, type TickPlace } from '../tick/open-place.ts';

export interface TickOptions {
  /** How many incidents are open, the fewest first: what the others are compared with. */
  readonly open: readonly number[];
  readonly rounds: number;
  /** Makes an empty place on a PostgreSQL server; without it SQLite. */
  readonly postgres?: () => Promise<string>;
}

/** One tick with 100 due, by how many others are open: posts are stored with each rung and not sent. */
export async function measureTick({ open, rounds, postgres }: TickOptions): Promise<readonly Line[]> {
  const places: TickPlace[] = [];
  try {
    // One round more, in which everything is done for the first time.
    for (const many of open) places.push(await openPlace(many, rounds + 1, await postgres?.()));
    const took = new Map<number, number[]>(open.map((many) => [many, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const place of round % 2 === 0 ? places : places.toReversed()) {
        const ms = await tickOnce(place, round);
        if (round > 0) took.get(place.open)?.push(ms);
      }
    }
    const [fewest = 0, ...more] = open;
    return more.map((many) => {
      const compared = (took.get(many) ?? []).map(
        (value, round): Round => ({ value, baseline: took.get(fewest)?.[round] ?? Number.NaN }),
      );
      const last = many === more.at(-1);
      return lineOf(`tick, ${many} open`, 'ms', compared, last ? { atMost: 1.2 } : undefined, {
        baselineOpen: fewest,
        due: DUE,
        storage: postgres === undefined ? 'sqlite' : 'postgresql',
      });
    });
  } finally {
    for (const place of places) await place.close();
  }
}

async function tickOnce(place: TickPlace, round: number): Promise<number> {
  place.turnTo(round);
  const begun = performance.now();
  const looked = await tick(place.world);
  const took = performance.now() - begun;
  if (looked !== DUE) throw new Error(`A tick over ${place.open} looked at ${looked}, not at ${DUE}`);
  return took;
}
