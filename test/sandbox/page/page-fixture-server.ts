import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageAction, PageReply, PageState } from '../../../src/sandbox/page-contract.ts';

const TOKEN = 'token-of-the-address';
const PAGE = fileURLToPath(new URL('../../../src/sandbox/page/', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** As strict as the real server's: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A page server without a workspace behind it: it shows a canned state and remembers what the page sent. */
export interface PageFixture {
  readonly url: string;
  readonly actions: PageAction[];
  /** Resolves with the first action of a kind, past or future, from the given index on. */
  action<K extends PageAction['kind']>(
    kind: K,
    from?: number,
  ): Promise<Extract<PageAction, { readonly kind: K }>>;
  /** Changes the state and tells every open page. */
  change(next: (state: PageState) => PageState): void;
  /** Decides the answer to the actions from here on. */
  answer(with_: (action: PageAction) => PageReply): void;
  /** A new state and nothing remembered, for the next test. */
  reset(state: PageState): void;
  /** Drops every connection and answers no more until `reset`. */
  vanish(): void;
  close(): Promise<void>;
}

export async function startPageFixture(): Promise<PageFixture> {
  let state: PageState | undefined;
  let answer: (action: PageAction) => PageReply = () => ({ ok: true });
  const actions: PageAction[] = [];
  const waiting = new Set<() => void>();
  const streams = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const below = url.pathname.startsWith(`/${TOKEN}/`) ? url.pathname.slice(TOKEN.length + 2) : undefined;
    if (state === undefined) return void request.destroy();
    if (below === undefined) return void response.writeHead(404).end();
    if (below === 'state') {
      const as = url.searchParams.get('as');
      const me = state.people.find((person) => person.id === as) ?? state.me;
      return json(response, { ...state, me });
    }
    if (below === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`data: ${state.version}\n\n`);
      streams.add(response);
      return void response.on('close', () => streams.delete(response));
    }
    if (below === 'act') {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      return void request.on('end', () => {
        const action = JSON.parse(body) as PageAction;
        actions.push(action);
        json(response, answer(action));
        for (const wake of waiting) wake();
      });
    }
    if (below.startsWith('files/')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml', 'content-security-policy': POLICY });
      return void response.end(CHART);
    }
    void serveFile(below, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/${TOKEN}/`,
    actions,
    action: (kind, from = 0) =>
      new Promise((resolve) => {
        const look = () => {
          const found = actions.slice(from).find((action) => action.kind === kind);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found as never);
        };
        waiting.add(look);
        look();
      }),
    change(next) {
      if (state === undefined) return;
      state = { ...next(state), version: state.version + 1 };
      for (const stream of streams) stream.write(`data: ${state.version}\n\n`);
    },
    answer(with_) {
      answer = with_;
    },
    reset(next) {
      state = next;
      answer = () => ({ ok: true });
      actions.length = 0;
      waiting.clear();
    },
    vanish() {
      state = undefined;
      server.closeAllConnections();
    },
    async close() {
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function serveFile(below: string, response: ServerResponse): Promise<void> {
  const path = normalize(below === '' ? 'index.html' : below);
  const file = path.startsWith('modules/') ? join(MODULES, path.slice('modules/'.length)) : join(PAGE, path);
  const bytes = path.startsWith('..') ? undefined : await readFile(file).catch(() => undefined);
  if (bytes === undefined) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    // The page's files do not change while its tests run.
    'cache-control': 'max-age=600',
  });
  response.end(bytes);
}

const CHART = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="260"><rect width="640" height="260" fill="#fff"/>
<g stroke="#dde3e6"><path d="M40 40H620M40 100H620M40 160H620M40 220H620"/></g>
<path d="M40 215L120 214L200 216L260 213L300 120L360 84L420 92L480 70L540 78L620 60" fill="none" stroke="#b42336" stroke-width="3"/>
<path d="M40 90L120 94L200 88L260 92L300 110L360 128L420 120L480 132L540 126L620 130" fill="none" stroke="#0d6b5c" stroke-width="3"/></svg>`;
