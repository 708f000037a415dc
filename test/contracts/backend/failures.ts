import { expect, test } from 'vitest';
import { BackendError, type Failure } from '../../../src/domain/errors.ts';
import { SECOND } from '../../../src/domain/time.ts';
import { startFakeServer } from '../../backends/fake-server.ts';
import { NOW, type Rig, WINDOW } from './rig.ts';

export function failuresKeepTheContract({ subject, serve, connect, failing, signal, good }: Rig): void {
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

  test('a server that is not there is unavailable', async () => {
    const server = await startFakeServer(() => ({}));
    const backend = connect(server.url);
    await server[Symbol.asyncDispose]();
    await expect(backend.probe(signal())).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining('nothing listens there'),
    });
  });
}
