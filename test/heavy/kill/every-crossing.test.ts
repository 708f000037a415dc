import { expect, it } from 'vitest';
import { play, playAll, pointsOf } from '../../kill/kill-run.ts';

it('loses, doubles and misses nothing, whichever commit or call of Slack it dies before or after', async () => {
  const calm = await play();
  expect(calm.restarts).toBe(0);
  const points = calm.stages.map(pointsOf);
  const rounds = Math.max(...points.map((stage) => stage.length));
  let died = 0;
  // Each story has a death in every stage; the next one dies a crossing later in each.
  const wrong = await playAll(
    calm.account,
    Array.from({ length: rounds }, (_, round) => ({
      name: `crossings ${points.map((stage) => stage[round] ?? '-').join(' ')}`,
      death: { deaths: (stage: number) => points[stage]?.[round] },
    })),
    (run) => {
      died += run.restarts;
      const took = `${Math.round(run.took / 1_000)} s`;
      process.stdout.write(`${run.restarts} deaths, ${run.clickedAgain} clicked again, ${took}\n`);
    },
  );
  const all = points.flat().length;
  process.stdout.write(
    `${all} crossings in ${calm.stages.length} stages, ${died} deaths in ${rounds} stories\n`,
  );
  expect(wrong).toEqual([]);
  // Work of the background may come in another order; nearly every crossing is met all the same.
  expect(died).toBeGreaterThan(0.9 * all);
}, 900_000);
