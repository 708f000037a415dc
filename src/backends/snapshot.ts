import { once } from 'node:events';
import { createDeflate } from 'node:zlib';
import type { Body } from './body.ts';

/**
 * How much of an answer is kept, in bytes before compression: some 500,000 samples or 100,000 log lines, 1 to 3 MB when
 * compressed. Longer ones are cut there, and everything made of them says so.
 */
export const SNAPSHOT_LIMIT = 16_000_000;

/** The beginning of an answer as it came, compressed off the main thread. Call it before decoding takes the body. */
export function snapshotOf(body: Body): Promise<Uint8Array> {
  return compressed(body.views(SNAPSHOT_LIMIT));
}

/** Bytes one after the other, as a snapshot is kept, compressed off the main thread. */
export async function compressed(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  // The person waits for it, and the difference in size to the higher levels is small.
  const deflate = createDeflate({ level: 1, chunkSize: 64 * 1024 });
  const out: Uint8Array[] = [];
  deflate.on('data', (chunk: Uint8Array) => out.push(chunk));
  const ended = once(deflate, 'end');
  for (const part of parts) if (!deflate.write(part)) await once(deflate, 'drain');
  deflate.end();
  await ended;
  return new Uint8Array(Buffer.concat(out));
}
