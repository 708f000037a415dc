import { expect, test } from 'vitest';
import type { Binding, Draft } from '../../../src/storage/store.ts';
import { type OpenBench, on } from './storage-bench.ts';

const TEN_MINUTES = 600_000;

/** Bindings, drafts, snapshots and memories. */
export function keepsSmallThings(open: OpenBench): void {
  test(
    'finds what a message is, by team, channel and message',
    on(open, async (store) => {
      const card: Binding = { team: 'T1', channel: 'C1', ts: '1.2', incident: 4, kind: 'card', id: 'card' };
      const evidence: Binding = { ...card, ts: '1.1', kind: 'evidence', id: 'E7' };
      const loose: Binding = { team: 'T1', channel: 'C1', ts: '1.3', kind: 'help', id: '' };
      for (const binding of [card, evidence, loose, { ...card, team: 'T2' }]) await store.bind(binding);
      expect(await store.binding('T1', 'C1', '1.2')).toEqual(card);
      expect(await store.binding('T1', 'C1', '1.3')).toEqual(loose);
      expect(await store.binding('T1', 'C2', '1.2')).toBeUndefined();
      expect(await store.bindings({ team: 'T1', number: 4 })).toEqual([evidence, card]);
      expect(await store.bindings({ team: 'T1', number: 4 }, 'card')).toEqual([card]);
      await store.bind({ ...card, id: 'new' });
      expect(await store.binding('T1', 'C1', '1.2')).toEqual({ ...card, id: 'new' });
      await store.unbind('T1', 'C1', '1.2');
      await store.unbind('T1', 'C1', '9.9');
      expect(await store.binding('T1', 'C1', '1.2')).toBeUndefined();
      expect(await store.binding('T2', 'C1', '1.2')).toBeDefined();
    }),
  );

  test(
    'keeps drafts per person until they are settled, once',
    on(open, async (store) => {
      const draft: Draft = {
        team: 'T1',
        key: 'd1',
        person: 'U1',
        incident: 3,
        kind: 'update',
        body: {},
        at: 2,
      };
      await store.saveDraft(draft);
      await store.saveDraft({ ...draft, key: 'd2', at: 1 });
      await store.saveDraft({ ...draft, key: 'd3', person: 'U2' });
      await store.saveDraft({ ...draft, team: 'T2' });
      await store.saveDraft({ ...draft, body: { text: 'edited' } });
      expect(await store.drafts('T1', 'U1')).toEqual([
        { ...draft, key: 'd2', at: 1 },
        { ...draft, body: { text: 'edited' } },
      ]);
      const settled = await Promise.all([1, 2, 3].map(() => store.settleDraft('T1', 'd1')));
      expect(settled.filter(Boolean)).toHaveLength(1);
      expect(await store.draft('T1', 'd1')).toBeUndefined();
      expect(await store.draft('T2', 'd1')).toBeDefined();
    }),
  );

  test(
    'saves a snapshot over an older one',
    on(open, async (store) => {
      await store.saveSnapshot('T1', 'E1', Uint8Array.of(1, 0, 255));
      await store.saveSnapshot('T1', 'E1', Uint8Array.of(2));
      expect(await store.snapshot('T1', 'E1')).toEqual(Uint8Array.of(2));
      expect(await store.snapshot('T2', 'E1')).toBeUndefined();
    }),
  );

  test(
    'remembers a value once within its age, across processes',
    on(open, async (store, bench) => {
      const other = await bench.open();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? store : other).rememberOnce('T1', 'U1/hint', index, TEN_MINUTES),
        ),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store.recall('T1', 'U1/hint')).toBe(answers.indexOf(true));
      bench.advance(TEN_MINUTES / 2);
      expect(await store.rememberOnce('T1', 'U1/hint', 'again', TEN_MINUTES)).toBe(false);
      expect(await store.rememberOnce('T2', 'U1/hint', 'other team', TEN_MINUTES)).toBe(true);
      bench.advance(TEN_MINUTES / 2);
      expect(await store.rememberOnce('T1', 'U1/hint', 'again', TEN_MINUTES)).toBe(true);
      expect(await other.recall('T1', 'U1/hint')).toBe('again');
      await store.remember('T1', 'U1/hint', 'overwritten');
      expect(await other.recall('T1', 'U1/hint')).toBe('overwritten');
    }),
  );
}
