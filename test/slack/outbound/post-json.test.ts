import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { codeOf } from '../../../src/slack/outbound/call-slack.ts';
import { postJson } from '../../../src/slack/outbound/post-json.ts';

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

test('posts the words whole and gives back status and answer', async () => {
  const seen: unknown[] = [];
  await using at = await serve((asked, reply) => {
    let body = '';
    asked
      .on('data', (some) => {
        body += some;
      })
      .on('end', () => {
        seen.push(asked.method, asked.headers['content-type'], JSON.parse(body));
        reply.writeHead(418).end('nö');
      });
  });
  const answer = await postJson(at.address, JSON.stringify({ text: 'grün 🟢' }), 5_000);
  expect(answer).toEqual({ status: 418, said: 'nö' });
  expect(seen).toEqual(['POST', 'application/json; charset=utf-8', { text: 'grün 🟢' }]);
});

test('follows no redirect', async () => {
  await using at = await serve((_asked, reply) => {
    reply.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
  });
  expect(await postJson(at.address, '{}', 5_000)).toMatchObject({ status: 302 });
});

test('gives up after its time, on a broken answer and on an endless one, each with its word', async () => {
  await using silent = await serve(() => undefined);
  expect(codeOf(await postJson(silent.address, '{}', 20).catch((error: unknown) => error))).toBe('timeout');
  await using half = await serve((_asked, reply) => {
    reply.writeHead(200, { 'content-length': '10' }).write('ha');
    setImmediate(() => reply.destroy());
  });
  expect(codeOf(await postJson(half.address, '{}', 5_000).catch((error: unknown) => error))).toBe(
    'ECONNRESET',
  );
  await using endless = await serve((_asked, reply) => {
    reply.writeHead(200).end('x'.repeat(200_000));
  });
  await expect(postJson(endless.address, '{}', 5_000)).rejects.toThrow('too long');
});
