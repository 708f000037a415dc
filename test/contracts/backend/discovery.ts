import { expect, test } from 'vitest';
import type { Discovery } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { ConfigError } from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { NOW, type Rig, WINDOW } from './rig.ts';

export function discoveryKeepsTheContract({ subject, serve, connect, good, signal }: Rig): void {
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
}
