import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberTimelines } from '../../src/storage/remember-timelines.ts';
import type { Store } from '../../src/storage/store.ts';
import { decision, declare, type StorageBench } from '../contracts/store/storage-bench.ts';
import { sqliteBench } from './benches.ts';

let bench: StorageBench;
let store: Store;
let read: number[];
let remembering: Store;
beforeEach(async () => {
  bench = await sqliteBench();
  store = await bench.open();
  read = [];
  remembering = rememberTimelines({
    ...store,
    load: async (ref, after) => {
      const timeline = await store.load(ref, after);
      read.push(timeline?.events.length ?? -1);
      return timeline;
    },
  });
});
afterEach(() => bench.close());

test('reads only what is new, also what another process wrote, and gives the same events again', async () => {
  const ref = await declare(store, 'T1', 'C1');
  const first = await remembering.load(ref);
  await store.append(ref, 1, decision(['a', 'b']));
  const second = await remembering.load(ref);
  expect(second).toEqual(await store.load(ref));
  expect(second?.events[0]).toBe(first?.events[0]);
  expect(await remembering.load(ref)).toEqual(second);
  expect(read).toEqual([1, 2, 0]);
});

test('an incident that is not there yet is found when it is', async () => {
  const ref = { team: 'T1', number: 1 };
  expect(await remembering.load(ref)).toBeUndefined();
  await declare(store, 'T1', 'C1');
  expect((await remembering.load(ref))?.version).toBe(1);
});

test('two who ask at once are both answered whole', async () => {
  const ref = await declare(store, 'T1', 'C1');
  await remembering.load(ref);
  const early = remembering.load(ref);
  await store.append(ref, 1, decision(['a']));
  const late = remembering.load(ref);
  for (const timeline of [await early, await late, await remembering.load(ref)])
    expect(timeline?.events.map(({ seq }) => seq)).toEqual([1, 2].slice(0, timeline?.version));
});

test('the timeline asked for longest ago is let go of and read anew', async () => {
  const refs = await Promise.all(Array.from({ length: 101 }, (_, at) => declare(store, 'T1', `C${at}`)));
  for (const ref of refs) await remembering.load(ref);
  read = [];
  for (const ref of [refs[100], refs[0]]) if (ref) await remembering.load(ref);
  expect(read).toEqual([0, 1]);
});
