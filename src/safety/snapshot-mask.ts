import { Worker } from 'node:worker_threads';
import { RedactionFailed } from '../domain/errors.ts';
import type { Held } from './redactor.ts';

export interface MaskAsk {
  readonly id: number;
  /** Deflated. */
  readonly bytes: Uint8Array;
}

/** Without bytes there was nothing to mask. */
export interface MaskAnswer {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly failed?: true;
}

/** Takes held secrets out of answers before they are kept. */
export interface SnapshotMask {
  /**
   * The same deflated bytes, or others with marks over every secret in them. Rejects with RedactionFailed where they cannot be
   * checked: then they must not be kept.
   */
  mask(bytes: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Works in a thread of its own, started by the first answer: an answer may be megabytes. */
export function createSnapshotMask(secrets: readonly Held[]): SnapshotMask {
  const waiting = new Map<number, PromiseWithResolvers<MaskAnswer>>();
  let last = 0;
  let thread: Worker | undefined;

  function start(): Worker {
    const worker = new Worker(new URL('./snapshot-worker.ts', import.meta.url), {
      workerData: secrets.map((one) => (typeof one === 'string' ? one : one.reveal())),
      execArgv: [],
      env: {},
    });
    worker.on('message', (answer: MaskAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
      if (waiting.size === 0) worker.unref();
    });
    const ended = () => {
      if (thread === worker) thread = undefined;
      for (const one of waiting.values()) one.reject(new RedactionFailed('The check of an answer broke'));
      waiting.clear();
    };
    worker.on('error', ended).on('exit', ended);
    return worker;
  }

  return {
    async mask(bytes) {
      if (secrets.length === 0) return bytes;
      thread ??= start();
      last += 1;
      const id = last;
      const answer = Promise.withResolvers<MaskAnswer>();
      waiting.set(id, answer);
      thread.ref();
      thread.postMessage({ id, bytes } satisfies MaskAsk);
      const { bytes: masked, failed } = await answer.promise;
      if (failed) throw new RedactionFailed('The answer could not be checked');
      return masked ?? bytes;
    },
    close: async () => {
      await thread?.terminate();
    },
  };
}
