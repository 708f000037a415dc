import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { realServer } from '../../real-servers.ts';
import { type RunningServer, startServer } from '../../start-server.ts';

const run = promisify(execFile);

/** A Prometheus of its own: its address, and how to end it and remove its folder. */
export type RunningPrometheus = RunningServer;

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

/**
 * Starts a real Prometheus on a free loopback port in a folder of its own, with the samples given. Throws where
 * `findPrometheus` finds none, so ask that first.
 *
 * Old samples are kept because retention is 100 years; samples further apart than 5 minutes vanish from queries.
 */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const found = findPrometheus();
  if (found === undefined) throw new Error('no prometheus on this machine');
  return await startServer(found.server, 'prometheus', async (folder, address) => {
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
    return [
      `--config.file=${config}`,
      `--storage.tsdb.path=${storage}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=${address}`,
      '--log.level=warn',
      ...(options.flags ?? []),
    ];
  });
}
