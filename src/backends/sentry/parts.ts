import type { Duration } from '../../domain/time.ts';
import { compressed, SNAPSHOT_LIMIT } from '../snapshot.ts';

/** One answer of the server among those that make one of ours. */
export interface Part {
  /** What it answers: `issues`, `issue`, `event`, `counts`, `releases`, or `deploys of <version>`. */
  readonly of: string;
  /** As it came. */
  readonly bytes: readonly Uint8Array[];
}

/** An answer made of one is kept as it came, one of several as `{"parts":[{"of":"issue","body":…}, …]}`. */
export async function keep(parts: readonly Part[]): Promise<Uint8Array> {
  const [only] = parts;
  if (only && parts.length === 1) return await compressed(within(only.bytes));
  const pieces = parts.flatMap(({ of, bytes }, index) => [
    Buffer.from(`${index === 0 ? '{"parts":[' : ','}{"of":${JSON.stringify(of)},"body":`),
    ...bytes,
    Buffer.from('}'),
  ]);
  return await compressed(within([...pieces, Buffer.from(']}')]));
}

function within(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  let left = SNAPSHOT_LIMIT;
  return pieces.flatMap((piece) => {
    const shown = piece.subarray(0, left);
    left -= shown.length;
    return shown.length > 0 ? [shown] : [];
  });
}

/** Parts as `keep` wrote them; `only` names the one of a snapshot without an envelope. Throws where the bytes were cut off. */
export function readParts(
  bytes: Uint8Array,
  only: string,
): readonly { readonly of: string; readonly body: unknown }[] {
  const read: unknown = JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
  );
  if (typeof read !== 'object' || read === null || !('parts' in read) || !Array.isArray(read.parts))
    return [{ of: only, body: read }];
  return read.parts as { of: string; body: unknown }[];
}

/** A limit that a request for something additional has, so that what matters does not wait for it. */
export const ADDITIONAL: Duration = 10_000;
