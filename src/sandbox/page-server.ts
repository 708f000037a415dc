import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageAction } from './page-contract.ts';
import { POLICY, pageFile, type Served, uploadedFile } from './page-files.ts';
import { readBytes } from './slack/api/read-body.ts';
import { isRecord } from './slack/block-kit/check.ts';
import type { Workspace } from './slack/workspace.ts';

export interface PageServerOptions {
  readonly workspace: Workspace;
  /** The secret part of the address. */
  readonly token: string;
  /** Tried first; 0 picks a free one. A busy port picks the next, up to 20 further. */
  readonly port: number;
}

export interface PageServer {
  /** To open in a browser: `http://127.0.0.1:4717/<token>/`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const LARGEST_ACTION = 20_000_000;
const PORTS_TRIED = 20;
const LOCAL = ['127.0.0.1', 'localhost', '[::1]'];

/** Serves the page of `page-contract.ts` on loopback. Rejects when no port is free. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    respond(options, streams, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    });
  });
  const port = await listen(server, options.port);
  let told = 0;
  // Many changes in one turn are one message.
  const stop = options.workspace.state.onChange(() => {
    if (told !== 0) return;
    told = 1;
    setImmediate(() => {
      told = 0;
      for (const stream of streams) tell(stream, options.workspace);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/${options.token}/`,
    port,
    async close() {
      stop();
      for (const stream of streams) stream.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; ; port += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy || first === 0 || port >= first + PORTS_TRIED) throw error;
    }
  }
}

function tell(stream: ServerResponse, workspace: Workspace): void {
  stream.write(`data: ${workspace.state.version()}\n\n`);
}

async function respond(
  options: PageServerOptions,
  streams: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!fromHere(request)) return void response.writeHead(403).end();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const below = pathBelow(url.pathname, options.token);
  if (below === undefined) return void response.writeHead(404).end();
  const { workspace } = options;
  if (request.method === 'POST' && below === 'act') {
    const action = await readAction(request);
    if (action === undefined) return void response.writeHead(400).end();
    return json(response, await workspace.act(action));
  }
  if (request.method !== 'GET') return void response.writeHead(405).end();
  if (below === 'state') {
    const state = workspace.see(url.searchParams.get('as') ?? '') ?? workspace.see(firstPerson(workspace));
    return state === undefined ? void response.writeHead(404).end() : json(response, state);
  }
  if (below === 'events') {
    response.writeHead(200, headers({ 'content-type': 'text/event-stream' }));
    streams.add(response);
    response.on('close', () => streams.delete(response));
    return tell(response, workspace);
  }
  const id = /^files\/(F[A-Z0-9]+)\//.exec(below)?.[1];
  const file = id === undefined ? undefined : workspace.state.files.get(id);
  serve(
    response,
    file === undefined ? await pageFile(below === '' ? 'index.html' : below) : uploadedFile(file),
  );
}

/** Only pages of this server itself may ask: a foreign name or origin is somebody else's page. */
function fromHere(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  if (!LOCAL.includes(host.replace(/:\d+$/, ''))) return false;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}

function pathBelow(path: string, token: string): string | undefined {
  const start = `/${token}/`;
  return path.startsWith(start) ? decoded(path.slice(start.length)) : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

async function readAction(request: IncomingMessage): Promise<PageAction | undefined> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return undefined;
  try {
    const action: unknown = JSON.parse((await readBytes(request, LARGEST_ACTION)).toString('utf8'));
    return isRecord(action) && typeof action.as === 'string' && typeof action.kind === 'string'
      ? (action as unknown as PageAction)
      : undefined;
  } catch {
    return undefined;
  }
}

function firstPerson(workspace: Workspace): string {
  return [...workspace.state.users.values()].find((user) => !user.isBot)?.id ?? '';
}

function serve(response: ServerResponse, served: Served | undefined): void {
  if (served === undefined) return void response.writeHead(404).end();
  response.writeHead(200, headers(served.headers)).end(served.bytes);
}

function json(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, headers({ 'content-type': 'application/json; charset=utf-8' }))
    .end(JSON.stringify(body));
}

function headers(own: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...own,
  };
}
