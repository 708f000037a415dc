import { expect, test } from 'vitest';
import type { Json } from '../../../src/storage/store.ts';
import { decision, declare, type OpenBench, on } from './storage-bench.ts';

/** Empty, zero characters, lone and swapped surrogates, rare planes, what escapes look like, separators, quotes. */
const TEXTS: readonly string[] = [
  '',
  'a\u0000b\u0000',
  'x\ud83d',
  '\ude00x',
  '\ude00\ud83d',
  '😀 𝒳 \u{10ffff}',
  '\\0 \\\\0 \\ud800 \\u0000 \\',
  '\u2028\u2029\r\n\ufeff\ufffe',
  `'; drop table steady_events; -- "%_$1 ?`,
];

const FIVE_MEGABYTES = 5 * 1024 * 1024;

/** What goes in comes out, character for character and byte for byte. */
export function keepsValues(open: OpenBench): void {
  test(
    'keeps every character of a text, wherever a text can be',
    on(open, async (store) => {
      for (const text of TEXTS) {
        const projection = { channel: `C${text}`, title: text, severity: text, phase: text, lead: text };
        const body = { text, [`key ${text}`]: [text, { deep: text }] };
        const ref = await store.declare(`T${text}`, () => decision([body], projection));
        expect(ref).toEqual({ team: `T${text}`, number: 1 });
        expect((await store.load(ref))?.events.map((event) => event.body)).toEqual([body]);
        expect(await store.inChannel(`T${text}`, `C${text}`)).toMatchObject({ ref, ...projection });
        expect(await store.list(`T${text}`, { lead: text })).toHaveLength(1);

        await store.enqueue(ref.team, { key: text, post: text, priority: 0 });
        await store.posted(
          ref.team,
          text,
          { channel: text, ts: text },
          { incident: 1, kind: text, id: text },
        );
        expect(await store.post(ref.team, text)).toMatchObject({
          key: text,
          post: text,
          message: { channel: text, ts: text },
        });
        expect(await store.bindings(ref, text)).toEqual([
          { team: ref.team, channel: text, ts: text, incident: 1, kind: text, id: text },
        ]);

        await store.remember(ref.team, text, { [text]: text });
        expect(await store.recall(ref.team, text)).toEqual({ [text]: text });
        const draft = { team: ref.team, key: text, person: text, kind: text, body: text, at: 1 };
        await store.saveDraft(draft);
        expect(await store.drafts(ref.team, text)).toEqual([draft]);
      }
    }),
  );

  test(
    'keeps texts apart that an engine might take for the same',
    on(open, async (store) => {
      const keys = ['', '\u0000', '\\0', 'e\u0301', '\u00e9', 'E', 'e', 'e ', '\ud800', '\\ud800', '\ufffd'];
      for (const key of keys) await store.remember('T1', key, key);
      for (const key of keys) expect(await store.recall('T1', key)).toBe(key);
    }),
  );

  test(
    'keeps JSON as it was, the order of its keys included',
    on(open, async (store) => {
      const value: Json = {
        z: 1,
        a: [],
        '10': {},
        nothing: null,
        yes: true,
        big: Number.MAX_SAFE_INTEGER,
        tiny: 5e-324,
        text: '1',
        aa: 0.1,
      };
      await store.remember('T1', 'value', value);
      const back = await store.recall('T1', 'value');
      expect(JSON.stringify(back)).toBe(JSON.stringify(value));
      for (const plain of [null, false, 0, '', [], {}] as const) {
        await store.remember('T1', 'plain', plain);
        expect(await store.recall('T1', 'plain')).toEqual(plain);
      }
      expect(await store.recall('T1', 'never')).toBeUndefined();
    }),
  );

  test(
    'keeps five megabytes of text and of bytes, and none',
    on(open, async (store) => {
      const text = 'é\u0000'.repeat(FIVE_MEGABYTES / 4);
      const bytes = Buffer.alloc(
        FIVE_MEGABYTES,
        Uint8Array.from({ length: 251 }, (_, index) => index + 3),
      );
      const ref = await declare(store, 'T1', 'C1');
      const snapshots = [
        { key: 'E1', bytes },
        { key: 'E2', bytes: new Uint8Array(0) },
        { key: 'E3', bytes: bytes.subarray(1_000, 1_010) },
      ];
      await store.append(ref, 1, { ...decision([{ text }]), snapshots });

      expect((await store.load(ref))?.events[1]?.body).toEqual({ text });
      const back = await store.snapshot('T1', 'E1');
      expect(back !== undefined && Buffer.compare(back, bytes)).toBe(0);
      expect(await store.snapshot('T1', 'E2')).toEqual(new Uint8Array(0));
      expect(await store.snapshot('T1', 'E3')).toEqual(Uint8Array.from(bytes.subarray(1_000, 1_010)));
      expect(await store.snapshot('T1', 'E4')).toBeUndefined();
    }),
  );

  test(
    'refuses a key that an index could not hold',
    on(open, async (store) => {
      await store.remember('T1', 'k'.repeat(800), 1);
      expect(await store.recall('T1', 'k'.repeat(800))).toBe(1);
      await expect(store.remember('T1', 'k'.repeat(801), 1)).rejects.toThrow(RangeError);
    }),
  );
}
