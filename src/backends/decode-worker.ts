import { parentPort, workerData } from 'node:worker_threads';
import type { Decode, DecodeModule, FromWorker } from './decoder.ts';

// Runs in a worker thread of src/backends/decoder.ts and nowhere else.
interface Job {
  readonly module: DecodeModule;
  readonly segments: readonly SharedArrayBuffer[];
  readonly length: number;
  readonly argument: unknown;
}

const job = workerData as Job;
const port = parentPort;
const pieces = begin();

port?.on('message', async () => {
  port.postMessage(await advance());
});

async function begin(): Promise<Iterator<unknown> | AsyncIterator<unknown>> {
  const loaded: Record<string, Decode<unknown, unknown>> = await import(job.module.href);
  const decode = loaded[job.module.name];
  if (!decode) throw new TypeError(`No export ${job.module.name}`);
  const whole = Buffer.concat(
    job.segments.map((segment) => new Uint8Array(segment)),
    job.length,
  );
  const pieces = decode(whole, job.argument);
  return Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
}

async function advance(): Promise<FromWorker> {
  try {
    const { done, value } = await (await pieces).next();
    return done ? { kind: 'end' } : { kind: 'piece', piece: value };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message.slice(0, 200) : 'not readable' };
  }
}
