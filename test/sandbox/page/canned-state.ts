import type { PageMessage, PageState, PageUser } from '../../../src/sandbox/page-contract.ts';
import { everyBlock, everyInput, statusCard } from './canned-blocks.ts';

/** 2026-11-23 14:10:00 UTC. */
export const NOW = Date.UTC(2026, 10, 23, 14, 10);

const person = (id: string, displayName: string, name: string, tz: string): PageUser => ({
  id,
  name,
  displayName,
  tz,
  doNotDisturb: false,
  deactivated: false,
  isBot: false,
});

export const LEA = person('U0LEA', 'Lea', 'Lea Sommer', 'Europe/Berlin');
export const KAI = person('U0KAI', 'Kai', 'Kai Tanaka', 'Asia/Tokyo');
export const MARA = {
  ...person('U0MARA', 'Mara Oyelaran-Featherstonehaugh', 'Mara', 'America/New_York'),
  doNotDisturb: true,
};

/** A message's `ts` so many minutes before now. */
export function ts(minutesAgo: number, part = 100): string {
  return `${Math.floor((NOW - minutesAgo * 60_000) / 1000)}.${String(part).padStart(6, '0')}`;
}

export function message(
  minutesAgo: number,
  user: string,
  text: string,
  more: Partial<PageMessage> = {},
): PageMessage {
  return {
    ts: ts(minutesAgo),
    replyCount: 0,
    user,
    text,
    edited: false,
    ephemeral: false,
    reactions: [],
    ...more,
  };
}

const CARD = ts(70);

const INCIDENT: readonly PageMessage[] = [
  message(60 * 26, LEA.id, `<@${LEA.id}> has joined the channel`, { subtype: 'channel_join' }),
  message(
    60 * 25,
    KAI.id,
    'Deploying v2.3.45 of checkout now, <https://ci.example.com/build/4711|build 4711>.',
  ),
  message(71, LEA.id, '<@U0BOT> declare P1 checkout returns 500s here', {
    reactions: [{ name: 'eyes', users: [KAI.id] }],
  }),
  message(70, 'U0BOT', 'INC-42 P1 · Checkout returns 500s', {
    blocks: statusCard,
    replyCount: 3,
    reactions: [{ name: 'pushpin', users: [LEA.id, KAI.id] }],
  }),
  message(70, 'U0BOT', `<@U0BOT> pinned a message to this channel.`, {
    ts: ts(70, 200),
    subtype: 'pinned_item',
  }),
  message(66, LEA.id, '@Steady prom sum by (code) (rate(http_requests_total{service="checkout"}[5m]))', {
    threadTs: CARD,
    text: '&lt;!channel&gt; not a ping: <@U0BOT> prom `sum by (code) (rate(http_requests_total{service="checkout"}[5m]))`',
  }),
  message(65, 'U0BOT', 'E1 · Prometheus prod', { threadTs: CARD, blocks: everyBlock }),
  message(64, KAI.id, 'That is the upstream, not us.', { threadTs: CARD }),
  message(
    50,
    KAI.id,
    '*bold* _italic_ ~struck~ `code` and a <https://grafana.example.com/d/abc?var=x&amp;y=z|dashboard>',
  ),
  message(49, KAI.id, '>a quoted line\n>and its second\nthen ```kubectl get pods\n-n checkout```'),
  message(
    48,
    KAI.id,
    `Due <!date^${Math.floor(NOW / 1000) + 3000}^{date_short_pretty} at {time}|later> :tada: <!here> <@${LEA.id}>`,
    {
      edited: true,
    },
  ),
  message(40, LEA.id, 'The graph everyone asked for.', {
    files: [
      {
        id: 'F1',
        name: 'checkout-errors.png',
        mimetype: 'image/png',
        size: 48_211,
        altText: 'Checkout errors rise at 13:57',
        url: 'files/F1/checkout-errors.png',
      },
      { id: 'F2', name: 'timeline.csv', mimetype: 'text/csv', size: 1_204, url: 'files/F2/timeline.csv' },
    ],
  }),
  message(30, 'U0BOT', 'Only Lea sees this', {
    ephemeral: true,
    text: 'A link to your answer: <https://acme.slack.com/archives/C0INC/p1795435800000100|E1>. Two queries, no lead yet.',
  }),
  message(
    12,
    MARA.id,
    `${'A very long message about what the payments team said on the phone. '.repeat(8)}https-less-word-${'x'.repeat(160)}`,
  ),
  message(3, 'U0BOT', 'INC-42 P1 · update · next by 15:01', {
    blocks: [
      {
        type: 'section',
        block_id: 's',
        text: { type: 'mrkdwn', text: `<@${LEA.id}> INC-42: the channel was promised an update by now.` },
      },
      {
        type: 'actions',
        block_id: 'ladder',
        elements: [
          {
            type: 'button',
            action_id: 'post',
            text: { type: 'plain_text', text: 'Post as is' },
            style: 'primary',
            value: 'INC-42',
          },
          { type: 'button', action_id: 'edit', text: { type: 'plain_text', text: 'Edit' }, value: 'INC-42' },
          {
            type: 'button',
            action_id: 'drop',
            text: { type: 'plain_text', text: 'Cancel incident' },
            style: 'danger',
            value: 'INC-42',
            confirm: {
              title: { type: 'plain_text', text: 'Cancel INC-42?' },
              text: { type: 'mrkdwn', text: 'It was a *false alarm*.' },
              confirm: { type: 'plain_text', text: 'Cancel it' },
              deny: { type: 'plain_text', text: 'Keep' },
            },
          },
          {
            type: 'static_select',
            action_id: 'snooze',
            placeholder: { type: 'plain_text', text: 'Snooze' },
            options: [
              { text: { type: 'plain_text', text: 'Waiting for a deploy, 15 min' }, value: 'deploy-15' },
              { text: { type: 'plain_text', text: 'On the phone, 10 min' }, value: 'phone-10' },
            ],
          },
          {
            type: 'overflow',
            action_id: 'more',
            options: [
              { text: { type: 'plain_text', text: 'Hand off' }, value: 'handoff' },
              { text: { type: 'plain_text', text: 'Timeline' }, value: 'timeline' },
            ],
          },
        ],
      },
    ],
  }),
];

/** A workspace with every kind of message, seen by Lea. */
export const CANNED: PageState = {
  version: 1,
  now: NOW,
  team: { id: 'T0ACME', name: 'Acme' },
  me: LEA,
  people: [LEA, KAI, MARA],
  app: { id: 'A0STEADY', botUserId: 'U0BOT', name: 'Steady', online: true },
  conversations: [
    {
      id: 'C0INC',
      name: 'inc-42-checkout',
      kind: 'channel',
      topic: 'INC-42 P1 investigating · lead Lea · next update 15:01',
      member: true,
      archived: false,
      appInvited: true,
      unread: 2,
      mentions: 1,
      pins: [CARD],
      bookmarks: [{ title: 'Checkout dashboard', link: 'https://grafana.example.com/d/abc' }],
    },
    {
      id: 'C0GEN',
      name: 'general',
      kind: 'channel',
      topic: '',
      member: true,
      archived: false,
      appInvited: false,
      unread: 0,
      mentions: 0,
      pins: [],
      bookmarks: [],
    },
    {
      id: 'C0OPS',
      name: 'platform-operations-and-reliability-engineering',
      kind: 'channel',
      topic: 'Everything that runs',
      member: false,
      archived: false,
      appInvited: true,
      unread: 0,
      mentions: 0,
      pins: [],
      bookmarks: [],
    },
    {
      id: 'G0SEC',
      name: 'security',
      kind: 'private',
      topic: '',
      member: true,
      archived: true,
      appInvited: false,
      unread: 4,
      mentions: 0,
      pins: [],
      bookmarks: [],
    },
    {
      id: 'D0APP',
      name: 'Steady',
      kind: 'dm',
      topic: '',
      member: true,
      archived: false,
      appInvited: true,
      unread: 1,
      mentions: 0,
      pins: [],
      bookmarks: [],
    },
    {
      id: 'D0KAI',
      name: 'Kai',
      kind: 'dm',
      topic: '',
      member: true,
      archived: false,
      appInvited: false,
      unread: 0,
      mentions: 0,
      pins: [],
      bookmarks: [],
    },
  ],
  messages: {
    C0INC: INCIDENT,
    C0GEN: [],
    D0APP: [message(5, 'U0BOT', 'INC-42: an update is due at 15:01.')],
    D0KAI: [message(90, KAI.id, 'Coffee after this?')],
  },
  home: {
    blocks: [
      { type: 'header', block_id: 'h', text: { type: 'plain_text', text: 'Open incidents' } },
      ...statusCard,
      { type: 'divider', block_id: 'd' },
      { type: 'section', block_id: 'w', text: { type: 'mrkdwn', text: '*Waiting for you*\nNothing.' } },
    ],
  },
  modals: [],
  canvases: [],
  notifications: [
    {
      at: NOW - 180_000,
      to: LEA.id,
      from: 'U0BOT',
      conversation: 'C0INC',
      ts: ts(3),
      text: `<@${LEA.id}> INC-42: the channel was promised an update by now.`,
      why: 'mention',
      heldBack: false,
    },
    {
      at: NOW - 181_000,
      to: MARA.id,
      from: 'U0BOT',
      conversation: 'C0INC',
      ts: ts(3),
      text: 'overdue by 15 minutes; Lea has not answered',
      why: 'thread',
      heldBack: true,
    },
    {
      at: NOW - 300_000,
      to: LEA.id,
      from: 'U0BOT',
      conversation: 'D0APP',
      ts: ts(5),
      text: 'INC-42: an update is due at 15:01.',
      why: 'dm',
      heldBack: false,
    },
  ],
  suggestions: [
    '@Steady declare P1 checkout returns 500s',
    '@Steady prom rate(http_requests_total[5m])',
    '@Steady help',
  ],
  slashCommands: [
    { command: '/steady', description: 'Ask Steady', usageHint: '[declare|update|status|help]' },
  ],
  shortcuts: [
    { callbackId: 'declare', name: 'Declare incident', type: 'global' },
    { callbackId: 'declare_from', name: 'Declare incident', type: 'message' },
    { callbackId: 'note', name: 'Add to timeline', type: 'message' },
  ],
};

/** A modal with every element that can hold a value. */
export const MODAL = {
  id: 'V1',
  hash: 'h1',
  title: 'Declare incident',
  submit: 'Declare',
  close: 'Not now',
  blocks: everyInput,
  notifyOnClose: true,
} as const;

/** A workspace on its first morning: nothing said, nobody pinged. */
export const EMPTY: PageState = {
  ...CANNED,
  conversations: CANNED.conversations.filter((one) => one.id === 'C0GEN' || one.id === 'D0APP'),
  messages: { C0GEN: [], D0APP: [] },
  notifications: [],
};
