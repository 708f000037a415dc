import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/backends/connection.ts';
import { createHttpClient } from '../../src/backends/http-client.ts';
import type { HttpRequest } from '../../src/backends/http-exchange.ts';
import { Secret } from '../../src/domain/secret.ts';
import { type Received, type Reply, startFakeServer } from './fake-server.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function serve(reply: (received: Received) => Reply) {
  const server = await startFakeServer(reply);
  open.push(server);
  return server;
}

function connect(url: string, more: Partial<Connection> = {}) {
  const client = createHttpClient({ url, ...more }, { title: 'Fake prod', now: () => 0, retryAfter: 1 });
  open.push({ [Symbol.asyncDispose]: () => client.close() });
  return client;
}

const GET: HttpRequest = { method: 'GET', path: '/a' };
const signal = () => AbortSignal.timeout(10_000);
const text = async (asked: Promise<{ readonly body: { text(limit: number): string } }>) =>
  (await asked).body.text(1_000);

describe('what is sent', () => {
  test('headers of its own, which never replace a credential', async () => {
    const server = await serve(() => ({ body: 'ok' }));
    const auth = { kind: 'bearer', token: new Secret('tok-12345', 'env A') } as const;
    const headers = { 'x-scope-orgid': 'team', authorization: 'none' };
    const client = createHttpClient({ url: server.url, auth }, { title: 'Fake prod', now: () => 0, headers });
    open.push({ [Symbol.asyncDispose]: () => client.close() });
    await client.request(GET, signal());
    expect(server.received[0]?.headers).toMatchObject({
      'x-scope-orgid': 'team',
      authorization: 'Bearer tok-12345',
    });
  });

  test('the path prefix, percent-encoded pairs, a form, and a document', async () => {
    const server = await serve(() => ({ body: 'ok' }));
    const client = connect(`${server.url}/prefix/`);
    await client.request({ ...GET, query: [['q', 'a + b&c=d%']] }, signal());
    await client.request({ method: 'POST', path: '/b', form: [['q', 'a + b']] }, signal());
    const accept = 'application/json+metrics.v2';
    await client.request({ method: 'POST', path: '/c', json: { q: 'ä"' }, headers: { accept } }, signal());
    expect(server.received.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
      'GET /prefix/a?q=a%20%2B%20b%26c%3Dd%25 ',
      'POST /prefix/b q=a%20%2B%20b',
      'POST /prefix/c {"q":"ä\\""}',
    ]);
    expect(server.received.map(({ headers }) => headers['content-type'])).toEqual([
      undefined,
      'application/x-www-form-urlencoded',
      'application/json',
    ]);
    expect(server.received[2]?.headers.accept).toBe(accept);
    expect(client.address('/a', [['q', '+']])).toBe(`${server.url}/prefix/a?q=%2B`);
  });

  test('credentials of every kind, Cloudflare Access beside them', async () => {
    const server = await serve(() => ({ body: 'ok' }));
    const token = new Secret('12345678', 'env T');
    const cloudflareAccess = { clientId: 'id', clientSecret: new Secret('cf-secret', 'env C') };
    const sent = async (auth: NonNullable<Connection['auth']>) => {
      await connect(server.url, { auth, cloudflareAccess }).request(GET, signal());
      return server.received.at(-1)?.headers;
    };
    expect(await sent({ kind: 'bearer', token })).toMatchObject({
      authorization: 'Bearer 12345678',
      'cf-access-client-id': 'id',
      'cf-access-client-secret': 'cf-secret',
    });
    expect(await sent({ kind: 'basic', username: new Secret('me', 'env U'), password: token })).toMatchObject(
      {
        authorization: `Basic ${Buffer.from('me:12345678').toString('base64')}`,
      },
    );
    expect(await sent({ kind: 'header', name: 'X-Key', value: token })).toMatchObject({
      'x-key': '12345678',
    });
  });

  test('a token with a line break is refused by where it came from', () => {
    const token = new Secret('12345678\n', 'file /run/token');
    expect(() => connect('http://127.0.0.1:1', { auth: { kind: 'bearer', token } })).toThrowError(
      'The credential for Fake prod from file /run/token is not one line of plain text.',
    );
  });
});

describe('redirects', () => {
  test('to the same place are followed', async () => {
    const server = await serve(({ path }) =>
      path === '/a' ? { status: 302, headers: { location: '/c?x=1' } } : { body: `at ${path}` },
    );
    expect(await text(connect(server.url).request(GET, signal()))).toBe('at /c');
  });

  test.each(['https://login.example/', '//other.example/x', 'http://127.0.0.1:1/', 'file:///etc/passwd'])(
    'to %s are refused, and nothing is sent there',
    async (location) => {
      const server = await serve(() => ({ status: 302, headers: { location } }));
      await expect(connect(server.url).request(GET, signal())).rejects.toMatchObject({
        failure: 'unavailable',
        message: expect.stringMatching(/redirects to .*, which is refused/),
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test('in a circle end, and one that would drop a form is refused', async () => {
    const server = await serve(() => ({ status: 303, headers: { location: '/a' } }));
    await expect(connect(server.url).request(GET, signal())).rejects.toThrowError('in a circle');
    await expect(
      connect(server.url).request({ method: 'POST', path: '/a', form: [['q', '1']] }, signal()),
    ).rejects.toThrowError('drops the query');
  });
});

describe('one retry where it is safe', () => {
  const failingOnce = (first: Reply) => {
    let count = 0;
    return () => (count++ === 0 ? first : { body: 'second' });
  };
  const reset: Reply = (_response, request) => request.socket.destroy();

  test('GET, after a 503 or a broken connection', async () => {
    for (const first of [{ status: 503 }, reset]) {
      const server = await serve(failingOnce(first));
      expect(await text(connect(server.url).request(GET, signal()))).toBe('second');
      expect(server.received).toHaveLength(2);
    }
  });

  test('POST only where it is known to change nothing', async () => {
    const post: HttpRequest = { method: 'POST', path: '/a', form: [] };
    const server = await serve(failingOnce(reset));
    await expect(connect(server.url).request(post, signal())).rejects.toMatchObject({
      failure: 'unavailable',
    });
    expect(server.received).toHaveLength(1);
    const other = await serve(failingOnce(reset));
    expect(await text(connect(other.url).request({ ...post, readOnly: true }, signal()))).toBe('second');
  });

  test('not twice, not for other statuses, not when the caller knows better', async () => {
    const server = await serve(() => ({ status: 503 }));
    const client = connect(server.url);
    expect((await client.request(GET, signal())).status).toBe(503);
    expect(server.received).toHaveLength(2);
    expect((await client.request({ ...GET, worthRetrying: () => false }, signal())).status).toBe(503);
    expect(server.received).toHaveLength(3);
    server.answer(() => ({ status: 500 }));
    expect((await client.request(GET, signal())).status).toBe(500);
    expect(server.received).toHaveLength(4);
  });
});

describe('limits', () => {
  test('the deadline covers waiting for a turn, and a question withdrawn gives its turn back', async () => {
    const arrived = Promise.withResolvers<void>();
    const server = await serve(() => () => arrived.resolve());
    const client = connect(server.url, { concurrency: 1 });
    const stop = new AbortController();
    const first = client.request(GET, stop.signal);
    first.catch(() => undefined);
    await arrived.promise;
    await expect(client.request({ ...GET, timeout: 30 }, signal())).rejects.toMatchObject({
      failure: 'timeout',
      message: 'Fake prod was too busy with earlier questions to be asked within 30 ms.',
    });
    expect(server.received).toHaveLength(1);
    stop.abort();
    await expect(first).rejects.toMatchObject({ message: expect.stringContaining('withdrawn') });
    server.answer(() => ({ body: 'free again' }));
    expect(await text(client.request(GET, signal()))).toBe('free again');
  });

  test('closing ends what is under way and what waits', async () => {
    const arrived = Promise.withResolvers<void>();
    const server = await serve(() => () => arrived.resolve());
    const client = connect(server.url, { concurrency: 1 });
    const asked = [client.request(GET, signal()), client.request(GET, signal())];
    const ended = Promise.allSettled(asked);
    await arrived.promise;
    await client.close();
    for (const one of await ended)
      expect(one).toMatchObject({ reason: { name: 'BackendError', failure: 'unavailable' } });
  });

  test('a server that accepts and says nothing is a timeout in its handshake', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const client = connect(`https://127.0.0.1:${address.port}`, { timeout: 150 });
    await expect(client.request(GET, signal())).rejects.toMatchObject({ failure: 'timeout' });
    await client.close();
    mute.close();
  });

  test('no more requests under way than allowed', async () => {
    const held: (() => void)[] = [];
    const two = Promise.withResolvers<void>();
    const server = await serve(({ path }) =>
      path === '/other'
        ? { body: 'ok' }
        : (response) => {
            held.push(() => response.end('ok'));
            if (held.length === 2) two.resolve();
          },
    );
    const client = connect(server.url, { concurrency: 2 });
    const all = Promise.all(Array.from({ length: 4 }, () => client.request(GET, signal())));
    await two.promise;
    // A third one sent at the same time would have arrived before this answer.
    await connect(server.url).request({ method: 'GET', path: '/other' }, signal());
    expect(held).toHaveLength(2);
    server.answer(() => ({ body: 'ok' }));
    for (const release of held) release();
    expect((await all).map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  });

  test('an announced size over the limit is refused without receiving it', async () => {
    let written = 0;
    const server = await serve(() => (response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.on('error', () => undefined);
      response.write('x'.repeat(1_000));
      written += 1_000;
    });
    await expect(connect(server.url, { maxBytes: 10_000 }).request(GET, signal())).rejects.toMatchObject({
      failure: 'too-large',
    });
    expect(written).toBe(1_000);
  });

  test('an unasked compression is refused rather than read as garbage', async () => {
    const server = await serve(() => ({ headers: { 'content-encoding': 'gzip' }, body: 'x' }));
    await expect(connect(server.url).request(GET, signal())).rejects.toThrowError('compresses');
    expect(server.received[0]?.headers['accept-encoding']).toBe('identity');
  });
});

test('quoted text loses controls, direction marks, secrets and length', async () => {
  const client = connect('http://127.0.0.1:1', {
    auth: { kind: 'bearer', token: new Secret('tok/en+12', 'env T') },
  });
  expect(client.quote('a\u0000\u001b[1m\n\nb\u202e\u200bc \t d')).toBe('a [1m bc d');
  expect(client.quote('sent tok/en+12, tok%2Fen%2B12')).toBe('sent [secret], [secret]');
  expect(client.quote('é'.repeat(1_000))).toBe(`${'é'.repeat(300)}…`);
});
