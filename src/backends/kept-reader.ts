import { BackendError } from '../domain/errors.ts';
import { SUPPLIED } from '../domain/evidence.ts';
import { Body } from './body.ts';
import type { DecodeModule, Decoder } from './decoder.ts';
import type { KeptQuestion } from './kept-answer.ts';
import { TOOLS } from './registry.ts';
import { type KeptWork, shapeKept } from './shape-kept.ts';

/** A kept answer: its bytes, whose they are, and what was asked. */
export interface KeptSnapshot extends KeptQuestion {
  readonly tool: string;
  /** As the store has them: compressed. */
  readonly snapshot: Uint8Array;
}

/** Reads kept answers again, always in a worker: only what a shape makes of them comes back. */
export interface KeptReader {
  /** Throws BackendError where a tool is not known or its bytes cannot be read. */
  read<Out>(
    kept: readonly KeptSnapshot[],
    shape: DecodeModule,
    argument: unknown,
    signal: AbortSignal,
  ): AsyncIterable<Out>;
}

const DECODE_SUPPLIED: DecodeModule = {
  href: new URL('./decode-supplied.ts', import.meta.url).href,
  name: 'decodeSupplied',
};
const SHAPE_KEPT: DecodeModule = {
  href: new URL('./shape-kept.ts', import.meta.url).href,
  name: 'shapeKept',
};

/** `decoder` decodes nothing on the calling thread. */
export function createKeptReader(decoder: Decoder): KeptReader {
  return {
    async *read<Out>(
      snapshots: readonly KeptSnapshot[],
      shape: DecodeModule,
      argument: unknown,
      signal: AbortSignal,
    ) {
      const work: KeptWork = { answers: snapshots.map(toldOf), shape, argument };
      // Everything is in the argument: a body is one answer, and there may be two.
      const shaped = decoder.decode<unknown, KeptWork>(shapeKept, SHAPE_KEPT, new Body(), work, signal);
      try {
        for await (const out of shaped) yield out as Out;
      } catch (error) {
        if (error instanceof BackendError) throw error;
        if (signal.aborted)
          throw new BackendError('timeout', 'The kept answer could not be read in time.', {
            nextStep: 'Try again in a moment.',
          });
        throw new BackendError('unavailable', 'The kept answer could not be read again.', {
          nextStep: '*Re-run now* asks anew.',
          cause: error,
        });
      }
    },
  };
}

function toldOf({ tool, snapshot, ...question }: KeptSnapshot): KeptWork['answers'][number] {
  const kept = tool === SUPPLIED ? DECODE_SUPPLIED : TOOLS[tool]?.kept;
  if (kept === undefined)
    throw new BackendError('unavailable', `What \`${tool}\` answered cannot be read again.`);
  return { kept, question, snapshot };
}
