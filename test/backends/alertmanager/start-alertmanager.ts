import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realServer } from '../../real-servers.ts';
import { startServer } from '../../start-server.ts';

/** An Alertmanager of its own on a free loopback port. */
export interface RunningAlertmanager extends AsyncDisposable {
  readonly url: string;
}

/** The program, or undefined after `not run: prometheus-alertmanager` was printed. */
export const findAlertmanager = () => realServer('prometheus-alertmanager');

export async function startAlertmanager(program: string, config: string): Promise<RunningAlertmanager> {
  const { url, stop } = await startServer(program, 'alertmanager', async (folder, address) => {
    await writeFile(join(folder, 'config.yml'), config);
    return [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ];
  });
  return { url, [Symbol.asyncDispose]: stop };
}
