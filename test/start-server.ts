import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endsWithUs } from './ends-with-us.ts';

/** A real server of its own on a free loopback port, and how to end it and remove its folder. */
export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a program in a folder of its own and waits until it says at `/-/ready` that it is ready, 20 s at most. `prepare` writes
 * what it needs into the folder and answers its arguments, given the address to listen on: `127.0.0.1:<port>`.
 */
export async function startServer(
  program: string,
  name: string,
  prepare: (folder: string, address: string) => Promise<readonly string[]>,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), `steady-${name}-`));
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(program, await prepare(folder, address), { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const ended = once(server, 'exit');
  endsWithUs(server);
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://${address}`;
  const deadline = performance.now() + 20_000;
  for (;;) {
    const ready = await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, stop };
    if (server.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`${name} did not become ready: ${log}`);
    }
    await pause(25);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
