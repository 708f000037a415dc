import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RedactionFailed } from '../../src/domain/errors.ts';
import { createRedactor } from '../../src/safety/redactor.ts';
import { createSnapshotMask } from '../../src/safety/snapshot-mask.ts';
import { redactStore } from '../../src/storage/redact-store.ts';
import { decision, declare, on } from '../contracts/store/storage-bench.ts';
import { randomText } from '../safety/random-text.ts';
import { sqliteBench } from './benches.ts';

const HELD = randomText(5).lower(32);

function redacted(store: Parameters<typeof redactStore>[0]) {
  const redactor = createRedactor({ secrets: [HELD] });
  const snapshots = createSnapshotMask([HELD]);
  const safe = redactStore(store, (value) => redactor.redactLeaves(value).value, snapshots.mask);
  return { safe, [Symbol.asyncDispose]: () => snapshots.close() };
}

test(
  'a held secret inside an answer is not in what is kept of it; other answers are kept byte by byte',
  on(sqliteBench, async (store) => {
    await using at = redacted(store);
    const ref = await declare(store, 'T1', 'C1');
    const harmless = new Uint8Array(deflateSync(JSON.stringify({ value: 1 })));
    const telling = new Uint8Array(deflateSync(JSON.stringify({ line: `password ${HELD}`, ok: true })));
    const snapshots = [
      { key: 'INC-1/E1', bytes: harmless },
      { key: 'INC-1/E2', bytes: telling },
    ];
    await at.safe.append(ref, 1, { ...decision(['asked']), snapshots });
    await at.safe.saveSnapshot('T1', 'INC-1/E3', telling);
    expect(await store.snapshot('T1', 'INC-1/E1')).toEqual(harmless);
    for (const key of ['INC-1/E2', 'INC-1/E3']) {
      const kept = inflateSync((await store.snapshot('T1', key)) ?? new Uint8Array()).toString();
      expect(JSON.parse(kept)).toEqual({ line: `password ${'*'.repeat(32)}`, ok: true });
    }
  }),
);

test(
  'an answer that cannot be checked is not kept, and neither is the decision it belongs to',
  on(sqliteBench, async (store) => {
    await using at = redacted(store);
    const ref = await declare(store, 'T1', 'C1');
    const snapshots = [{ key: 'INC-1/E1', bytes: new Uint8Array([1, 2, 3]) }];
    await expect(at.safe.append(ref, 1, { ...decision(['asked']), snapshots })).rejects.toThrow(
      RedactionFailed,
    );
    expect((await store.load(ref))?.version).toBe(1);
    expect(await store.snapshot('T1', 'INC-1/E1')).toBeUndefined();
  }),
);
