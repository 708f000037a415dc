import { afterEach, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../src/domain/time.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { decision, THEN } from '../contracts/store/storage-bench.ts';
import { temporaryFolder } from './benches.ts';

const folder = temporaryFolder();
afterEach(() => folder.remove());

it('gives what a dead process held to the next one, what may be out after a moment to look it up', async () => {
  let now = THEN;
  const open = () => openStore({ dataDir: folder.path, now: () => now });
  const dead = await open();
  await dead.declare('T1', () => decision([1], { channel: 'C1', dueAt: now }));
  await dead.enqueue('T1', { key: 'begun', post: 1, priority: 1 });
  await dead.enqueue('T1', { key: 'waiting', post: 1, priority: 1 });
  const long = { owner: 'dead', for: HOUR, limit: 10 };
  await dead.claimDue(long);
  await dead.claimPosts(long);
  await dead.posting('T1', 'begun');
  await dead.receive({ key: 'asked', team: 'T1', kind: 'mention', body: {}, at: now }, long);
  await dead.close();

  const next = await open();
  const lease = { owner: 'next', for: HOUR, limit: 10 };
  expect(await next.claimDue(lease)).toHaveLength(1);
  expect((await next.claimPosts(lease)).map(({ key }) => key)).toEqual(['waiting']);
  expect(await next.claimUnfinished(lease)).toEqual([]);
  now += 10 * SECOND;
  expect((await next.claimPosts(lease)).map(({ key }) => key)).toEqual(['begun']);
  expect((await next.claimUnfinished(lease)).map(({ key }) => key)).toEqual(['asked']);
  await next.close();
});
