import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import type { StartOptions } from '../../../src/sandbox/slack/workspace.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

const CHECKOUT = 'C0CHECKOUT';
const GENERAL = 'C0GENERAL1';
const PRIVATE = 'C0PAYMENTS';
const LEA = 'U0LEA00001';
const BOT = 'U0STEADY01';

/** More than Steady asks for. */
const WIDE = {
  ...DEFAULT_APP,
  scopes: [
    ...DEFAULT_APP.scopes,
    'canvases:write',
    'channels:join',
    'channels:manage',
    'chat:write.public',
    'team:read',
    'users:read.email',
  ],
};

let kit: SlackKit;
let web: WebClient;

function client(token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: kit.workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error() {},
      setLevel() {},
      getLevel: () => LogLevel.ERROR,
      setName() {},
    },
  });
}

async function start(options: Partial<StartOptions> = {}): Promise<void> {
  await kit?.stop();
  kit = await startSlackKit({ app: WIDE, ...options });
  web = client(kit.workspace.tokens.bot);
}

beforeEach(() => start());
afterEach(() => kit.stop());

/** Slack's error name for a call, or `ok`. */
async function errorOf(method: string, args: Record<string, unknown> = {}, by = web): Promise<string> {
  try {
    await by.apiCall(method, args);
    return 'ok';
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data;
    return data?.error ?? String((error as { code?: string }).code);
  }
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const divider = { type: 'divider' };
const modal = (extra: object = {}) => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'T' },
  blocks: [divider],
  ...extra,
});

describe('tokens and scopes', () => {
  it('knows its tokens', async () => {
    expect(await web.auth.test()).toMatchObject({
      user_id: BOT,
      bot_id: 'B0STEADY01',
      team_id: 'T0ACME0001',
    });
    expect(await errorOf('auth.test', {}, client('xoxb-other'))).toBe('invalid_auth');
    expect(await errorOf('chat.postMessage', {}, client(kit.workspace.tokens.app))).toBe(
      'not_allowed_token_type',
    );
    expect(await errorOf('apps.connections.open', {}, client(kit.workspace.tokens.bot))).toBe(
      'not_allowed_token_type',
    );
    const bare = await fetch(`${kit.workspace.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    kit.workspace.revoke('bot');
    expect(await errorOf('auth.test')).toBe('token_revoked');
    kit.workspace.restore('bot');
    expect(await errorOf('auth.test')).toBe('ok');
  });

  it('takes JSON and form bodies, and a token in the body', async () => {
    const json = await fetch(`${kit.workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${kit.workspace.tokens.bot}` },
      body: JSON.stringify({ channel: CHECKOUT, blocks: [section('json')] }),
    });
    expect(await json.json()).toMatchObject({ ok: true, channel: CHECKOUT });
    const form = await fetch(`${kit.workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      body: new URLSearchParams({ token: kit.workspace.tokens.bot, channel: CHECKOUT, text: 'form' }),
    });
    expect(await form.json()).toMatchObject({ ok: true });
    expect(kit.channel('checkout')).toEqual(['json', 'form']);
  });

  it('refuses what the manifest does not ask for, naming it', async () => {
    await start({ app: { ...DEFAULT_APP, scopes: ['chat:write'] } });
    await expect(web.pins.add({ channel: CHECKOUT, timestamp: '1.1' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'pins:write', provided: 'chat:write' },
    });
    expect(await errorOf('conversations.history', { channel: CHECKOUT })).toBe('missing_scope');
    expect(await errorOf('chat.postMessage', { channel: GENERAL, text: 'a' })).toBe('not_in_channel');
  });

  it('is deaf to browsers', async () => {
    const answer = await fetch(`${kit.workspace.apiUrl}api.test`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('chat', () => {
  it('posts, updates, deletes', async () => {
    const { ts } = await web.chat.postMessage({
      channel: CHECKOUT,
      text: 'a',
      blocks: [section('one'), divider],
    });
    await web.chat.update({ channel: CHECKOUT, ts: String(ts), text: 'b', blocks: [section('two')] });
    expect(kit.channel('checkout')).toEqual(['two']);
    await web.chat.update({ channel: CHECKOUT, ts: String(ts), text: 'only text' });
    expect(kit.channel('checkout')).toEqual(['only text']);
    await web.chat.delete({ channel: CHECKOUT, ts: String(ts) });
    expect(kit.channel('checkout')).toEqual([]);
  });

  it('gives every message its own, increasing timestamp though the clock stands', async () => {
    const posted = await Promise.all(
      [1, 2, 3].map((n) => web.chat.postMessage({ channel: CHECKOUT, text: `${n}` })),
    );
    const ts = posted.map((answer) => String(answer.ts));
    expect(new Set(ts).size).toBe(3);
    expect([...ts].sort()).toEqual(ts);
    expect(ts[0]).toMatch(/^\d{10}\.\d{6}$/);
  });

  it('names blocks and elements that have no id', async () => {
    const button = { type: 'button' as const, text: { type: 'plain_text' as const, text: 'Go' } };
    const { message } = await web.chat.postMessage({
      channel: CHECKOUT,
      text: 'a',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    expect(message?.blocks?.[0]).toMatchObject({
      block_id: expect.any(String),
      elements: [{ action_id: expect.any(String) }],
    });
  });

  it.each([
    ['no_text', 'chat.postMessage', { channel: CHECKOUT, text: ' ' }],
    ['channel_not_found', 'chat.postMessage', { channel: 'C404', text: 'a' }],
    ['channel_not_found', 'chat.postMessage', { channel: PRIVATE, text: 'a' }],
    ['ok', 'chat.postMessage', { channel: GENERAL, text: 'public, through chat:write.public' }],
    ['ok', 'chat.postMessage', { channel: LEA, text: 'into the direct message' }],
    ['invalid_arguments', 'chat.postMessage', { text: 'a' }],
    ['invalid_blocks_format', 'chat.postMessage', { channel: CHECKOUT, blocks: 'nope' }],
    ['invalid_blocks', 'chat.postMessage', { channel: CHECKOUT, blocks: [{ type: 'nope' }] }],
    [
      'msg_blocks_too_long',
      'chat.postMessage',
      { channel: CHECKOUT, blocks: Array.from({ length: 5 }, () => section('x'.repeat(2_900))) },
    ],
    ['thread_not_found', 'chat.postMessage', { channel: CHECKOUT, text: 'a', thread_ts: '1.000001' }],
    [
      'invalid_metadata_schema',
      'chat.postMessage',
      { channel: CHECKOUT, text: 'a', metadata: { event_type: 'a' } },
    ],
    ['message_not_found', 'chat.update', { channel: CHECKOUT, ts: '1.000001', text: 'a' }],
    ['message_not_found', 'chat.getPermalink', { channel: CHECKOUT, message_ts: '1.000001' }],
    ['not_in_channel', 'chat.postEphemeral', { channel: GENERAL, user: LEA, text: 'a' }],
    ['not_in_channel', 'conversations.history', { channel: GENERAL }],
    ['not_in_channel', 'conversations.setTopic', { channel: GENERAL, topic: 'a' }],
    ['too_long', 'conversations.setTopic', { channel: CHECKOUT, topic: 'x'.repeat(251) }],
    ['ok', 'conversations.setTopic', { channel: CHECKOUT, topic: 'x'.repeat(250) }],
    ['name_taken', 'conversations.create', { name: 'checkout' }],
    ['invalid_name_specials', 'conversations.create', { name: 'Check Out' }],
    ['cant_invite_self', 'conversations.invite', { channel: CHECKOUT, users: BOT }],
    ['already_in_channel', 'conversations.invite', { channel: CHECKOUT, users: LEA }],
    ['users_not_found', 'users.lookupByEmail', { email: 'no@body.example' }],
    ['user_not_found', 'users.info', { user: 'U404' }],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S404' }],
    ['file_not_found', 'files.info', { file: 'F404' }],
    ['bot_not_found', 'bots.info', { bot: 'B404' }],
    ['invalid_trigger_id', 'views.open', { trigger_id: 'x', view: modal() }],
    ['not_found', 'views.update', { view_id: 'V404', view: modal() }],
    [
      'view_too_large',
      'views.publish',
      {
        user_id: LEA,
        view: { type: 'home', blocks: Array.from({ length: 90 }, () => section('x'.repeat(2_990))) },
      },
    ],
    [
      'invalid_arguments',
      'views.publish',
      { user_id: LEA, view: { type: 'home', blocks: [{ type: 'nope' }] } },
    ],
    ['unknown_method', 'chat.shout', {}],
  ])('answers %s to %s', async (expected, method, args) => {
    expect(await errorOf(method, args)).toBe(expected);
  });

  it('knows who is in the channel and what an emoji is called', async () => {
    const ts = await kit.person('Mara').say('checkout', 'a');
    expect(await errorOf('reactions.add', { channel: CHECKOUT, timestamp: ts, name: 'no name' })).toBe(
      'invalid_name',
    );
    await kit.person('Mara').leave('checkout');
    const whisper = { channel: CHECKOUT, user: 'U0MARA0001', text: 'a' };
    expect(await errorOf('chat.postEphemeral', whisper)).toBe('user_not_in_channel');
  });

  it('names the place of a wrong block', async () => {
    await expect(
      web.chat.postMessage({ channel: CHECKOUT, text: 'a', blocks: [divider, section('x'.repeat(3_001))] }),
    ).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
        },
      },
    });
  });

  it('refuses updates that are too long, of others, or in archived channels', async () => {
    const theirs = await kit.person('Lea').say('checkout', 'mine');
    expect(await errorOf('chat.update', { channel: CHECKOUT, ts: theirs, text: 'a' })).toBe(
      'cant_update_message',
    );
    expect(await errorOf('chat.delete', { channel: CHECKOUT, ts: theirs })).toBe('cant_delete_message');
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: 'x'.repeat(40_001) });
    expect(kit.messages('checkout').at(-1)?.text).toHaveLength(40_000);
    expect(await errorOf('chat.update', { channel: CHECKOUT, ts, text: 'x'.repeat(4_001) })).toBe(
      'msg_too_long',
    );
    await kit.person('Lea').slash('checkout', '/archive');
    expect(await errorOf('chat.postMessage', { channel: CHECKOUT, text: 'a' })).toBe('is_archived');
    expect(await errorOf('chat.update', { channel: CHECKOUT, ts, text: 'a' })).toBe('is_archived');
  });

  it('posts only where the app may', async () => {
    const channel = kit.workspace.state.conversations.get(CHECKOUT);
    if (channel === undefined) throw new Error('There is no #checkout.');
    channel.restricted = true;
    expect(await errorOf('chat.postMessage', { channel: CHECKOUT, text: 'a' })).toBe('restricted_action');
    await expect(kit.person('Kai').say('checkout', 'a')).rejects.toThrow('Only some people');
    kit.workspace.deactivate('U0KAI00001');
    expect(await errorOf('chat.postMessage', { channel: 'U0KAI00001', text: 'a' })).toBe('channel_not_found');
    expect(await errorOf('conversations.open', { users: 'U0KAI00001' })).toBe('user_disabled');
  });

  it('keeps metadata and shows them only when asked', async () => {
    const metadata = { event_type: 'steady', event_payload: { key: 'k1' } };
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: 'a', metadata });
    await web.chat.postMessage({ channel: CHECKOUT, text: 'reply', thread_ts: String(ts), metadata });
    const plain = await web.conversations.history({ channel: CHECKOUT });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    const full = await web.conversations.history({ channel: CHECKOUT, include_all_metadata: true });
    expect(full.messages).toHaveLength(1);
    expect(full.messages?.[0]).toMatchObject({ metadata, reply_count: 1 });
    const replies = await web.conversations.replies({
      channel: CHECKOUT,
      ts: String(ts),
      include_all_metadata: true,
    });
    expect(replies.messages?.map((message) => message.metadata)).toEqual([metadata, metadata]);
  });

  it('whispers: in no history, to one person, notifying nobody', async () => {
    await web.chat.postEphemeral({ channel: CHECKOUT, user: LEA, text: `<@${LEA}> psst` });
    expect((await web.conversations.history({ channel: CHECKOUT })).messages).toEqual([]);
    expect(kit.ephemerals('checkout', 'Lea')).toEqual([`<@${LEA}> psst`]);
    expect(kit.notifications('Lea')).toEqual([]);
  });

  it('links replies with their thread', async () => {
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: 'a' });
    const reply = await web.chat.postMessage({ channel: CHECKOUT, text: 'b', thread_ts: String(ts) });
    const link = await web.chat.getPermalink({ channel: CHECKOUT, message_ts: String(reply.ts) });
    expect(link.permalink).toBe(
      `https://acme-sandbox.slack.com/archives/${CHECKOUT}/p${String(reply.ts).replace('.', '')}?thread_ts=${ts}&cid=${CHECKOUT}`,
    );
  });
});

describe('reading', () => {
  it('pages through history, newest first', async () => {
    for (const text of ['1', '2', '3']) await web.chat.postMessage({ channel: CHECKOUT, text });
    const first = await web.conversations.history({ channel: CHECKOUT, limit: 2 });
    expect(first.messages?.map((message) => message.text)).toEqual(['3', '2']);
    expect(first.has_more).toBe(true);
    const rest = await web.conversations.history({
      channel: CHECKOUT,
      limit: 2,
      cursor: String(first.response_metadata?.next_cursor),
    });
    expect(rest.messages?.map((message) => message.text)).toEqual(['1']);
    const oldest = first.messages?.[1]?.ts ?? '';
    const since = await web.conversations.history({ channel: CHECKOUT, oldest, inclusive: true });
    expect(since.messages).toHaveLength(2);
    expect((await web.conversations.history({ channel: CHECKOUT, oldest })).messages).toHaveLength(1);
  });

  it('restricts history to once a minute and 15 items where told', async () => {
    await start({ restrictedHistory: true });
    for (let n = 0; n < 20; n += 1) await kit.person('Lea').say('checkout', `${n}`);
    const { messages } = await web.conversations.history({ channel: CHECKOUT, limit: 100 });
    expect(messages).toHaveLength(15);
    await expect(web.conversations.history({ channel: CHECKOUT })).rejects.toMatchObject({
      code: ErrorCode.RateLimitedError,
      retryAfter: 60,
    });
    await kit.advance(60_000);
    expect(await errorOf('conversations.history', { channel: CHECKOUT })).toBe('ok');
  });

  it('holds the tiers where told', async () => {
    await start({ strictRates: true });
    for (let n = 0; n < 4; n += 1) await web.chat.postMessage({ channel: CHECKOUT, text: `${n}` });
    await expect(web.chat.postMessage({ channel: CHECKOUT, text: 'x' })).rejects.toMatchObject({
      retryAfter: 4,
    });
    await web.chat.postMessage({ channel: GENERAL, text: 'another channel' });
    await kit.advance(4_000);
    await web.chat.postMessage({ channel: CHECKOUT, text: 'x' });
  });

  it('knows people, groups, channels', async () => {
    kit.workspace.addUsergroup({ id: 'S0ONCALL01', handle: 'oncall', name: 'On call', users: [LEA] });
    const { user } = await web.users.info({ user: 'U0MARA0001' });
    expect(user).toMatchObject({ tz: 'Asia/Kolkata', tz_offset: 19_800, is_bot: false });
    expect((await web.users.lookupByEmail({ email: 'lea@acme.example' })).user?.id).toBe(LEA);
    expect((await web.usergroups.list({ include_users: true })).usergroups?.[0]?.users).toEqual([LEA]);
    const { channels } = await web.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels?.map((channel) => channel.name)).toEqual(['checkout', 'general', 'incidents']);
    await kit.person('Mara').doNotDisturb(true);
    expect((await web.dnd.info({ user: 'U0MARA0001' })).dnd_enabled).toBe(true);
    expect((await web.conversations.members({ channel: CHECKOUT })).members).toContain(BOT);
  });
});

describe('marks', () => {
  it('pins and reacts once', async () => {
    const ts = await kit.person('Lea').say('checkout', 'a');
    const at = { channel: CHECKOUT, timestamp: ts };
    await web.pins.add(at);
    expect(await errorOf('pins.add', at)).toBe('already_pinned');
    expect((await web.pins.list({ channel: CHECKOUT })).items?.[0]).toMatchObject({ message: { ts } });
    await web.pins.remove(at);
    expect(await errorOf('pins.remove', at)).toBe('no_pin');
    await web.reactions.add({ ...at, name: 'white_check_mark' });
    expect(await errorOf('reactions.add', { ...at, name: 'white_check_mark' })).toBe('already_reacted');
    const { message } = await web.reactions.get(at);
    expect(message?.reactions).toEqual([{ name: 'white_check_mark', users: [BOT], count: 1 }]);
    await web.reactions.remove({ ...at, name: 'white_check_mark' });
    expect(await errorOf('reactions.remove', { ...at, name: 'white_check_mark' })).toBe('no_reaction');
  });

  it('takes a hundred pins', async () => {
    for (let n = 0; n < 101; n += 1) {
      const ts = await kit.person('Lea').say('general', `${n}`);
      if (n < 100) await kit.person('Lea').pin('general', ts);
    }
    await web.conversations.join({ channel: GENERAL });
    const last = kit.messages('general').findLast((message) => message.text === '100')?.ts;
    expect(await errorOf('pins.add', { channel: GENERAL, timestamp: last })).toBe('too_many_pins');
  });

  it('keeps bookmarks', async () => {
    const { bookmark } = await web.bookmarks.add({
      channel_id: CHECKOUT,
      title: 'Board',
      type: 'link',
      link: 'https://a.b',
    });
    await web.bookmarks.edit({ channel_id: CHECKOUT, bookmark_id: String(bookmark?.id), title: 'Dashboard' });
    const listed = await web.bookmarks.list({ channel_id: CHECKOUT });
    expect(listed.bookmarks?.map((item) => item.title)).toEqual(['Dashboard']);
    expect(
      await errorOf('bookmarks.add', { channel_id: CHECKOUT, title: 'x', type: 'link', link: 'a.b' }),
    ).toBe('invalid_link');
    await web.bookmarks.remove({ channel_id: CHECKOUT, bookmark_id: String(bookmark?.id) });
    expect((await web.bookmarks.list({ channel_id: CHECKOUT })).bookmarks).toEqual([]);
  });
});

describe('files', () => {
  it('takes a file in three steps and looks at it later', async () => {
    await web.filesUploadV2({
      channel_id: CHECKOUT,
      filename: 'chart.png',
      file: Buffer.from('png'),
      alt_text: 'Errors',
    });
    const [file] = [...kit.workspace.state.files.values()];
    const id = String(file?.id);
    const image = { type: 'image', slack_file: { id }, alt_text: 'a' };
    expect(await errorOf('chat.postMessage', { channel: CHECKOUT, text: 'a', blocks: [image] })).toBe(
      'invalid_blocks',
    );
    expect((await web.files.info({ file: id })).file).toMatchObject({ mimetype: '', shares: {} });
    const ready = (await web.files.info({ file: id })).file;
    expect(ready).toMatchObject({ mimetype: 'image/png', alt_txt: 'Errors', size: 3 });
    const ts = ready?.shares?.public?.[CHECKOUT]?.[0]?.ts;
    expect(kit.messages('checkout').map((message) => message.ts)).toEqual([ts]);
    expect(await errorOf('chat.postMessage', { channel: CHECKOUT, text: 'a', blocks: [image] })).toBe('ok');
  });

  it('takes multipart bodies and refuses to finish what was not uploaded', async () => {
    const { upload_url, file_id } = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 2 });
    expect(await errorOf('files.completeUploadExternal', { files: [{ id: file_id }] })).toBe(
      'file_not_found',
    );
    const form = new FormData();
    form.append('file', new Blob(['hi']), 'a.txt');
    const answer = await fetch(String(upload_url), { method: 'POST', body: form });
    expect(await answer.text()).toBe('OK - 2');
    expect(await errorOf('files.completeUploadExternal', { files: [{ id: file_id }] })).toBe('ok');
    expect(kit.posts('checkout')).toBe(0);
  });
});

describe('canvases', () => {
  it('keeps one canvas per channel and edits it', async () => {
    const content = (markdown: string) => ({ type: 'markdown' as const, markdown });
    const made = await web.conversations.canvases.create({
      channel_id: CHECKOUT,
      document_content: content('# a'),
    });
    expect(await errorOf('conversations.canvases.create', { channel_id: CHECKOUT })).toBe(
      'channel_canvas_already_exists',
    );
    await web.canvases.edit({
      canvas_id: String(made.canvas_id),
      changes: [{ operation: 'insert_at_end', document_content: content('b') }],
    });
    expect(kit.workspace.state.canvases.get(String(made.canvas_id))?.blocks).toMatchObject([
      { kind: 'h1', markdown: 'a' },
      { kind: 'p', markdown: 'b' },
    ]);
  });
});
