import { once } from 'node:events';
import { createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import type { Json } from '../../slack-kit/types.ts';

/** One Slack of the two, seeded alike. */
interface Side {
  call(method: string, args?: Json, token?: string): Promise<Json>;
  readonly channel: string;
  readonly person: string;
  /** `ts` of a message that somebody else wrote. */
  readonly theirs: string;
}

const BOT = 'xoxb-second-opinion';
const OTHER = 'xoxp-second-opinion';
/** What the manifest asks for, and what this emulator alone wants for a topic. */
const SCOPES = [...DEFAULT_APP.scopes, 'channels:manage', 'groups:write'];

let kit: SlackKit;
let emulator: Emulator;
let ours: Side;
let second: Side;

function caller(url: string, bot: string): Side['call'] {
  return async (method, args = {}, token = bot) => {
    const fields = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const answer = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
    });
    return (await answer.json()) as Json;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  kit = await startSlackKit({ app: { ...DEFAULT_APP, scopes: SCOPES }, tokens: { bot: BOT } });
  ours = {
    call: caller(kit.workspace.apiUrl.replace(/\/api\/$/, ''), BOT),
    channel: 'C0CHECKOUT',
    person: kit.person('Lea').id,
    theirs: await kit.person('Lea').say('checkout', 'somebody else'),
  };
  const port = await freePort();
  emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: 'Acme', domain: 'acme' },
        users: [{ name: 'lea', real_name: 'Lea', email: 'lea@acme.example' }, { name: 'steady' }],
        channels: [{ name: 'checkout' }],
        tokens: [
          { token: BOT, user: 'steady', scopes: SCOPES, type: 'bot' },
          { token: OTHER, user: 'lea', scopes: [...SCOPES, 'users:read'], type: 'user' },
        ],
        strict_scopes: true,
      },
    },
  });
  const call = caller(`http://127.0.0.1:${port}`, BOT);
  const { channels } = await call('conversations.list');
  const { members } = await call('users.list');
  const id = (list: unknown, name: string) => String((list as Json[]).find((item) => item.name === name)?.id);
  const channel = id(channels, 'checkout');
  const theirs = await call('chat.postMessage', { channel, text: 'somebody else' }, OTHER);
  second = { call, channel, person: id(members, 'lea'), theirs: String(theirs.ts) };
}, 30_000);
afterAll(async () => {
  await emulator.close();
  await kit.stop();
});

/** What both must agree on. */
function verdict({ ok, error, needed }: Json): Json {
  return { ok, ...(ok === true ? {} : { error }), ...(needed === undefined ? {} : { needed }) };
}

type Probe = (side: Side) => Promise<Json>;
const post = async (side: Side): Promise<string> =>
  String((await side.call('chat.postMessage', { channel: side.channel, text: 'a' })).ts);
const on =
  (method: string, args: Json = {}): Probe =>
  (side) =>
    side.call(method, { channel: side.channel, ...args });
const twice =
  (method: string, args: Json = {}, before?: string): Probe =>
  async (side) => {
    const whole = { channel: side.channel, timestamp: await post(side), ...args };
    if (before !== undefined) await side.call(before, whole);
    await side.call(method, whole);
    return side.call(method, whole);
  };

it.each<[string, Probe]>([
  ['auth.test', (side) => side.call('auth.test')],
  ['a post', on('chat.postMessage', { text: 'a' })],
  ['an empty post', on('chat.postMessage', { text: '' })],
  ['a post to nowhere', on('chat.postMessage', { channel: 'C404404404', text: 'a' })],
  ['an update', async (side) => on('chat.update', { ts: await post(side), text: 'b' })(side)],
  ['an update of nothing', on('chat.update', { ts: '1.000001', text: 'b' })],
  ['an update of somebody else’s', (side) => on('chat.update', { ts: side.theirs, text: 'b' })(side)],
  ['a deletion', async (side) => on('chat.delete', { ts: await post(side) })(side)],
  ['a deletion of nothing', on('chat.delete', { ts: '1.000001' })],
  ['a permalink', async (side) => on('chat.getPermalink', { message_ts: await post(side) })(side)],
  ['a permalink of nothing', on('chat.getPermalink', { message_ts: '1.000001' })],
  ['a channel', on('conversations.info')],
  ['no channel', on('conversations.info', { channel: 'C404404404' })],
  ['history', on('conversations.history', { limit: 2 })],
  ['replies', async (side) => on('conversations.replies', { ts: await post(side) })(side)],
  ['members', on('conversations.members')],
  ['a topic at the limit', on('conversations.setTopic', { topic: 'x'.repeat(250) })],
  ['a topic beyond it', on('conversations.setTopic', { topic: 'x'.repeat(251) })],
  ['a direct message', (side) => side.call('conversations.open', { users: side.person })],
  ['a name that is taken', (side) => side.call('conversations.create', { name: 'checkout' })],
  ['a person', (side) => side.call('users.info', { user: side.person })],
  ['nobody', (side) => side.call('users.info', { user: 'U404404404' })],
  ['mail without the scope', (side) => side.call('users.lookupByEmail', { email: 'lea@acme.example' })],
  ['the team without the scope', (side) => side.call('team.info')],
  ['a second pin', twice('pins.add')],
  ['a second unpin', twice('pins.remove', {}, 'pins.add')],
  ['the pins', on('pins.list')],
  ['a second reaction', twice('reactions.add', { name: 'eyes' })],
  ['a second withdrawal', twice('reactions.remove', { name: 'eyes' }, 'reactions.add')],
  ['the reactions', async (side) => on('reactions.get', { timestamp: await post(side) })(side)],
  [
    'a bookmark',
    (side) =>
      side.call('bookmarks.add', {
        channel_id: side.channel,
        title: 'a',
        type: 'link',
        link: 'https://a.example',
      }),
  ],
  ['the bookmarks', (side) => side.call('bookmarks.list', { channel_id: side.channel })],
  [
    'a file',
    async (side) => {
      const url = await side.call('files.getUploadURLExternal', { filename: 'a.txt', length: '2' });
      await fetch(String(url.upload_url), { method: 'POST', body: 'hi' });
      return side.call('files.completeUploadExternal', {
        files: [{ id: url.file_id }],
        channel_id: side.channel,
      });
    },
  ],
  ['no file', (side) => side.call('files.info', { file: 'F404404404' })],
  [
    'a home tab',
    (side) => side.call('views.publish', { user_id: side.person, view: { type: 'home', blocks: [] } }),
  ],
  ['no view', (side) => side.call('views.update', { view_id: 'V404404404', view: modal })],
])('the emulator agrees on %s', async (_name, probe) => {
  expect(verdict(await probe(ours))).toEqual(verdict(await probe(second)));
});

const modal = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [{ type: 'divider' }] };
