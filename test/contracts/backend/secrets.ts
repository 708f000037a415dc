import { inspect } from 'node:util';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { Connection } from '../../../src/backends/connection.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Received } from '../../backends/fake-server.ts';
import { type Rig, SECRET } from './rig.ts';

export function secretsKeepTheContract({ subject, serve, connect, ask, good, signal }: Rig): void {
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
        subject.isQuery(received) ? { ...good(), status, body: echo(received) } : subject.discovery(received),
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
}
