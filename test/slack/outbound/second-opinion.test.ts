import { once } from 'node:events';
import { createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import { createRedactor } from '../../../src/safety/redactor.ts';
import { createSlackClients } from '../../../src/slack/outbound/clients.ts';
import type { Door, Looks } from '../../../src/slack/outbound/contract.ts';
import { createDoor } from '../../../src/slack/outbound/door.ts';
import { createLooks } from '../../../src/slack/outbound/looks.ts';
import { neededScopes } from '../../../src/slack/scopes.ts';
import { createTestClock } from '../../slack-kit/test-clock.ts';
import { SILENT, said } from './door-kit.ts';

const TOKEN = 'xoxb-second-opinion-of-the-door';
/** The manifest's, and one that this emulator alone wants for a topic. */
const SCOPES = [...neededScopes(), 'channels:manage'];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A Slack that somebody else wrote, strict about scopes: our own could agree with our own mistakes. */
describe('the door at another Slack', () => {
  let emulator: Emulator;
  let channel: string;
  let api: (method: string, args?: Record<string, string>) => Promise<Record<string, unknown>>;
  let open: (token: string) => { door: Door; looks: Looks };

  beforeAll(async () => {
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    emulator = await createEmulator({
      service: 'slack',
      port,
      baseUrl,
      seed: {
        slack: {
          team: { name: 'Acme', domain: 'acme' },
          users: [{ name: 'lea', real_name: 'Lea', email: 'lea@acme.example' }, { name: 'steady' }],
          channels: [{ name: 'checkout' }],
          tokens: [
            { token: TOKEN, user: 'steady', scopes: SCOPES, type: 'bot' },
            { token: `${TOKEN}-mute`, user: 'steady', scopes: ['channels:read'], type: 'bot' },
          ],
          strict_scopes: true,
        },
      },
    });
    api = async (method, args = {}) => {
      const answer = await fetch(`${baseUrl}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: new URLSearchParams(args),
      });
      return (await answer.json()) as Record<string, unknown>;
    };
    const { channels } = (await api('conversations.list')) as { channels: { id: string; name: string }[] };
    channel = channels.find((one) => one.name === 'checkout')?.id ?? '';
    open = (token) => {
      const apiUrl = `${baseUrl}/api/`;
      const clients = createSlackClients({ botToken: new Secret(token, 'a test'), apiUrl, logger: SILENT });
      const clock = createTestClock();
      const redactor = createRedactor({ secrets: [] });
      const limits = { channel: { most: 1_000, within: 1 } };
      return {
        door: createDoor({ client: clients.door, apiUrl, redactor, clock, limits }),
        looks: createLooks({ client: clients.bulk, clock }),
      };
    };
  }, 30_000);
  afterAll(() => emulator.close());

  it('posts, finds again, continues in the thread and uploads', async () => {
    const { door, looks } = open(TOKEN);
    const message = {
      ...said('the card'),
      more: [said('the rest')],
      files: [{ name: 'all.txt', title: 'All', text: 'everything' }],
    };
    const sent = await door.post({ channel }, message, { key: 'a-key-of-a-card-1' });
    expect(await looks.findByKey({ channel }, 'a-key-of-a-card-1', 0)).toEqual(sent);
    const { messages } = (await api('conversations.replies', { channel, ts: sent.ts })) as {
      messages: { text: string; files?: readonly { title: string }[] }[];
    };
    expect(messages.map((one) => one.text).slice(0, 2)).toEqual(['the card', 'the rest']);
    expect(messages.flatMap((one) => one.files ?? []).map((file) => file.title)).toEqual(['All']);
    await door.update(sent, said('the card, edited'));
    expect((await looks.message(sent))?.text).toBe('the card, edited');
  });

  it('marks, pins, bookmarks and names, twice without harm', async () => {
    const { door, looks } = open(TOKEN);
    const sent = await door.post({ channel }, said('another'));
    for (let again = 0; again < 2; again++) {
      await door.pin(sent);
      await door.react(sent, 'white_check_mark');
      await door.bookmark(channel, 'INC-1 dashboard', `https://a.example/${again}`);
      await door.setTopic(channel, `INC-1 ${'x'.repeat(300)}`);
    }
    const { bookmarks } = (await api('bookmarks.list', { channel_id: channel })) as {
      bookmarks: readonly { link: string }[];
    };
    expect(bookmarks.map((one) => one.link)).toEqual(['https://a.example/1']);
    expect((await looks.channel(channel))?.topic).toHaveLength(250);
    expect((await looks.message(sent))?.reactions[0]?.name).toBe('white_check_mark');
  });

  it('names the scope that is missing', async () => {
    await expect(open(`${TOKEN}-mute`).door.post({ channel }, said('x'))).rejects.toMatchObject({
      name: 'SlackRefusal',
      reason: 'missing_scope',
      needed: 'chat:write',
    });
  });
});
