import { BackendError } from '../domain/errors.ts';
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
  /** Throws BackendError where the tool is not known or its bytes cannot be read. */
  read<Out>(
    kept: KeptSnapshot,
    shape: DecodeModule,
    argument: unknown,
    signal: AbortSignal,
  ): AsyncIterable<Out>;
}

const SHAPE_KEPT: DecodeModule = {
  href: new URL('./shape-kept.ts', import.meta.url).href,
  name: 'shapeKept',
};

/** `decoder` decodes nothing on the calling thread. */
export function createKeptReader(decoder: Decoder): KeptReader {
  return {
    async *read<Out>(
      { tool, snapshot, ...question }: KeptSnapshot,
      shape: DecodeModule,
      argument: unknown,
      signal: AbortSignal,
    ) {
      const kept = TOOLS[tool]?.kept;
      if (kept === undefined)
        throw new BackendError('unavailable', `What \`${tool}\` answered cannot be read again.`);
      const body = new Body();
      body.append(snapshot);
      const work: KeptWork = { kept, question, shape, argument };
      try {
        yield* decoder.decode<unknown, KeptWork>(
          shapeKept,
          SHAPE_KEPT,
          body,
          work,
          signal,
        ) as AsyncIterable<Out>;
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
