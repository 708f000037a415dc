import type { Store } from '../../src/storage/store.ts';
import { decision, declare, THEN } from '../contracts/store/storage-bench.ts';

const ODD = 'a\u0000 \ud800 \\0 😀 \u2028';

/** Puts at least one of everything into a store. */
export async function fill(store: Store): Promise<void> {
  const lease = { owner: 'p', for: 30_000 };
  const ref = await declare(store, 'T1', 'C1', { title: ODD, dueAt: THEN - 5, promisedAt: THEN });
  await store.append(ref, 1, {
    ...decision(
      Array.from({ length: 130 }, (_, index) => ({ index, ODD })),
      { dueAt: THEN - 5 },
    ),
    posts: [
      { key: 'sent', post: ODD, priority: 1, incident: 1 },
      { key: 'waiting', post: { ODD }, priority: 2, notBefore: THEN - 4 },
      { key: 'refused', post: null, priority: 3 },
    ],
    drafts: [{ team: 'T1', key: 'd', person: 'U1', incident: 1, kind: 'update', body: { ODD }, at: THEN }],
    snapshots: Array.from({ length: 9 }, (_, index) => ({
      key: `E${index}`,
      bytes: Uint8Array.from({ length: index * 1_000 }, (__, at) => (at * 7) % 256),
    })),
  });
  await store.posted('T1', 'sent', { channel: 'C1', ts: '1.1' }, { incident: 1, kind: 'card', id: 'card' });
  await store.postRefused('T1', 'refused', 'channel_not_found');
  await store.claimDue({ ...lease, limit: 1 });
  for (const key of ['done', 'open']) {
    const body = {
      text: ODD,
      token: 'verification-of-slack',
      response_url: 'https://hooks.example/commands/1',
      nested: [{ trigger_id: '13345224609.738474920.8088930838d88f008e0' }],
    };
    await store.receive({ team: 'T1', key, kind: 'command', body, at: THEN }, lease);
  }
  await store.finish('T1', 'done');
  await store.remember('T1', ODD, { z: 1, a: ODD });
  await store.saveKnowledge('T1', 'org/a', [
    { id: ODD, kind: 'facts', entry: { z: 1, a: ODD }, search: `checkout ${ODD}` },
  ]);
  await store.countUse('T1', 'org/a', ODD, '2026-11-28');
  await declare(store, 'T2', 'C1', { open: false });
}

/** Everything of a filled store that a restored one must tell as well. */
export async function tell(store: Store): Promise<unknown> {
  const snapshots = [];
  for (let index = 0; index < 9; index += 1)
    snapshots.push(Buffer.from((await store.snapshot('T1', `E${index}`)) ?? []).toString('hex'));
  const ref = { team: 'T1', number: 1 };
  return {
    timelines: [await store.load(ref), await store.load({ team: 'T2', number: 1 })],
    projections: [await store.list('T1'), await store.list('T2')],
    posts: [await store.post('T1', 'sent'), await store.post('T1', 'refused')],
    bindings: await store.bindings(ref),
    drafts: await store.drafts('T1', 'U1'),
    memory: JSON.stringify(await store.recall('T1', ODD)),
    snapshots,
    knowledge: await store.knowledge('T1', ['org/a']),
    found: await store.searchKnowledge('T1', ['org/a'], ['chekout'], 5),
  };
}
