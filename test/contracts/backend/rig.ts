import { afterEach, expect } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import type { Connection } from '../../../src/backends/connection.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { BackendError } from '../../../src/domain/errors.ts';
import type { Answer } from '../../../src/domain/evidence.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { MINUTE, type Window } from '../../../src/domain/time.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../../backends/fake-server.ts';
import type { BackendSubject } from './subject.ts';

export const NOW = Date.parse('2026-11-23T13:32:00Z');
export const WINDOW: Window = { from: NOW - 30 * MINUTE, to: NOW };
export const SECRET = 'tok-en/Wert+7f3a9c51';

/** A backend in front of a server that each test plays; both end with the test. */
export interface Rig {
  readonly subject: BackendSubject;
  /** Plays the query requests with `onQuery` (or all requests), the others from the subject's healthy server. */
  serve(onQuery: (received: Received) => Reply, everything?: boolean): Promise<FakeServer>;
  connect(url: string, more?: Partial<Connection & { readonly linkUrl: string }>): Backend;
  /** Discover, match, query. */
  ask(backend: Backend, query?: string): Promise<Answer>;
  /** The error of asking; fails when there is an answer. */
  failing(backend: Backend): Promise<BackendError>;
  /** The subject's good answer. */
  good(): { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  signal(): AbortSignal;
  /** Ends it with the test. */
  own(resource: AsyncDisposable): void;
}

export function createRig(subject: BackendSubject): Rig {
  const open: AsyncDisposable[] = [];
  const servers: FakeServer[] = [];

  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
    const requests = servers.splice(0).flatMap((server) => server.received);
    for (const one of requests)
      expect(await subject.violation?.(one), `${one.method} ${one.url} ${one.body}`).toBeUndefined();
  });

  async function serve(onQuery: (received: Received) => Reply, everything = false): Promise<FakeServer> {
    const server = await startFakeServer((received) =>
      everything || subject.isQuery(received) ? onQuery(received) : subject.discovery(received),
    );
    servers.push(server);
    open.push(server);
    return server;
  }

  function connect(url: string, more: Partial<Connection & { linkUrl: string }> = {}): Backend {
    const [backend] = createBackends(
      subject.settings({
        name: 'prod',
        url,
        auth: { kind: 'bearer', token: new Secret(SECRET, 'env PROD_TOKEN') },
        ...more,
      }),
      { now: () => NOW, decoder: createDecoder(), retryAfter: 1 },
    );
    if (!backend) throw new Error('no backend was made');
    open.push({ [Symbol.asyncDispose]: async () => await backend.close?.() });
    return backend;
  }

  const signal = () => AbortSignal.timeout(15_000);

  async function ask(backend: Backend, query = subject.query) {
    const discovery = await backend.discover(WINDOW, signal());
    return await backend.query({ matched: backend.match(query, discovery), window: WINDOW }, signal());
  }

  async function failing(backend: Backend): Promise<BackendError> {
    try {
      await ask(backend);
    } catch (error) {
      if (error instanceof BackendError) return error;
      throw error;
    }
    throw new Error('the question was answered');
  }

  const good = () => ({ headers: { 'content-type': 'application/json' }, body: subject.answers.good });

  return { subject, serve, connect, ask, failing, good, signal, own: (one) => void open.push(one) };
}
