import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request as it arrived. */
export interface Received {
  readonly method: string;
  /** With the query string. */
  readonly url: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What to answer: written for you, or do it yourself with the raw response. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** A real HTTP server on a free loopback port, played by a function. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** Replaces what is answered from now on. */
  answer(reply: (received: Received) => Reply): void;
}

export async function startFakeServer(reply: (received: Received) => Reply): Promise<FakeServer> {
  const received: Received[] = [];
  let current = reply;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://fake');
    const one: Received = {
      method: request.method ?? '',
      url: request.url ?? '',
      path: url.pathname,
      params: new URLSearchParams(request.method === 'POST' ? body : url.search),
      headers: request.headers,
      body,
    };
    received.push(one);
    const made = current(one);
    if (typeof made === 'function') return made(response, request);
    const text = typeof made.body === 'string' ? made.body : JSON.stringify(made.body ?? '');
    response.writeHead(made.status ?? 200, {
      'content-type': typeof made.body === 'object' ? 'application/json' : 'text/plain; charset=utf-8',
      ...made.headers,
    });
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answer(next) {
      current = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
