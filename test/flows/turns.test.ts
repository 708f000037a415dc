import { expect, it } from 'vitest';
import { createTurns } from '../../src/flows/turns.ts';

it('work on one thing goes in order, whatever becomes of it, and holds up nothing else', async () => {
  const inTurn = createTurns();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = inTurn('T1/1', async () => {
    await first.promise;
    told.push('one');
    throw new Error('broken');
  });
  const two = inTurn('T1/1', async () => void told.push('two'));
  await inTurn('T1/2', async () => void told.push('other'));
  expect(told).toEqual(['other']);
  first.resolve();
  await expect(one).rejects.toThrow('broken');
  await two;
  expect(told).toEqual(['other', 'one', 'two']);
});
