import { expect, test } from 'vitest';
import type { OutboxPost } from '../../../src/storage/store.ts';
import { decision, declare, type OpenBench, on } from './storage-bench.ts';

const LEASE = { owner: 'a', for: 30_000, limit: 10 };
const post = (key: string, priority = 1): OutboxPost => ({ key, post: { say: key }, priority });
const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);

/** Messages appear once: keys, leases and what a crash leaves behind. */
export function keepsOutbox(open: OpenBench): void {
  test(
    'takes a key once per team, whoever brings it',
    on(open, async (store, bench) => {
      const other = await bench.open();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? store : other).enqueue('T1', post('k'))),
      );
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
      expect(await store.enqueue('T2', post('k'))).toBe('new');
      const ref = await declare(store, 'T1', 'C1');
      await store.append(ref, 1, {
        ...decision(['x']),
        posts: [{ ...post('k'), post: 'another' }, post('l')],
      });
      expect(await store.post('T1', 'k')).toMatchObject({ post: { say: 'k' } });
      await store.posted('T1', 'k', { channel: 'C1', ts: '1.1' });
      expect(await store.enqueue('T1', post('k'))).toBe('duplicate');
      expect(keysOf(await store.claimPosts(LEASE))).toEqual(['k', 'l']);
    }),
  );

  test(
    'hands out by priority, then age, then the order within a decision',
    on(open, async (store, bench) => {
      await store.enqueue('T1', post('edit', 3));
      await store.enqueue('T1', post('update', 2));
      bench.advance(1_000);
      const ref = await declare(store, 'T1', 'C1');
      await store.append(ref, 1, {
        ...decision(['x']),
        posts: [post('z', 2), post('a', 2), post('nudge', 1)],
      });
      bench.advance(1_000);
      await store.enqueue('T1', post('click', 0));
      const rows = await store.claimPosts({ ...LEASE, limit: 4 });
      expect(keysOf(rows)).toEqual(['click', 'nudge', 'update', 'z']);
      expect(keysOf(await store.claimPosts(LEASE))).toEqual(['a', 'edit']);
    }),
  );

  test(
    'hands out only the named rows when keys are given',
    on(open, async (store) => {
      for (const key of ['a', 'b', 'c']) await store.enqueue('T1', post(key));
      await store.enqueue('T2', post('c'));
      expect(await store.claimPosts(LEASE, [])).toEqual([]);
      const rows = await store.claimPosts(LEASE, [
        { team: 'T1', key: 'b' },
        { team: 'T2', key: 'c' },
        { team: 'T2', key: 'a' },
      ]);
      expect(rows.map(({ team, key }) => `${team}/${key}`).sort()).toEqual(['T1/b', 'T2/c']);
      expect(keysOf(await store.claimPosts(LEASE))).toEqual(['a', 'c']);
    }),
  );

  test(
    'holds a post back until its time',
    on(open, async (store, bench) => {
      const notBefore = (await store.now()) + 10_000;
      await store.enqueue('T1', { ...post('later'), notBefore });
      expect(await store.claimPosts(LEASE)).toEqual([]);
      expect(await store.claimPosts(LEASE, [{ team: 'T1', key: 'later' }])).toEqual([]);
      bench.advance(10_001);
      expect(await store.claimPosts(LEASE)).toMatchObject([{ key: 'later', notBefore }]);
    }),
  );

  test(
    'gives a post of a dead process to the next, uncertain only where a call may have been made',
    on(open, async (store, bench) => {
      for (const key of ['asked', 'idle']) await store.enqueue('T1', post(key));
      expect(await store.claimPosts(LEASE)).toHaveLength(2);
      await store.posting('T1', 'asked');
      expect(await store.claimPosts({ ...LEASE, owner: 'b' })).toEqual([]);
      bench.advance(30_001);
      const rows = await store.claimPosts({ ...LEASE, owner: 'b' });
      expect(rows.map(({ key, uncertain, attempts }) => [key, uncertain, attempts]).sort()).toEqual([
        ['asked', true, 1],
        ['idle', false, 0],
      ]);
    }),
  );

  test(
    'remembers which message a post became, with its binding, and never hands it out again',
    on(open, async (store, bench) => {
      await store.enqueue('T1', { ...post('k'), incident: 7 });
      await store.claimPosts(LEASE);
      await store.posting('T1', 'k');
      await store.posted('T1', 'k', { channel: 'C1', ts: '1.1' }, { incident: 7, kind: 'card', id: 'card' });
      bench.advance(60_000);
      expect(await store.claimPosts(LEASE)).toEqual([]);
      expect(await store.post('T1', 'k')).toMatchObject({
        state: 'posted',
        uncertain: false,
        attempts: 1,
        incident: 7,
        message: { channel: 'C1', ts: '1.1' },
      });
      expect(await store.binding('T1', 'C1', '1.1')).toMatchObject({ incident: 7, kind: 'card' });
      await store.postFailed('T1', 'k', { at: 0, why: 'late', certain: false });
      await store.postRefused('T1', 'k', 'late');
      await store.posting('T1', 'k');
      await store.posted('T1', 'k', { channel: 'C1', ts: '2.2' });
      expect(await store.post('T1', 'k')).toMatchObject({
        state: 'posted',
        uncertain: false,
        message: { ts: '1.1' },
      });
    }),
  );

  test(
    'gives a failed post back at its time, uncertain unless Slack certainly refused it',
    on(open, async (store, bench) => {
      const at = (await store.now()) + 5_000;
      for (const key of ['limited', 'lost']) {
        await store.enqueue('T1', post(key));
        await store.claimPosts(LEASE);
        await store.posting('T1', key);
      }
      await store.postFailed('T1', 'limited', { at, why: 'ratelimited', certain: true });
      await store.postFailed('T1', 'lost', { at, why: 'socket hang up', certain: false });
      expect(await store.claimPosts(LEASE)).toEqual([]);
      bench.advance(5_001);
      const rows = await store.claimPosts(LEASE);
      expect(rows.map(({ key, uncertain, notBefore }) => [key, uncertain, notBefore]).sort()).toEqual([
        ['limited', false, at],
        ['lost', true, at],
      ]);
    }),
  );

  test(
    'counts each try once, whether it was marked before a call or only told when it failed',
    on(open, async (store, bench) => {
      const at = await store.now();
      for (const key of ['called', 'told', 'waits']) await store.enqueue('T1', post(key));
      for (let tries = 0; tries < 2; tries++) {
        await store.posting('T1', 'called');
        await store.postFailed('T1', 'called', { at, why: 'ratelimited', certain: true, tried: true });
        await store.postFailed('T1', 'told', { at, why: 'failed', certain: true, tried: true });
        await store.postFailed('T1', 'waits', { at, why: 'the card is not out yet', certain: true });
      }
      bench.advance(1);
      const rows = await store.claimPosts(LEASE);
      expect(rows.map(({ key, attempts }) => [key, attempts]).sort()).toEqual([
        ['called', 2],
        ['told', 2],
        ['waits', 0],
      ]);
    }),
  );

  test(
    'ends a refused post, until an answer of Slack proves it wrong',
    on(open, async (store, bench) => {
      await store.enqueue('T1', post('k'));
      await store.postRefused('T1', 'k', 'channel_not_found');
      bench.advance(60_000);
      expect(await store.claimPosts(LEASE)).toEqual([]);
      expect(await store.post('T1', 'k')).toMatchObject({ state: 'refused' });
      await store.posted('T1', 'k', { channel: 'C1', ts: '1.1' });
      expect(await store.post('T1', 'k')).toMatchObject({ state: 'posted' });
      expect(await store.post('T1', 'none')).toBeUndefined();
    }),
  );

  test(
    'shares the posts of several senders: nothing twice, nothing left',
    on(open, async (store, bench) => {
      const ref = await declare(store, 'T1', 'C1');
      const posts = Array.from({ length: 60 }, (_, index) => post(`p${index}`));
      await store.append(ref, 1, { ...decision(['x']), posts });
      const stores = [store, await bench.open(), await bench.open()];
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (stores[index % 3] ?? store).claimPosts({ owner: `p${index}`, for: 30_000, limit: 7 }),
        ),
      );
      const keys = keysOf(claims.flat());
      expect(new Set(keys).size).toBe(keys.length);
      const rest = await store.claimPosts({ ...LEASE, limit: 100 });
      expect(keys.length + rest.length).toBe(60);
    }),
  );

  test(
    'prunes what was sent or refused before, and nothing that still waits',
    on(open, async (store, bench) => {
      for (const key of ['sent', 'refused', 'waiting']) await store.enqueue('T1', post(key));
      await store.posted('T1', 'sent', { channel: 'C1', ts: '1.1' });
      await store.postRefused('T1', 'refused', 'no');
      expect(await store.prune((await store.now()) - 1_000)).toBe(0);
      bench.advance(10_000);
      expect(await store.prune(await store.now())).toBe(2);
      expect(await store.post('T1', 'sent')).toBeUndefined();
      expect(await store.post('T1', 'waiting')).toMatchObject({ state: 'waiting' });
    }),
  );
}
