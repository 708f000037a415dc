import { inflateSync } from 'node:zlib';
import type { DecodeModule } from './decoder.ts';
import type { KeptPiece, KeptQuestion, ReadKept } from './kept-answer.ts';
import { mendCut } from './mend-cut.ts';

/** What is made of the pieces of kept answers, in the thread that reads them. Each can be gone through once. */
export type Shape<Out, Argument> = (answers: readonly KeptPieces[], argument: Argument) => Iterable<Out>;

export interface KeptPieces extends Iterable<KeptPiece> {
  /** Whether the snapshot ended before the answer did; known when the last piece was read. */
  readonly cut: boolean;
}

/** What a worker is told. */
export interface KeptWork {
  readonly answers: readonly {
    readonly kept: DecodeModule;
    readonly question: KeptQuestion;
    /** Compressed. */
    readonly snapshot: Uint8Array;
  }[];
  readonly shape: DecodeModule;
  readonly argument: unknown;
}

/** More than this is no snapshot of ours. */
const INFLATED_LIMIT = 64_000_000;

/** Inflates snapshots, reads each as its tool says and shapes what they hold. Throws what a reader throws. */
export async function* shapeKept(_none: Uint8Array, work: KeptWork): AsyncIterable<unknown> {
  const shape = (await load(work.shape)) as Shape<unknown, unknown>;
  const answers: KeptPieces[] = [];
  for (const { kept, question, snapshot } of work.answers) {
    const read = (await load(kept)) as ReadKept;
    answers.push(piecesOf(inflateSync(snapshot, { maxOutputLength: INFLATED_LIMIT }), read, question));
  }
  yield* shape(answers, work.argument);
}

async function load({ href, name }: DecodeModule): Promise<unknown> {
  const loaded: Record<string, unknown> = await import(href);
  if (typeof loaded[name] !== 'function') throw new TypeError(`No export ${name}`);
  return loaded[name];
}

/** The answer was whole when it was first read, so one that cannot be read now was cut when it was kept. */
export function piecesOf(bytes: Uint8Array, read: ReadKept, question: KeptQuestion): KeptPieces {
  let cut = false;
  return {
    get cut() {
      return cut;
    },
    *[Symbol.iterator]() {
      let given = 0;
      try {
        for (const piece of read(bytes, question) as Iterable<KeptPiece>) {
          given++;
          yield piece;
        }
        return;
      } catch (error) {
        cut = true;
        // A reader that goes line by line has given what there was.
        if (given > 0) return;
        const mended = mendCut(bytes);
        if (mended === undefined) throw error;
        yield* read(mended, question) as Iterable<KeptPiece>;
      }
    },
  };
}
