import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { MINUTE } from '../../../src/domain/time.ts';

const TO = 1_795_346_700_000;
const WINDOW = { from: TO - 30 * MINUTE, to: TO };

test('while 45 MB come in, everything else goes on', { timeout: 120_000 }, async () => {
  // The server is a process of its own, so that what it does is not taken for a pause of ours.
  const server = fork(new URL('./large-server.ts', import.meta.url), { execArgv: [] });
  try {
    const [url] = (await once(server, 'message')) as [string];
    const [backend] = createBackends(
      { prometheus: [{ name: 'prod', url }] },
      { now: () => TO, decoder: createDecoder() },
    );
    if (!backend) throw new Error('no backend was made');
    const signal = AbortSignal.timeout(100_000);
    const matched = backend.match('up', await backend.discover(WINDOW, signal));

    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    const answer = await backend.query({ matched, window: WINDOW }, signal);
    clearInterval(beat);
    await backend.close?.();

    expect(answer.cost).toMatchObject({ series: 5_300, samples: 1_325_000 });
    expect(answer.cost.bytes).toBeGreaterThan(40_000_000);
    process.stdout.write(`longest pause ${longest.toFixed(1)} ms\n`);
    // Parsed on this thread it would be one pause of about a second.
    expect(longest).toBeLessThan(250);
  } finally {
    server.kill('SIGKILL');
  }
});
