import { expect, it } from 'vitest';
import { playAtMoments } from './at-moments.ts';

it('loses, doubles and misses nothing, killed at five moments of an incident', async () => {
  expect(await playAtMoments(5)).toEqual([]);
}, 120_000);
