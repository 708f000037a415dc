import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { BackendError } from '../domain/errors.ts';
import type { Body } from './body.ts';

/**
 * Turns an answer's bytes into a few pieces, each small enough to be received without a noticeable pause. The same function
 * runs here for small answers and in a worker for large ones, so it lives in a module that imports nothing heavy.
 * Throws anything when the bytes are not what they should be.
 */
export type Decode<Piece, Argument = undefined> = (
  bytes: Uint8Array,
  argument: Argument,
) => Iterable<Piece> | AsyncIterable<Piece>;

/** Where a decode function lives: its module's address and the name of its export. */
export interface DecodeModule {
  readonly href: string;
  readonly name: string;
}

export interface Decoder {
  /**
   * The pieces in order; small bodies (up to `inline` bytes) here and at once, larger ones in a worker, one at a time for
   * all backends. Takes the body. Throws `SyntaxError`-like errors of the decode function, or BackendError.
   */
  decode<Piece, Argument>(
    decode: Decode<Piece, Argument>,
    module: DecodeModule,
    body: Body,
    argument: Argument,
    signal: AbortSignal,
  ): AsyncIterable<Piece>;
}

export interface DecoderOptions {
  /**
   * Largest body decoded on the calling thread, in bytes. Default 512 KiB, which takes about 10 ms; starting a worker
   * takes about 100 ms of another core. Less than 0: none is.
   */
  readonly inline?: number;
  /** Heap of the worker in MB; default 1,024. An answer that needs more is `too-large`. */
  readonly heap?: number;
}

/** What the worker says; it says `piece` only when asked for the next, so that the main thread never receives a flood. */
export type FromWorker =
  | { readonly kind: 'piece'; readonly piece: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly message: string };

export function createDecoder(options: DecoderOptions = {}): Decoder {
  const inline = options.inline ?? 512 * 1024;
  const turns = new PQueue({ concurrency: 1 });
  return {
    async *decode(decode, module, body, argument, signal) {
      if (body.length <= inline) {
        yield* decode(body.head(body.length), argument);
        return;
      }
      const turn = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const waiting = turns.add(
        () => {
          begun.resolve();
          return turn.promise;
        },
        { signal },
      );
      waiting.catch(begun.reject);
      try {
        await begun.promise;
        yield* offThread(module, body, argument, signal, options.heap ?? 1_024);
      } finally {
        turn.resolve();
      }
    },
  };
}

async function* offThread<Piece>(
  module: DecodeModule,
  body: Body,
  argument: unknown,
  signal: AbortSignal,
  heap: number,
): AsyncGenerator<Piece> {
  signal.throwIfAborted();
  const { segments, length } = body.take();
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), {
    workerData: { module, segments, length, argument },
    resourceLimits: { maxOldGenerationSizeMb: heap },
    // The parent's flags and environment are none of its business.
    execArgv: [],
    env: {},
  });
  try {
    for (;;) {
      const said = await next(worker, signal);
      if (said.kind === 'end') return;
      if (said.kind === 'failed') throw new SyntaxError(said.message);
      yield said.piece as Piece;
    }
  } finally {
    await worker.terminate();
  }
}

function next(worker: Worker, signal: AbortSignal): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      worker.off('message', onMessage).off('error', onError);
      signal.removeEventListener('abort', onAbort);
      then();
    };
    const onMessage = (said: FromWorker) => settle(() => resolve(said));
    const onAbort = () => settle(() => reject(signal.reason));
    const onError = (error: unknown) =>
      settle(() => {
        const starved = error instanceof Error && Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(
          starved
            ? new BackendError('too-large', 'The answer needs more memory than Steady gives it.')
            : error,
        );
      });
    worker.on('message', onMessage).on('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.postMessage('next');
  });
}
