import { promisify } from 'node:util';
import { deflate, type ZlibOptions } from 'node:zlib';
import type { Body } from './body.ts';

const SNAPSHOT_LIMIT = 1_000_000;
const compress = promisify(deflate) as (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer>;
// The person waits for it, and the difference in size is small.
const FAST: ZlibOptions = { level: 1 };

/** The first 1,000,000 bytes of an answer as it came, compressed off the main thread. Call it before decoding takes the body. */
export async function snapshotOf(body: Body): Promise<Uint8Array> {
  return new Uint8Array(await compress(body.head(SNAPSHOT_LIMIT), FAST));
}
