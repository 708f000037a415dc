import { expect, test } from 'vitest';
import { personalShelf } from '../../../src/domain/knowledge/shelf.ts';
import { entryNamed } from '../../../src/flows/knowledge/recall.ts';
import { shelvedEntry } from '../../../src/flows/knowledge/shelve.ts';
import { TEAM, worlds } from '../worlds.ts';

test('the entry of a key is found among many whose keys have its words', async () => {
  const place = worlds();
  try {
    const world = await place.open();
    const entry = (key: string, at: number) =>
      shelvedEntry('facts', { at, key, type: 'fact', tags: [], used: 0, pinned: false, body: 'so' });
    const many = Array.from({ length: 300 }, (_, n) => entry(`retry of service ${n}`, n));
    await world.store.saveKnowledge(TEAM, personalShelf('U1'), [entry('Retry', 0), ...many]);
    expect((await entryNamed(world, TEAM, 'U1', 'retry '))?.entry.key).toBe('Retry');
    expect((await entryNamed(world, TEAM, 'U1', 'retry of service 7'))?.entry.key).toBe('retry of service 7');
    expect(await entryNamed(world, TEAM, 'U1', 'retry of')).toBeUndefined();
    expect(await entryNamed(world, TEAM, 'U2', 'retry')).toBeUndefined();
  } finally {
    await place.close();
  }
});
