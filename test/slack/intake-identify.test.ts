import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Body, identify, storable } from '../../src/slack/intake/delivery.ts';

const ME = { botUserId: 'UBOT', emoji: 'pushpin', readMessages: true };

function event(inner: object, more: object = {}) {
  return { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: { ...inner }, ...more };
}

const mention = { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.2' };
const message = { type: 'message', user: 'U1', channel: 'D1', channel_type: 'im', ts: '1.2' };
const changed = {
  type: 'message',
  subtype: 'message_changed',
  channel: 'C1',
  message: { user: 'U1', ts: '1.2', text: 'b' },
  previous_message: { user: 'U1', ts: '1.2', text: 'a' },
};
const reaction = {
  type: 'reaction_added',
  user: 'U1',
  reaction: 'pushpin',
  item: { channel: 'C1', ts: '1.2' },
};

describe('what identifies a delivery', () => {
  it.each<[string, object, object | string | undefined]>([
    ['a mention by its message', event(mention), { key: 'message/C1/1.2', team: 'T1', kind: 'mention' }],
    [
      'the same mention as another event',
      event(mention, { event_id: 'Ev2' }),
      { key: 'message/C1/1.2', team: 'T1', kind: 'mention' },
    ],
    ['a direct message by its message', event(message), { key: 'message/D1/1.2', team: 'T1', kind: 'dm' }],
    [
      'a file in a direct message',
      event({ ...message, subtype: 'file_share' }),
      { key: 'message/D1/1.2', team: 'T1', kind: 'dm' },
    ],
    ['an edit by its event', event(changed), { key: 'event/Ev1', team: 'T1', kind: 'edit' }],
    [
      'a deletion by its event',
      event({ ...changed, subtype: 'message_deleted', message: undefined }),
      { key: 'event/Ev1', team: 'T1', kind: 'edit' },
    ],
    ['a reaction by its event', event(reaction), { key: 'event/Ev1', team: 'T1', kind: 'event' }],
    [
      'its removal as well',
      event({ ...reaction, type: 'reaction_removed' }),
      { key: 'event/Ev1', team: 'T1', kind: 'event' },
    ],
    ['a pin', event({ type: 'pin_added', user: 'U1' }), { key: 'event/Ev1', team: 'T1', kind: 'event' }],
    [
      'somebody joining',
      event({ type: 'member_joined_channel', user: 'U1' }),
      { key: 'event/Ev1', team: 'T1', kind: 'event' },
    ],
    ['the home tab, which needs no row', event({ type: 'app_home_opened', user: 'U1' }), 'pass'],
    [
      'a click by its time',
      {
        type: 'block_actions',
        team: { id: 'T1' },
        user: { id: 'U1' },
        trigger_id: 't',
        actions: [{ action_ts: '9.9' }],
      },
      { key: 'click/U1/9.9', team: 'T1', kind: 'click' },
    ],
    [
      'a click where the workspace is only known by the user',
      {
        type: 'block_actions',
        team: null,
        user: { id: 'U1', team_id: 'T7' },
        actions: [{ action_ts: '9.9' }],
      },
      { key: 'click/U1/9.9', team: 'T7', kind: 'click' },
    ],
    [
      'a shortcut by its trigger',
      { type: 'shortcut', team: { id: 'T1' }, trigger_id: 't1' },
      { key: 'shortcut/t1', team: 'T1', kind: 'shortcut' },
    ],
    [
      'one on a message',
      { type: 'message_action', team: { id: 'T1' }, trigger_id: 't1' },
      { key: 'shortcut/t1', team: 'T1', kind: 'shortcut' },
    ],
    [
      'a submission, so that a second one after errors counts',
      { type: 'view_submission', team: { id: 'T1' }, trigger_id: 't1', view: { id: 'V1', hash: 'h' } },
      { key: 'submit/V1/t1', team: 'T1', kind: 'submit' },
    ],
    [
      'a closed modal',
      { type: 'view_closed', team: { id: 'T1' }, view: { id: 'V1', hash: 'h' } },
      { key: 'close/V1/h', team: 'T1', kind: 'close' },
    ],
    [
      'a command by its trigger',
      { command: '/steady', team_id: 'T1', trigger_id: 't1' },
      { key: 'slash/t1', team: 'T1', kind: 'slash' },
    ],
    ['nothing for what is unknown', { type: 'block_suggestion' }, undefined],
  ])('%s', (_name, body, known) => {
    expect(identify(body as Body, ME)).toEqual(known);
  });

  it.each<[string, object]>([
    ['its own messages', { ...message, user: 'UBOT' }],
    ['messages of apps', { ...message, bot_id: 'B1' }],
    ['what is said in channels without naming it', { ...message, channel_type: 'channel' }],
    ['joins, topics and other lines of Slack itself', { ...message, subtype: 'channel_topic' }],
    ['mentions by apps', { ...mention, bot_id: 'B1' }],
    ['its own mentions', { ...mention, user: 'UBOT' }],
    ['edits of its own messages', { ...changed, message: { user: 'UBOT', text: 'b' } }],
    ['edits of messages of apps', { ...changed, message: { bot_id: 'B1', text: 'b' } }],
    ['unfurls, which look like edits', { ...changed, message: { user: 'U1', text: 'a' } }],
    ['other reactions', { ...reaction, reaction: 'eyes' }],
    ['its own reactions', { ...reaction, user: 'UBOT' }],
    ['its own pins', { type: 'pin_added', user: 'UBOT' }],
  ])('drops %s before anything is stored', (_name, inner) => {
    expect(identify(event(inner), ME)).toBeUndefined();
  });

  it('drops edits where it may not read messages, but no mention', () => {
    const deaf = { ...ME, readMessages: false };
    expect(identify(event(changed), deaf)).toBeUndefined();
    expect(identify(event(mention), deaf)).toBeDefined();
  });

  it('two workspaces never share a key', () => {
    expect(identify(event(mention, { team_id: 'T2' }), ME)).toMatchObject({ team: 'T2' });
  });
});

it('short-lived secrets and bulk are not stored', () => {
  const body = {
    type: 'x',
    token: 'a',
    response_url: 'b',
    response_urls: ['c'],
    authorizations: [],
    keep: 1,
  };
  expect(storable(body)).toEqual({ type: 'x', keep: 1 });
});

const samples = fileURLToPath(new URL('../../../shared/slack-payloads/', import.meta.url));

describe('published samples', () => {
  const cases: readonly [file: string, kind: string | undefined, fill: object][] = [
    ['events/AppMentionPayload', 'mention', { user: 'U1', channel: 'C1', ts: '1.2', bot_id: undefined }],
    [
      'events/MessagePayload',
      'dm',
      { user: 'U1', channel: 'D1', ts: '1.2', channel_type: 'im', bot_id: undefined, subtype: undefined },
    ],
    ['events/MessageBotPayload', undefined, { channel_type: 'im' }],
    ['events/MessageChannelJoinPayload', undefined, { channel_type: 'im' }],
    ['events/ReactionAddedPayload', 'event', { user: 'U1', reaction: 'pushpin' }],
    ['events/ReactionRemovedPayload', 'event', { user: 'U1', reaction: 'pushpin' }],
    ['events/PinAddedPayload', 'event', { user: 'U1' }],
    ['events/PinRemovedPayload', 'event', { user: 'U1' }],
    ['events/MemberJoinedChannelPayload', 'event', { user: 'U1' }],
    ['events/ChannelArchivePayload', 'event', {}],
    ['events/TokensRevokedPayload', 'event', {}],
    ['interactive/BlockActionPayload', 'click', {}],
    ['interactive/MessageShortcutPayload', 'shortcut', {}],
    ['interactive/ViewSubmissionPayload', 'submit', {}],
    ['interactive/ViewClosedPayload', 'close', {}],
    ['interactive/SlashCommandPayload', 'slash', {}],
  ];

  it.each(cases)('%s: %s', (file, kind, fill) => {
    const path = `${samples}${file}.json`;
    if (!existsSync(path)) {
      process.stdout.write('not run: published Slack payloads\n');
      return;
    }
    const sample = JSON.parse(readFileSync(path, 'utf8'));
    const body = sample.event
      ? { ...sample, type: 'event_callback', team_id: 'T1', event: { ...sample.event, ...fill } }
      : sample;
    const known = identify(body, ME);
    expect(known === 'pass' ? 'pass' : known?.kind).toBe(kind);
    const stored = JSON.stringify(storable(body));
    expect(stored).not.toContain('"response_url"');
    expect(Object.keys(JSON.parse(stored))).not.toContain('token');
  });
});
