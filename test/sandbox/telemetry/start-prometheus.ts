import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { realServer } from '../../real-servers.ts';

const run = promisify(execFile);

/** A Prometheus of its own: its address, and how to end it and remove its folder. */
export interface RunningPrometheus {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** Samples to backfill, grouped by family, ending in `# EOF`. Absent: it starts empty. */
  readonly openMetrics?: string;
  /** More arguments for the server, such as `--query.lookback-delta=15m`. */
  readonly flags?: readonly string[];
}

/** Both programs, or undefined after `not run: prometheus` was printed (a failure where real servers are required). */
export function findPrometheus(): { readonly server: string; readonly tool: string } | undefined {
  const server = realServer('prometheus');
  const tool = server === undefined ? undefined : realServer('promtool');
  return server === undefined || tool === undefined ? undefined : { server, tool };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function becomeReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`prometheus ended: ${said()}`);
    const ready = await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await pause(25);
  }
  throw new Error(`prometheus was not ready in 20 s: ${said()}`);
}

/**
 * Starts a real Prometheus on a free loopback port in a folder of its own, with the samples given. Throws where
 * `findPrometheus` finds none, so ask that first.
 *
 * Old samples are kept because retention is 100 years; samples further apart than 5 minutes vanish from queries.
 */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const found = findPrometheus();
  if (found === undefined) throw new Error('no prometheus on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'steady-prometheus-'));
  const storage = join(folder, 'tsdb');
  await mkdir(storage);
  const config = join(folder, 'prometheus.yml');
  await writeFile(config, 'global:\n  scrape_interval: 15s\n');
  if (options.openMetrics !== undefined) {
    const samples = join(folder, 'samples.om');
    await writeFile(samples, options.openMetrics);
    await run(found.tool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', samples, storage], {
      maxBuffer: 16 * 1024 * 1024,
    });
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(
    found.server,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${storage}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
      ...(options.flags ?? []),
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
  try {
    await becomeReady(url, server, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
