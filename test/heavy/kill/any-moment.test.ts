import { expect, it } from 'vitest';
import { playAtMoments } from '../../kill/at-moments.ts';

it('survives 50 deaths at any moment', async () => {
  expect(await playAtMoments(50)).toEqual([]);
}, 600_000);
