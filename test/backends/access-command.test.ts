import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Body } from '../../src/backends/body.ts';
import type { Connection } from '../../src/backends/connection.ts';
import { handCommand } from '../../src/backends/hand-command.ts';
import { createHttpClient, type HttpClient } from '../../src/backends/http-client.ts';
import { headersOfBody, statusOfBody } from '../../src/backends/status-of-body.ts';
import { Secret } from '../../src/domain/secret.ts';
import { CURL_LIKE } from './curl-like.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from './fake-server.ts';

let folder: string;
let program: string;
const open: AsyncDisposable[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steady-access-'));
  program = await script('ask', CURL_LIKE);
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

async function serve(reply: (received: Received) => Reply): Promise<FakeServer> {
  const server = await startFakeServer(reply);
  open.push(server);
  return server;
}

const connection = (url: string, argv: readonly string[], more: Partial<Connection> = {}): Connection => ({
  url,
  accessCommand: { argv, environment: { PATH: '/usr/bin:/bin', HOME: folder } },
  ...more,
});

function connect(
  url: string,
  argv: readonly string[] = [program],
  more: Partial<Connection> = {},
): HttpClient {
  const client = createHttpClient(connection(url, argv, more), {
    title: 'Fake prod',
    now: () => 0,
    headers: { 'x-grafana-org-id': '3' },
    retryAfter: 1,
  });
  open.push({ [Symbol.asyncDispose]: () => client.close() });
  return client;
}

const signal = () => AbortSignal.timeout(20_000);
const seen = async () => JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8'));

/** Whether a process is there and no zombie. */
function lives(pid: number): boolean {
  try {
    return !execFileSync('cat', [`/proc/${pid}/stat`], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .includes(') Z ');
  } catch {
    return false;
  }
}

describe('what is asked', () => {
  test('a GET: the address, -s and the headers that hold no secret', async () => {
    const server = await serve(() => ({ body: { ok: true } }));
    const query = [['q', 'a b&{c}[d]']] as const;
    const answer = await connect(`${server.url}/grafana/`, [program, '--flag']).request(
      { method: 'GET', path: '/api/x', query },
      signal(),
    );
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body.text(100)).toBe('{"ok":true}');
    expect((await seen()).argv).toEqual([
      '--flag',
      `${server.url}/grafana/api/x?q=a%20b%26%7Bc%7D%5Bd%5D`,
      '-s',
      '-H',
      'x-grafana-org-id: 3',
    ]);
    expect(server.received[0]?.params.get('q')).toBe('a b&{c}[d]');
    expect(server.received[0]?.headers).toMatchObject({ cookie: 'signed-in', 'x-grafana-org-id': '3' });
  });

  test('a POST: its body by standard input', async () => {
    const server = await serve(() => ({ body: {} }));
    const json = { q: 'sum(rate(x[5m]))\n' };
    await connect(server.url).request(
      { method: 'POST', path: '/api/ds/query', json, readOnly: true },
      signal(),
    );
    expect(server.received[0]).toMatchObject({ method: 'POST', body: JSON.stringify(json) });
    expect(server.received[0]?.headers['content-type']).toBe('application/json');
    const { argv } = await seen();
    expect(argv.slice(1, 4)).toEqual(['-s', '-X', 'POST']);
    expect(argv.slice(-2)).toEqual(['-d', '@-']);
    expect(argv.join(' ')).not.toContain('rate');
  });

  test('nothing secret is given to it, neither as argument nor in its environment', async () => {
    const server = await serve(() => ({ body: {} }));
    const secret = new Secret('tok-7f3a9c51', 'env T');
    await connect(server.url, [program], {
      auth: { kind: 'bearer', token: secret },
      cloudflareAccess: { clientId: 'id.access', clientSecret: secret },
    }).request({ method: 'GET', path: '/a' }, signal());
    expect(await readFile(join(folder, 'seen.json'), 'utf8')).not.toMatch(/tok-7f3a9c51|id\.access/);
    expect(
      Object.keys((await seen()).env)
        .filter((name) => name !== '__CF_USER_TEXT_ENCODING')
        .sort(),
    ).toEqual(['HOME', 'PATH']);
  });

  test('no shell reads its arguments', async () => {
    const server = await serve(() => ({ body: {} }));
    const marks = `$(touch ${folder}/broken);\`id\``;
    await connect(server.url, [program, marks]).request({ method: 'GET', path: '/a' }, signal());
    expect((await seen()).argv[0]).toBe(marks);
    await expect(readFile(join(folder, 'broken'))).rejects.toThrow();
  });

  test('by hand it is the same command', () => {
    const asked = connection('https://g.example', ['cloudflared', 'access', 'curl', "it's"], {
      auth: { kind: 'bearer', token: new Secret('tok-7f3a9c51', 'env T') },
    });
    expect(handCommand(asked, 'https://g.example/api/x', [['q', 'a b']], { 'x-org': '1' })).toBe(
      `cloudflared access curl 'it'\\''s' 'https://g.example/api/x?q=a%20b' -s -H 'x-org: 1'`,
    );
  });
});

describe('what may go wrong', () => {
  test('a command that fails is tried once more, and told with what to do', async () => {
    const failing = await script('fail', `#!/bin/sh\necho x >> ${folder}/tries\necho secret >&2\nexit 7\n`);
    await expect(
      connect('http://127.0.0.1:1', [failing]).request({ method: 'GET', path: '/a' }, signal()),
    ).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'The access_command of Fake prod ended with code 7.',
      details: { nextStep: expect.stringContaining('by hand') },
    });
    expect(await readFile(join(folder, 'tries'), 'utf8')).toBe('x\nx\n');
  });

  test('a command that is not there', async () => {
    await expect(
      connect('http://127.0.0.1:1', ['/no/such/program']).request({ method: 'GET', path: '/a' }, signal()),
    ).rejects.toThrowError('The access_command of Fake prod could not be started (ENOENT).');
  });

  test('one that hangs is killed with everything that it started', async () => {
    const hanging = await script('hang', `#!/bin/sh\nsleep 60 &\necho $! > ${folder}/pid\nwait\n`);
    const client = connect('http://127.0.0.1:1', [hanging], { timeout: 400 });
    await expect(client.request({ method: 'GET', path: '/a' }, signal())).rejects.toMatchObject({
      failure: 'timeout',
      message: 'Fake prod did not answer within 400 ms.',
    });
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await expect.poll(() => lives(pid), { timeout: 5_000 }).toBe(false);
  });

  test('one that leaves something running behind it still ends', async () => {
    const leaving = await script('leave', `#!/bin/sh\nsleep 60 &\necho $! > ${folder}/pid\necho '{"a":1}'\n`);
    const answer = await connect('http://127.0.0.1:1', [leaving]).request(
      { method: 'GET', path: '/a' },
      signal(),
    );
    expect(answer.body.text(20).trim()).toBe('{"a":1}');
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await expect.poll(() => lives(pid), { timeout: 5_000 }).toBe(false);
  });

  test('one that prints without end is stopped at the limit', async () => {
    const endless = await script('endless', '#!/bin/sh\nexec cat /dev/zero\n');
    await expect(
      connect('http://127.0.0.1:1', [endless], { maxBytes: 1_000_000 }).request(
        { method: 'GET', path: '/a' },
        signal(),
      ),
    ).rejects.toMatchObject({ failure: 'too-large', message: 'Fake prod answers with more than 1 MB.' });
  });
});

describe('the status, told from the body alone', () => {
  const bodyOf = (text: string) => {
    const body = new Body();
    body.append(Buffer.from(text));
    return body;
  };

  test.each([
    ['{"status":"success","data":{"result":[]}}', 200],
    ['[{"uid":"a","message":"not found"}]', 200],
    ['{"results":{"A":{"status":400,"error":"x"}},"message":"x"}', 200],
    ['', 200],
    ['{"message":"Unauthorized"}', 401],
    ['{"message":"invalid API key","messageId":"api-key.invalid","statusCode":401,"traceID":""}', 401],
    [
      '{"accessErrorId":"ACE1","message":"You\'ll need additional permissions to perform this action. Permissions needed: datasources:read","title":"Access denied"}',
      403,
    ],
    ['{"message":"Data source not found","traceID":""}', 404],
    ['{"message":"Failed to query data"}', 500],
    ['{"status":"error","errorType":"bad_data","error":"1:1: parse error"}', 400],
    ['{"status":"error","errorType":"execution","error":"x"}', 422],
    ['{"status":"error","errorType":"timeout","error":"x"}', 503],
    ['{"code":"invalid_argument","message":"no such profile type"}', 400],
    ['{"code":"unauthenticated","message":"no org id"}', 401],
    ['{"code":"resource_exhausted","message":"slow down"}', 429],
    ['parse error at line 1, col 17: syntax error: unexpected IDENTIFIER', 400],
    ['404 page not found\n', 404],
    ['502 Bad Gateway', 502],
  ])('%s is %i', (text, status) => {
    expect(statusOfBody(bodyOf(text))).toBe(status);
  });

  test('a page is told as one', () => {
    expect(headersOfBody(bodyOf('\n<!doctype html>'))).toEqual({ 'content-type': 'text/html' });
    expect(headersOfBody(bodyOf('Please sign in at …'))).toEqual({ 'content-type': 'text/plain' });
    expect(headersOfBody(bodyOf(' {"a":1}'))).toEqual({});
  });
});
