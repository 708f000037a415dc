import type { Json } from '../../storage/store.ts';

/** The parts of a Slack delivery that decide what it is; everything else is passed on untouched. */
export interface Body {
  readonly type?: unknown;
  readonly team_id?: unknown;
  readonly event_id?: unknown;
  readonly event?: Record<string, unknown>;
  readonly [key: string]: unknown;
}

export interface Known {
  readonly key: string;
  readonly team: string;
  readonly kind: 'mention' | 'dm' | 'edit' | 'event' | 'click' | 'submit' | 'close' | 'slash' | 'shortcut';
}

/** Events that change nothing when they come twice, and are not worth a row. */
const UNRECORDED: ReadonlySet<string> = new Set(['app_home_opened']);

/**
 * What identifies a delivery across retries, sockets and processes: messages and mentions by channel and ts, reactions, pins and
 * edits by event id, clicks by action_ts, commands and shortcuts by trigger id. Undefined for what Steady has no use for; that
 * is dropped before anything is stored.
 */
export function identify(
  body: Body,
  me: { readonly botUserId: string; readonly emoji: string; readonly readMessages: boolean },
): Known | 'pass' | undefined {
  const team = text(body.team_id) ?? text(record(body.team)?.id) ?? text(record(body.user)?.team_id) ?? '';
  if (body.type === 'event_callback') return event(body, team, me);
  const trigger = text(body.trigger_id);
  switch (body.type) {
    case 'block_actions': {
      const actions = body.actions;
      const action = Array.isArray(actions) ? record(actions[0]) : undefined;
      const at = text(action?.action_ts) ?? trigger;
      return at === undefined
        ? undefined
        : { key: `click/${text(record(body.user)?.id)}/${at}`, team, kind: 'click' };
    }
    case 'message_action':
    case 'shortcut':
      return { key: `shortcut/${trigger ?? text(body.action_ts)}`, team, kind: 'shortcut' };
    case 'view_submission':
    case 'view_closed': {
      // A view may be submitted several times (after errors), so its hash goes along; closing happens once.
      const view = record(body.view);
      const kind = body.type === 'view_closed' ? 'close' : 'submit';
      return { key: `${kind}/${text(view?.id)}/${trigger ?? text(view?.hash)}`, team, kind };
    }
    default:
      return text(body.command) === undefined ? undefined : { key: `slash/${trigger}`, team, kind: 'slash' };
  }
}

function event(
  body: Body,
  team: string,
  me: { readonly botUserId: string; readonly emoji: string; readonly readMessages: boolean },
): Known | 'pass' | undefined {
  const inner = body.event ?? {};
  const type = text(inner.type) ?? '';
  const id = text(body.event_id) ?? '';
  if (UNRECORDED.has(type)) return 'pass';
  const once: Known = { key: `event/${id}`, team, kind: 'event' };
  const mine = text(inner.user) === me.botUserId || inner.bot_id !== undefined;
  switch (type) {
    case 'app_mention':
      return mine
        ? undefined
        : { key: `message/${text(inner.channel)}/${text(inner.ts)}`, team, kind: 'mention' };
    case 'message':
      return message(inner, team, once, me);
    case 'reaction_added':
    case 'reaction_removed':
      return mine || text(inner.reaction) !== me.emoji ? undefined : once;
    case 'pin_added':
    case 'pin_removed':
      return mine ? undefined : once;
    case 'member_joined_channel':
      return once;
    default:
      return once;
  }
}

function message(
  inner: Record<string, unknown>,
  team: string,
  once: Known,
  me: { readonly botUserId: string; readonly readMessages: boolean },
): Known | undefined {
  const subtype = text(inner.subtype);
  if (subtype === 'message_changed' || subtype === 'message_deleted') {
    const changed = record(inner.message) ?? record(inner.previous_message) ?? {};
    const before = record(inner.previous_message) ?? {};
    const mine = [changed, before].some((one) => text(one.user) === me.botUserId || one.bot_id !== undefined);
    // Slack also sends message_changed when it unfurls a link; the text is the same then.
    const same = subtype === 'message_changed' && changed.text === before.text && before.text !== undefined;
    return mine || same || !me.readMessages ? undefined : { ...once, kind: 'edit' };
  }
  if (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast') return undefined;
  if (inner.bot_id !== undefined || text(inner.user) === me.botUserId) return undefined;
  if (inner.channel_type !== 'im') return undefined;
  return { key: `message/${text(inner.channel)}/${text(inner.ts)}`, team, kind: 'dm' };
}

/** Short-lived secrets and bulk that a stored delivery does not need. */
export function storable(body: Body): Json {
  const { response_url: _url, token: _token, authorizations: _who, response_urls: _urls, ...rest } = body;
  return rest as unknown as Json;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
