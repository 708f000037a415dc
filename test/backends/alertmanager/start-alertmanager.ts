import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { realServer } from '../../real-servers.ts';

/** An Alertmanager of its own on a free loopback port. */
export interface RunningAlertmanager extends AsyncDisposable {
  readonly url: string;
}

/** The program, or undefined after `not run: prometheus-alertmanager` was printed. */
export const findAlertmanager = () => realServer('prometheus-alertmanager');

export async function startAlertmanager(program: string, config: string): Promise<RunningAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-alertmanager-'));
  await writeFile(join(folder, 'config.yml'), config);
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(
    program,
    [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${url.slice('http://'.length)}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const ended = once(server, 'exit');
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await ended;
    }
    process.off('exit', killWithUs);
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = performance.now() + 20_000;
  for (;;) {
    const ready = await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, [Symbol.asyncDispose]: stop };
    if (server.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`alertmanager did not become ready: ${log}`);
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
