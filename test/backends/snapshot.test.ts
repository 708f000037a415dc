import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Body } from '../../src/backends/body.ts';
import { SNAPSHOT_LIMIT, snapshotOf } from '../../src/backends/snapshot.ts';

function bodyOf(length: number): { readonly body: Body; readonly bytes: Buffer } {
  const piece = randomBytes(100_000);
  const body = new Body();
  const bytes = Buffer.concat(
    Array.from({ length: Math.ceil(length / piece.length) }, () => piece),
    length,
  );
  for (let at = 0; at < length; at += piece.length) body.append(bytes.subarray(at, at + piece.length));
  return { body, bytes };
}

test.each([0, 1, 65_536, 65_537, 3_000_000])('%i bytes are kept as they came', async (length) => {
  const { body, bytes } = bodyOf(length);
  expect(inflateSync(await snapshotOf(body)).equals(bytes)).toBe(true);
});

test('a body may be taken while it is being kept', async () => {
  const { body, bytes } = bodyOf(2_000_000);
  const keeping = snapshotOf(body);
  body.take();
  expect(inflateSync(await keeping).equals(bytes)).toBe(true);
});

test('of a longer answer the beginning is kept', async () => {
  const { body, bytes } = bodyOf(SNAPSHOT_LIMIT + 1_000_000);
  const kept = inflateSync(await snapshotOf(body));
  expect(kept.length).toBe(SNAPSHOT_LIMIT);
  expect(kept.equals(bytes.subarray(0, SNAPSHOT_LIMIT))).toBe(true);
});
