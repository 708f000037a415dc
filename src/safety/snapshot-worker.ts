import { parentPort, workerData } from 'node:worker_threads';
import { deflateSync, inflateSync } from 'node:zlib';
import { HeldSecrets } from './held-secrets.ts';
import { maskBytes } from './mask-bytes.ts';
import type { MaskAnswer, MaskAsk } from './snapshot-mask.ts';

// Runs in a worker thread of src/safety/snapshot-mask.ts and nowhere else.
const held = new HeldSecrets();
for (const secret of workerData as readonly string[]) held.add(secret);

parentPort?.on('message', ({ id, bytes }: MaskAsk) => {
  parentPort?.postMessage(answer(id, bytes));
});

function answer(id: number, bytes: Uint8Array): MaskAnswer {
  try {
    const plain = new Uint8Array(inflateSync(bytes));
    return maskBytes(plain, held) ? { id, bytes: new Uint8Array(deflateSync(plain, { level: 1 })) } : { id };
  } catch {
    // What went wrong may quote the bytes.
    return { id, failed: true };
  }
}
