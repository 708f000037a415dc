import type { HttpAnswer } from './http-exchange.ts';
import { snapshotOf } from './snapshot.ts';

/** What was read out of an answer, beside the answer itself. */
export interface ReadAndKept<Found> {
  readonly found: Found;
  /** The beginning of it as it came, compressed. */
  readonly snapshot: Uint8Array;
  /** The length of the whole. */
  readonly bytes: number;
}

/** Reads an answer and keeps it. In this order: the snapshot looks at the bytes first, because reading takes the body. */
export async function readAndKeep<Found>(
  { body }: HttpAnswer,
  read: () => Promise<Found>,
): Promise<ReadAndKept<Found>> {
  const bytes = body.length;
  const [snapshot, found] = await Promise.all([snapshotOf(body), read()]);
  return { found, snapshot, bytes };
}
