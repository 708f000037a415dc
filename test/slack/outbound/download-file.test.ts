import { afterEach, expect, test } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import type { CallSlack } from '../../../src/slack/outbound/call-slack.ts';
import { downloadFile } from '../../../src/slack/outbound/download-file.ts';
import { readFileText } from '../../../src/slack/outbound/read-file-text.ts';
import { type FakeServer, startFakeServer } from '../../backends/fake-server.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const one of servers.splice(0)) await one[Symbol.asyncDispose]();
});

async function host(reply: Parameters<typeof startFakeServer>[0]): Promise<FakeServer> {
  const server = await startFakeServer(reply);
  servers.push(server);
  return server;
}

const options = (apiUrl: string, limit = 100) => ({
  token: new Secret('xoxb-made-up-token', 'env SLACK_BOT_TOKEN'),
  apiUrl,
  limit,
});

test('a file comes from Slack’s host alone, with the token, and never by a redirect', async () => {
  const slack = await host(() => ({ body: 'pod,restarts' }));
  const bytes = await downloadFile(options(`${slack.url}/api/`), `${slack.url}/files-pri/F1`);
  expect(new TextDecoder().decode(bytes)).toBe('pod,restarts');
  expect(slack.received[0]?.headers.authorization).toBe('Bearer xoxb-made-up-token');

  const elsewhere = await host(() => ({ body: 'x' }));
  for (const address of [
    `${elsewhere.url}/files-pri/F1`,
    'https://files.slack.com.evil.example/F1',
    'https://user:pass@files.slack.com/F1',
    'http://files.slack.com/F1',
    'file:///etc/passwd',
  ])
    await expect(downloadFile(options(`${slack.url}/api/`), address)).rejects.toMatchObject({
      reason: 'file_elsewhere',
    });
  const moved = await host(() => ({ status: 302, headers: { location: `${elsewhere.url}/login` } }));
  await expect(downloadFile(options(`${moved.url}/api/`), `${moved.url}/F1`)).rejects.toMatchObject({
    reason: 'file_not_readable',
  });
  expect(elsewhere.received).toEqual([]);
});

test('more than the limit is refused while it arrives', async () => {
  const slack = await host(() => ({ body: 'x'.repeat(101) }));
  await expect(downloadFile(options(`${slack.url}/api/`), `${slack.url}/F1`)).rejects.toMatchObject({
    reason: 'file_too_large',
  });
});

test('only what Slack holds, calls text and says to be short is read', async () => {
  const read = (file: object) =>
    readFileText('F1', {
      call: (async () => ({ file })) as unknown as CallSlack,
      download: async () => Buffer.from('hello'),
    });
  const whole = { name: 'a.txt', mimetype: 'text/plain', size: 5, url_private: 'https://files.slack.com/a' };
  expect(await read(whole)).toEqual({ name: 'a.txt', text: 'hello' });
  expect((await read({ ...whole, mimetype: 'application/json' })).text).toBe('hello');
  await expect(read({ ...whole, mimetype: 'image/png' })).rejects.toMatchObject({ reason: 'file_no_text' });
  await expect(read({ ...whole, size: 2_000_000 })).rejects.toMatchObject({ reason: 'file_too_large' });
  await expect(read({ ...whole, is_external: true })).rejects.toMatchObject({ reason: 'file_elsewhere' });
  await expect(read({ name: 'x' })).rejects.toMatchObject({ reason: 'file_elsewhere' });
});
