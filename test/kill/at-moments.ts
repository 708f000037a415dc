import { momentsOf, play, playAll, WHOLE_INCIDENT } from './kill-run.ts';

/**
 * Kills Steady at so many moments of the story, one in each, and answers what went wrong. The seed is printed;
 * `STEADY_KILL_SEED` draws the same moments again.
 */
export async function playAtMoments(count: number): Promise<readonly string[]> {
  const seed = Number(process.env.STEADY_KILL_SEED ?? Date.now() % 1_000_000);
  process.stdout.write(`STEADY_KILL_SEED=${seed}\n`);
  const calm = await play(WHOLE_INCIDENT);
  return playAll(
    WHOLE_INCIDENT,
    calm.account,
    momentsOf(seed, count, calm.took).map((after) => ({
      name: `seed ${seed}, after ${after} of ${Math.round(calm.took)} ms`,
      death: { after },
    })),
  );
}
