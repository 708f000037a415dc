import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import type { Picture } from './picture.ts';

/** Draws pictures as PNG. */
export interface Pictures {
  /** Off the main thread, one at a time. Rejects with the drawing's own error, or the signal's reason. */
  draw(picture: Picture, signal: AbortSignal): Promise<Uint8Array>;
}

export interface PicturesOptions {
  /** What draws, for tests of its failures. */
  readonly worker?: URL;
  /** Heap of the worker in MB; default 256. A picture is kept small by whoever makes it. */
  readonly heap?: number;
}

export function createPictures(options: PicturesOptions = {}): Pictures {
  const { worker = new URL('./draw-worker.ts', import.meta.url), heap = 256 } = options;
  const turns = new PQueue({ concurrency: 1 });
  return {
    draw: (picture, signal) => turns.add(() => drawOne(worker, heap, picture, signal), { signal }),
  };
}

async function drawOne(
  address: URL,
  heap: number,
  picture: Picture,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const worker = new Worker(address, {
    workerData: picture,
    resourceLimits: { maxOldGenerationSizeMb: heap },
    // The parent's flags and environment are none of its business.
    execArgv: [],
    env: {},
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  worker.once('message', resolve).once('error', reject);
  worker.once('exit', () => reject(new Error('The drawing ended without a picture')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
