import { createServer, type Server, type ServerResponse } from 'node:http';
import type { MetricsSettings } from '../config/config.ts';
import { ConfigError } from '../domain/errors.ts';

export interface MetricsPortOptions extends MetricsSettings {
  /** What `/metrics` answers. */
  readonly text: () => Promise<string>;
  /** Whether Steady serves and its storage answers: `/healthz` says 200 or 503. */
  readonly healthy: () => Promise<boolean>;
  /** What an operator should know although Steady serves, one line each; `/healthz` says them below its `ok`. */
  readonly notes?: () => readonly string[];
  readonly fault: (error: unknown) => void;
}

export interface MetricsPort {
  stop(): Promise<void>;
}

/** Opens `/metrics` and `/healthz` on a port of their own, away from the one that Slack reaches. Rejects with ConfigError where it is taken. */
export async function openMetricsPort(options: MetricsPortOptions): Promise<MetricsPort> {
  const { port, host, fault } = options;
  const server = createServer((request, response) => {
    answer(options, request.method ?? '', request.url ?? '', response).catch((error: unknown) => {
      fault(error);
      if (!response.headersSent) plain(response, 500, 'failed\n');
    });
  });
  server.requestTimeout = 10_000;
  await listening(server, port, host);
  server.on('error', fault);
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { text, healthy, notes }: MetricsPortOptions,
  method: string,
  url: string,
  response: ServerResponse,
): Promise<void> {
  const [path] = url.split('?');
  if (path !== '/metrics' && path !== '/healthz') return plain(response, 404, 'not found\n');
  if (method !== 'GET' && method !== 'HEAD')
    return plain(response.setHeader('allow', 'GET, HEAD'), 405, 'only GET\n');
  if (path === '/metrics') return plain(response, 200, await text());
  const well = await healthy().catch(() => false);
  const said = [well ? 'ok' : 'not serving', ...(notes?.() ?? [])];
  plain(response, well ? 200 : 503, `${said.join('\n')}\n`);
}

function plain(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body);
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new ConfigError([
          `The metrics port ${port} on ${host} cannot be opened (${error.code ?? 'failed'}); name another with [metrics] port, or leave [metrics] out.`,
        ]),
      ),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
