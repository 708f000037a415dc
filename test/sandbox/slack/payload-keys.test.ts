import { existsSync, readFileSync } from 'node:fs';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import { openRawSocket, type RawSocket } from '../../slack-kit/raw-socket.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import type { Json } from '../../slack-kit/types.ts';

const SAMPLES = new URL('../../../../shared/slack-payloads/', import.meta.url);
const present = existsSync(SAMPLES);
if (!present) process.stdout.write('not run: published Slack payload samples\n');

/**
 * Keys that Slack sends and the samples, which are unions of what was once recorded or dumped from classes, lack. Each with
 * where it is documented or why it stands.
 */
const KNOWN: Readonly<Record<string, string>> = {
  context_team_id: 'on every event envelope of today; recorded in ReactionAdded, missing in the dumped ones',
  context_enterprise_id: 'the same',
  'event.team': 'on every message of today',
  'user.username': 'in the sample of block_actions, missing in that of message_action',
  api_app_id: 'documented for message_action; missing in the sample',
  response_urls: 'documented for view_submission; the sample, a dump, lacks it',
  'items.channel': 'documented on pinned messages; the sample of pins.list has a file and a comment only',
  'items.message': 'the same',
};

/** Fields of any message that one sample or another has; a sample of one kind of message lacks the others. */
const OF_MESSAGES =
  /(^|\.)(message|previous_message|messages)\.(client_msg_id|edited(\.\w+)?|reply_\w+|pinned_to|permalink|reactions\.users)$/;

/** Keys whose value is free: ids, names of conversations, what apps and people put in. */
const FREE =
  /(^|\.)(blocks|attachments|files|file|elements|metadata|values|public|private|shares|args|icons|actions)(\.|$)/;

function paths(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => paths(item, prefix)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...(FREE.test(path) ? [] : paths(item, path))];
  });
}

function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'));
}

/** A reason covers what is inside the key, too. */
function isKnown(path: string): boolean {
  return Object.keys(KNOWN).some((key) => path === key || path.startsWith(`${key}.`));
}

/** Keys of ours that the sample lacks and that no reason was given for. */
function unknownKeys(ours: unknown, name: string): string[] {
  const known = new Set(paths(sample(name)));
  return [...new Set(paths(ours))].filter(
    (path) => !known.has(path) && !isKnown(path) && !FREE.test(path) && !OF_MESSAGES.test(path),
  );
}

describe.runIf(present)('payloads against published samples', () => {
  let kit: SlackKit;
  let app: RawSocket;
  let web: WebClient;
  const api = new Map<string, unknown>();

  const call = async (method: string, args: Json): Promise<Json> => {
    const { response_metadata: _, ...result } = (await web.apiCall(method, args)) as unknown as Json;
    api.set(method, result);
    return result;
  };
  const event = (type: string, subtype?: string): unknown =>
    app.received.find((item) => {
      const inner = item.payload?.event as Json | undefined;
      return inner?.type === type && inner.subtype === subtype;
    })?.payload;
  const interaction = (type: string): Json =>
    app.received.findLast((item) => item.payload?.type === type)?.payload ?? {};

  beforeAll(async () => {
    kit = await startSlackKit({
      fileLooks: 0,
      app: {
        ...DEFAULT_APP,
        scopes: [...DEFAULT_APP.scopes, 'canvases:write', 'team:read'],
        events: [...DEFAULT_APP.events, 'member_left_channel', 'channel_rename', 'channel_unshared'],
      },
    });
    kit.workspace.addUsergroup({
      id: 'S0ONCALL01',
      handle: 'oncall',
      name: 'On call',
      users: ['U0LEA00001'],
    });
    app = await openRawSocket(kit.workspace);
    await app.got('hello');
    web = new WebClient(kit.workspace.tokens.bot, {
      slackApiUrl: kit.workspace.apiUrl,
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
    await act(kit, call, interaction);
    await kit.workspace.settled();
  });
  afterAll(() => kit.stop());

  it.each([
    ['app_mention', undefined, 'AppMention'],
    ['message', undefined, 'Message'],
    ['message', 'message_changed', 'MessageChanged'],
    ['message', 'message_deleted', 'MessageDeleted'],
    ['message', 'channel_join', 'MessageChannelJoin'],
    ['message', 'channel_leave', 'MessageChannelLeave'],
    ['message', 'channel_topic', 'MessageChannelTopic'],
    ['message', 'channel_name', 'MessageChannelName'],
    ['message', 'channel_archive', 'MessageChannelArchive'],
    ['message', 'file_share', 'MessageFileShare'],
    ['reaction_added', undefined, 'ReactionAdded'],
    ['reaction_removed', undefined, 'ReactionRemoved'],
    ['pin_added', undefined, 'PinAdded'],
    ['pin_removed', undefined, 'PinRemoved'],
    ['member_joined_channel', undefined, 'MemberJoinedChannel'],
    ['member_left_channel', undefined, 'MemberLeftChannel'],
    ['app_home_opened', undefined, 'AppHomeOpened'],
    ['channel_rename', undefined, 'ChannelRename'],
    ['channel_archive', undefined, 'ChannelArchive'],
    ['channel_shared', undefined, 'ChannelShared'],
    ['channel_unshared', undefined, 'ChannelUnshared'],
    ['channel_left', undefined, 'ChannelLeft'],
  ])('event %s %s', (type, subtype, name) => {
    const payload = event(type, subtype);
    expect(payload).toBeDefined();
    expect(unknownKeys(payload, `events/${name}Payload.json`)).toEqual([]);
  });

  it.each([
    ['block_actions', 'BlockAction'],
    ['message_action', 'MessageShortcut'],
    ['view_submission', 'ViewSubmission'],
    ['view_closed', 'ViewClosed'],
  ])('interaction %s', (type, name) => {
    const payload = interaction(type);
    expect(payload.type).toBe(type);
    expect(unknownKeys(payload, `interactive/${name}Payload.json`)).toEqual([]);
  });

  it('slash command', () => {
    const payload = app.received.find((item) => item.type === 'slash_commands')?.payload;
    expect(unknownKeys(payload, 'interactive/SlashCommandPayload.json')).toEqual([]);
  });

  it.each([
    'auth.test',
    'chat.postMessage',
    'chat.update',
    'chat.postEphemeral',
    'chat.getPermalink',
    'conversations.info',
    'conversations.history',
    'conversations.replies',
    'conversations.open',
    'conversations.setTopic',
    'users.info',
    'usergroups.list',
    'usergroups.users.list',
    'team.info',
    'bots.info',
    'pins.add',
    'pins.list',
    'reactions.add',
    'bookmarks.add',
    'bookmarks.edit',
    'bookmarks.list',
    'files.getUploadURLExternal',
    'files.completeUploadExternal',
    'files.info',
    'canvases.create',
    'views.open',
    'views.push',
    'views.update',
    'views.publish',
  ])('answer of %s', (method) => {
    const answer = api.get(method);
    expect(answer).toMatchObject({ ok: true });
    expect(unknownKeys(answer, `api/${method}.json`)).toEqual([]);
  });
});

type Called = (method: string, args: Json) => Promise<Json>;

/** Does everything once. */
async function act(kit: SlackKit, call: Called, interaction: (type: string) => Json): Promise<void> {
  const lea = kit.person('Lea');
  const channel = 'C0CHECKOUT';
  const plain = (text: string) => ({ type: 'plain_text', text });
  const field = { type: 'input', label: plain('A'), element: { type: 'plain_text_input' }, optional: true };
  const view = (extra: object = {}) => ({
    type: 'modal',
    title: plain('T'),
    submit: plain('Go'),
    notify_on_close: true,
    blocks: [field],
    ...extra,
  });
  const row = {
    type: 'actions',
    elements: [{ type: 'button', text: plain('Go'), value: '1', action_id: 'go' }],
  };
  const section = { type: 'section', text: plain('a') };

  const ts = await lea.say('checkout', '@Steady hello');
  await lea.reply('checkout', ts, 'a reply');
  await lea.edit('checkout', ts, '@Steady hello again');
  await lea.react('checkout', ts, 'eyes');
  await lea.unreact('checkout', ts, 'eyes');
  await lea.pin('checkout', ts);
  await lea.unpin('checkout', ts);
  await lea.delete('checkout', await lea.say('checkout', 'gone'));
  await kit.person('Kai').leave('checkout');
  await kit.person('Kai').join('checkout');
  await lea.slash('checkout', '/topic all fine');
  await lea.upload('checkout', 'a.png', Buffer.from('x'));

  await call('auth.test', {});
  const posted = await call('chat.postMessage', {
    channel,
    text: 'a',
    blocks: [section, row],
    metadata: { event_type: 'steady', event_payload: { k: 1 } },
  });
  await call('chat.update', { channel, ts: posted.ts, text: 'b', blocks: [section, row] });
  await call('chat.postEphemeral', { channel, user: lea.id, text: 'psst' });
  await call('chat.getPermalink', { channel, message_ts: posted.ts });
  await call('pins.add', { channel, timestamp: posted.ts });
  await call('pins.list', { channel });
  await call('reactions.add', { channel, timestamp: posted.ts, name: 'eyes' });
  await call('conversations.info', { channel });
  await call('conversations.open', { users: lea.id, return_im: true });
  await call('conversations.setTopic', { channel, topic: 'b' });
  await call('conversations.replies', { channel, ts, include_all_metadata: true });
  await call('conversations.history', { channel, include_all_metadata: true });
  await call('users.info', { user: lea.id });
  await call('usergroups.list', { include_users: true });
  await call('usergroups.users.list', { usergroup: 'S0ONCALL01' });
  await call('team.info', {});
  await call('bots.info', { bot: 'B0STEADY01' });
  const added = await call('bookmarks.add', {
    channel_id: channel,
    title: 'a',
    type: 'link',
    link: 'https://a.b',
  });
  const bookmark = (added.bookmark as Json).id;
  await call('bookmarks.edit', { channel_id: channel, bookmark_id: bookmark, title: 'b' });
  await call('bookmarks.list', { channel_id: channel });
  const url = await call('files.getUploadURLExternal', { filename: 'a.png', length: 1, alt_txt: 'a' });
  await fetch(String(url.upload_url), { method: 'POST', body: 'x' });
  await call('files.completeUploadExternal', { files: [{ id: url.file_id }], channel_id: channel });
  await call('files.info', { file: url.file_id });
  await call('canvases.create', { document_content: { type: 'markdown', markdown: 'a' } });

  await lea.click('go');
  await lea.shortcut('Add to timeline', { channel: 'checkout', ts });
  await lea.slash('checkout', '/steady x');
  const command = async (): Promise<unknown> => {
    await lea.click('go', { channel: 'checkout' });
    return interaction('block_actions').trigger_id;
  };
  const opened = await call('views.open', { trigger_id: await command(), view: view() });
  await call('views.update', { view_id: (opened.view as Json).id, view: view() });
  await call('views.push', { trigger_id: await command(), view: view() });
  await lea.submit();
  await lea.close();
  await call('views.publish', { user_id: lea.id, view: { type: 'home', blocks: [section] } });
  await lea.openHome();

  const conversation = kit.workspace.state.conversations.get(channel);
  if (conversation === undefined) throw new Error('There is no #checkout.');
  kit.workspace.membership.share(conversation, true);
  kit.workspace.membership.share(conversation, false);
  await lea.slash('checkout', '/rename pay');
  await lea.slash('pay', '/archive');
  await lea.inviteApp('general');
  await lea.slash('general', '/remove @Steady');
}
