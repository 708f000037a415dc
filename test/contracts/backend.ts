import { inspect } from 'node:util';
import { inflateSync } from 'node:zlib';
import pino from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { Backend, Discovery } from '../../src/backends/backend.ts';
import type { Connection } from '../../src/backends/connection.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { type BackendSettings, createBackends } from '../../src/backends/registry.ts';
import { BackendError, ConfigError, type Failure } from '../../src/domain/errors.ts';
import { isEmpty } from '../../src/domain/evidence.ts';
import { Secret } from '../../src/domain/secret.ts';
import { MINUTE, SECOND, type Window } from '../../src/domain/time.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../backends/fake-server.ts';

/** What the suite must know of a backend to play its server. */
export interface BackendSubject {
  readonly tool: string;
  settings(deployment: Connection & { readonly name: string; readonly linkUrl?: string }): BackendSettings;
  /** True for the requests that run a query; all others belong to discovery and probing. */
  isQuery(received: Received): boolean;
  /** What a healthy server answers to those others. */
  discovery(received: Received): Reply;
  /** A legal query whose names `discovery` knows, and one with a name that it lacks, beside the nearest that it has. */
  readonly query: string;
  readonly unknown: { readonly query: string; readonly nearest: string };
  /** Bodies of whole answers with status 200. `hostile` holds this text wherever a server chooses text. */
  readonly answers: {
    readonly good: string;
    readonly empty: string;
    readonly partial: string;
    readonly huge: (bytes: number) => string;
    hostile(text: string): string;
  };
  /** The documented error body, and the status and position of a query that does not parse. */
  error(text: string): string;
  readonly badQuery: {
    readonly status: number;
    readonly body: string;
    readonly line: number;
    readonly column: number;
  };
  parseLink(link: string): { readonly query: string; readonly window: Window } | undefined;
  /** Says what the official specification has against a request; undefined where nothing or no specification is at hand. */
  violation?(received: Received): Promise<string | undefined>;
}

const NOW = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: NOW - 30 * MINUTE, to: NOW };
const SECRET = 'tok-en/Wert+7f3a9c51';
const HOSTILE = '<!channel> <@U1> *b* `x` [31m‮evil​ <script>alert(1)</script> =cmd()  "}]';

/** The suite that every backend passes. */
export function backendContract(name: string, subject: BackendSubject): void {
  describe(`${name} keeps the backend contract`, () => {
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

    test('is off when nothing is configured', () => {
      expect(createBackends({}, { now: () => NOW, decoder: createDecoder() })).toEqual([]);
    });

    test('says all that is missing when it is half set', () => {
      const half = subject.settings({
        name: 'prod',
        url: '',
        linkUrl: 'ftp://x',
        auth: { kind: 'basic', username: 'me', password: new Secret('', 'env PASSWORD') },
      });
      try {
        createBackends(half, { now: () => NOW, decoder: createDecoder() });
        expect.unreachable();
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        expect(error.problems).toEqual([
          `[${subject.tool}.deployments.prod]: \`url\` is missing`,
          `[${subject.tool}.deployments.prod]: \`link_url\` is no http or https address`,
          `[${subject.tool}.deployments.prod]: \`username\` is set without \`password\``,
        ]);
      }
    });

    test('discovers, and names what it could not read', async () => {
      const server = await serve(good);
      const backend = connect(server.url);
      const found = await backend.discover(WINDOW, signal());
      expect(found.missing).toEqual([]);
      expect(found.lists.every((list) => list.names.length > 0)).toBe(true);
      expect(found.at).toBe(NOW);

      server.answer(() => ({ status: 500, body: 'no' }));
      const broken = await backend.discover(WINDOW, signal());
      expect(broken.lists).toEqual([]);
      expect(broken.missing.map((part) => part.kind)).toEqual(found.lists.map((list) => list.kind));
      expect(broken.missing[0]?.why).toContain('500');
    });

    test('discovers only what is asked for again, within its limit', async () => {
      const server = await serve(good);
      const backend = connect(server.url);
      const [first] = (await backend.discover(WINDOW, signal())).lists;
      const kind = first?.kind ?? '';
      expect((await backend.discover(WINDOW, signal(), { only: [kind] })).lists).toEqual([first]);

      server.answer(() => () => undefined);
      const late = await backend.discover(WINDOW, signal(), { only: [kind], timeout: 50 });
      expect(late.lists).toEqual([]);
      expect(late.missing.map((part) => part.kind)).toEqual([kind]);
    });

    test('refuses unknown names with the nearest real ones, before anything is sent', async () => {
      const server = await serve(good);
      const backend = connect(server.url);
      const discovery = await backend.discover(WINDOW, signal());
      expect(() => backend.match(subject.unknown.query, discovery)).toThrowError(
        expect.objectContaining({
          failure: 'unknown-source',
          details: expect.objectContaining({
            nearest: expect.arrayContaining([subject.unknown.nearest]),
            nextStep: expect.stringContaining('discover'),
          }),
        }),
      );
      expect(server.received.filter(subject.isQuery)).toEqual([]);
      expect(backend.match(subject.query, discovery).unchecked).toBeUndefined();
    });

    test('says that names are unavailable when they could not be discovered', async () => {
      const backend = connect((await serve(() => ({ status: 503, body: '' }), true)).url);
      const discovery: Discovery = await backend.discover(WINDOW, signal());
      expect(() => backend.match(subject.query, discovery)).toThrowError(
        expect.objectContaining({
          failure: 'unavailable',
          message: expect.stringContaining('discovered again'),
        }),
      );
    });

    test('what cannot be parsed is not refused but said to be unchecked', async () => {
      const backend = connect((await serve(good)).url);
      const discovery = await backend.discover(WINDOW, signal());
      expect(backend.match(')(', discovery).unchecked).toBeTruthy();
    });

    test('answers with evidence that reproduces query and window', async () => {
      const backend = connect((await serve(good)).url, {
        linkUrl: 'https://someone:pass@telemetry.example/x/?token=1',
      });
      const answer = await ask(backend);
      expect(answer).toMatchObject({
        tool: subject.tool,
        deployment: 'prod',
        source: backend.title,
        query: subject.query,
        window: WINDOW,
        askedAt: NOW,
        completeness: { kind: 'complete' },
        warnings: [],
      });
      expect(isEmpty(answer.result)).toBe(false);
      expect(answer.cost.bytes).toBe(Buffer.byteLength(subject.answers.good));
      expect(inflateSync(answer.snapshot).toString()).toBe(subject.answers.good);

      if (answer.reproduction.kind !== 'permalink') throw new Error('no permalink');
      const { url } = answer.reproduction;
      expect(url).toMatch(/^https:\/\/telemetry\.example\/x\//);
      expect(url).not.toMatch(/someone|pass|token/);
      expect(subject.parseLink(url)).toMatchObject({ query: subject.query, window: WINDOW });
    });

    test('nothing found is an answer', async () => {
      const backend = connect((await serve(() => ({ ...good(), body: subject.answers.empty }))).url);
      const answer = await ask(backend);
      expect(isEmpty(answer.result)).toBe(true);
      expect(answer.completeness).toEqual({ kind: 'complete' });
    });

    test('a partial answer says so, with the warnings', async () => {
      const backend = connect((await serve(() => ({ ...good(), body: subject.answers.partial }))).url);
      const answer = await ask(backend);
      expect(answer.completeness.kind).toBe('partial');
      expect(answer.warnings.length).toBeGreaterThan(0);
    });

    const statuses: readonly [number, Failure][] = [
      [401, 'unauthorized'],
      [403, 'unauthorized'],
      [404, 'unavailable'],
      [429, 'rate-limited'],
      [500, 'unavailable'],
      [502, 'unavailable'],
      [503, 'unavailable'],
      [504, 'timeout'],
    ];
    test.each(statuses)('status %i is %s, with a next step', async (status, failure) => {
      const backend = connect((await serve(() => ({ status, body: '<html>whatever</html>' }))).url);
      const error = await failing(backend);
      expect(error.failure).toBe(failure);
      expect(error.message).toContain(String(status));
      expect(error.message).not.toContain('whatever');
      expect(error.details).toMatchObject({ asked: backend.title, nextStep: expect.stringMatching(/\w+/) });
    });

    test('missing access comes with the command to run by hand, which names the variable', async () => {
      const server = await serve(() => ({ status: 401, body: '' }));
      const { command } = (await failing(connect(server.url))).details;
      expect(command).toContain('curl');
      expect(command).toContain(server.url);
      expect(command).toContain('$PROD_TOKEN');
    });

    test('a rate limit says when it is lifted', async () => {
      const backend = connect(
        (await serve(() => ({ status: 429, headers: { 'retry-after': '17' }, body: '' }))).url,
      );
      expect((await failing(backend)).details.retryAt).toBe(NOW + 17 * SECOND);
    });

    test('a bad query is told with its place', async () => {
      const { status, body, line, column } = subject.badQuery;
      const backend = connect((await serve(() => ({ ...good(), status, body }))).url);
      const error = await failing(backend);
      expect(error.failure).toBe('bad-query');
      expect(error.details.position).toEqual({ line, column });
    });

    test('no headers, and a body that stalls, are timeouts', async () => {
      const server = await serve(() => () => undefined);
      const patient = connect(server.url);
      const hurried = connect(server.url, { timeout: 150 });
      const matched = patient.match(subject.query, await patient.discover(WINDOW, signal()));
      const late = { failure: 'timeout', details: { nextStep: expect.stringMatching(/\w+/) } };
      await expect(hurried.query({ matched, window: WINDOW }, signal())).rejects.toMatchObject(late);
      server.answer((received) =>
        subject.isQuery(received)
          ? (response) => {
              response.writeHead(200, { 'content-type': 'application/json' });
              response.write(subject.answers.good.slice(0, 10));
            }
          : subject.discovery(received),
      );
      await expect(hurried.query({ matched, window: WINDOW }, signal())).rejects.toMatchObject(late);
    });

    test('half an answer is never shown', async () => {
      const half = subject.answers.good.slice(0, -20);
      const server = await serve(() => (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(half, () => response.destroy());
      });
      const backend = connect(server.url);
      expect(await failing(backend)).toMatchObject({
        failure: 'unavailable',
        message: expect.stringContaining('broke off'),
      });
      server.answer((received) =>
        subject.isQuery(received) ? { ...good(), body: half } : subject.discovery(received),
      );
      expect(await failing(backend)).toMatchObject({
        failure: 'unavailable',
        message: expect.stringContaining('cut off'),
      });
    });

    test('a page instead of an answer points at the address', async () => {
      const page = {
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Sign in</title>',
      };
      const error = await failing(connect((await serve(() => page)).url));
      expect(error.failure).toBe('unavailable');
      expect(error.details.nextStep).toContain('`url`');
      expect(error.message).not.toContain('Sign in');
    });

    test('an answer over the limit is refused, announced or not', async () => {
      const body = subject.answers.huge(300_000);
      const server = await serve(() => ({ ...good(), body }));
      const backend = connect(server.url, { maxBytes: 200_000 });
      expect((await failing(backend)).failure).toBe('too-large');
      server.answer((received) =>
        subject.isQuery(received)
          ? (response) => {
              response.writeHead(200, { 'content-type': 'application/json' });
              response.on('error', () => undefined);
              response.write(body.slice(0, 150_000));
              response.end(body.slice(150_000));
            }
          : subject.discovery(received),
      );
      expect((await failing(backend)).failure).toBe('too-large');
    });

    test('a large answer is the same as a small one, read in another thread', async () => {
      const body = subject.answers.huge(2_000_000);
      const server = await serve(() => ({ ...good(), body }));
      const here = connect(server.url);
      const answer = await ask(here);
      expect(answer.cost.bytes).toBe(Buffer.byteLength(body));
      expect(inflateSync(answer.snapshot).length).toBe(1_000_000);

      const [alone] = createBackends(subject.settings({ name: 'prod', url: server.url }), {
        now: () => NOW,
        decoder: createDecoder({ inline: 10_000_000 }),
      });
      if (!alone) throw new Error('no backend was made');
      open.push({ [Symbol.asyncDispose]: async () => await alone.close?.() });
      expect((await ask(alone)).result).toEqual(answer.result);
    });

    test('hostile text comes through as data and never as an error or a hang', async () => {
      const backend = connect(
        (await serve(() => ({ ...good(), body: subject.answers.hostile(HOSTILE) }))).url,
      );
      const answer = await ask(backend);
      expect(JSON.stringify(answer.result)).toContain('<!channel>');
      expect(JSON.stringify(answer.warnings)).not.toMatch(/[‮​]|\\u001b/);
      const refused = await failing(
        connect(
          (await serve(() => ({ ...good(), status: 400, body: subject.error(HOSTILE.repeat(500)) }))).url,
        ),
      );
      expect(refused.message.length).toBeLessThan(400);
      expect(refused.message).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
    });

    test('a question that is withdrawn stops', async () => {
      const backend = connect((await serve(() => () => undefined)).url);
      const discovery = await backend.discover(WINDOW, signal());
      const stop = new AbortController();
      const asked = backend.query(
        { matched: backend.match(subject.query, discovery), window: WINDOW },
        stop.signal,
      );
      stop.abort();
      await expect(asked).rejects.toThrowError(BackendError);
    });

    test('the probe says what answers, and fails like a question', async () => {
      const server = await serve(good);
      const backend = connect(server.url);
      expect(await backend.probe(signal())).toMatch(/\S+ \d/);
      server.answer(() => ({ status: 401, body: '' }));
      await expect(backend.probe(signal())).rejects.toMatchObject({ failure: 'unauthorized' });
    });

    const auths: readonly NonNullable<Connection['auth']>[] = [
      { kind: 'bearer', token: new Secret(SECRET, 'env PROD_TOKEN') },
      { kind: 'basic', username: 'steady', password: new Secret(SECRET, 'env PROD_TOKEN') },
      { kind: 'header', name: 'X-Api-Key', value: new Secret(SECRET, 'env PROD_TOKEN') },
    ];
    test.each(auths)('its $kind secret never leaks, not even when the server sends it back', async (auth) => {
      const shown: string[] = [];
      const record = (error: unknown) => {
        const lines: string[] = [];
        const log = pino({ base: null }, { write: (line: string) => lines.push(line) });
        log.error({ err: error, error, backend });
        shown.push(
          String(error),
          inspect(error, { depth: 20, showHidden: true }),
          ...lines,
          JSON.stringify(error),
        );
        if (error instanceof Error) shown.push(error.stack ?? '', JSON.stringify({ ...error }));
      };
      const echo = (received: Received) =>
        subject.error(`you sent ${JSON.stringify(received.headers)} ${SECRET} ${encodeURIComponent(SECRET)}`);
      const server = await serve((received) => ({ ...good(), status: 401, body: echo(received) }), true);
      const backend = connect(server.url, {
        auth,
        cloudflareAccess: { clientId: 'id.access', clientSecret: new Secret(SECRET, 'env PROD_TOKEN') },
      });
      shown.push(inspect(backend, { depth: 20, showHidden: true }), JSON.stringify(backend));
      for (const status of [400, 401, 403, 404, 422, 429, 500, 503]) {
        server.answer((received) => ({ ...good(), status, body: echo(received) }));
        await backend.probe(signal()).then(() => expect.unreachable(), record);
        server.answer((received) =>
          subject.isQuery(received)
            ? { ...good(), status, body: echo(received) }
            : subject.discovery(received),
        );
        await ask(backend).then(() => expect.unreachable(), record);
      }
      server.answer((received) =>
        subject.isQuery(received)
          ? { status: 302, headers: { location: `https://other.example/?t=${SECRET}` } }
          : subject.discovery(received),
      );
      await ask(backend).then(() => expect.unreachable(), record);
      server.answer((received) => (subject.isQuery(received) ? good() : subject.discovery(received)));
      const answer = await ask(backend);
      shown.push(JSON.stringify(answer.reproduction), inspect(answer.reproduction));

      const sent = server.received[0]?.headers ?? {};
      const encoded = Buffer.from(`steady:${SECRET}`).toString('base64');
      expect(JSON.stringify(sent)).toContain(auth.kind === 'basic' ? encoded : SECRET);
      expect(sent['cf-access-client-secret']).toBe(SECRET);
      for (const text of shown)
        for (const form of [
          SECRET,
          encodeURIComponent(SECRET),
          Buffer.from(SECRET).toString('base64'),
          encoded,
        ])
          expect(text).not.toContain(form);
    });

    test('a server that is not there is unavailable', async () => {
      const server = await startFakeServer(() => ({}));
      const backend = connect(server.url);
      await server[Symbol.asyncDispose]();
      await expect(backend.probe(signal())).rejects.toMatchObject({
        failure: 'unavailable',
        message: expect.stringContaining('nothing listens there'),
      });
    });
  });
}
