import type { App } from '@slack/bolt';
import type { MessageRef } from '../../domain/incident.ts';
import { isOpen } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { IncidentRef } from '../../storage/store.ts';
import type { Bot } from '../bot.ts';
import { SlackRefusal } from '../outbound/contract.ts';
import { textOfMessage } from '../words/message-text.ts';
import { readText } from '../words/read-text.ts';

/** 📌 and pins put a message on the timeline; it goes when the last mark goes, and follows edits and deletions. */
export function listenForTimeline(app: App, bot: Bot): void {
  app.event('reaction_added', async ({ event, body }) => {
    if (event.item.type !== 'message' || event.reaction !== bot.rules.emoji) return;
    await add(
      bot,
      body.team_id ?? '',
      { channel: event.item.channel, ts: event.item.ts },
      event.user,
      'reaction',
    );
  });
  app.event('reaction_removed', async ({ event, body }) => {
    if (event.item.type !== 'message' || event.reaction !== bot.rules.emoji) return;
    await removeIfUnmarked(
      bot,
      body.team_id ?? '',
      { channel: event.item.channel, ts: event.item.ts },
      event.user,
    );
  });
  app.event('pin_added', async ({ event, body }) => {
    const message = pinned(event);
    if (message) await add(bot, body.team_id ?? '', message, event.user, 'pin');
  });
  app.event('pin_removed', async ({ event, body }) => {
    const message = pinned(event);
    if (message) await removeIfUnmarked(bot, body.team_id ?? '', message, event.user);
  });
  app.event('message', async ({ event, body }) => {
    if (event.subtype === 'message_deleted') {
      const { channel, deleted_ts: ts } = event;
      const found = await entryHolder(bot, body.team_id ?? '', { channel, ts });
      if (found)
        await act(
          bot.world,
          found,
          { type: 'remove-entry', message: { channel, ts }, why: 'deleted' },
          { by: 'steady' },
        );
    }
    if (event.subtype === 'message_changed') {
      const changed = event as unknown as {
        channel: string;
        message: { ts: string; user?: string; text?: string; blocks?: unknown[] };
      };
      const message = { channel: changed.channel, ts: changed.message.ts };
      const found = await entryHolder(bot, body.team_id ?? '', message);
      const { value: text } = bot.redactor.redactLeaves(readText(changed.message));
      if (found)
        await act(
          bot.world,
          found,
          { type: 'edit-entry', message, text },
          { by: changed.message.user ?? 'steady' },
        );
    }
  });
}

function pinned(event: unknown): MessageRef | undefined {
  const item = (
    event as { item?: { type?: string; channel?: string; message?: { ts?: string } }; channel_id?: string }
  ).item;
  const channel = item?.channel ?? (event as { channel_id?: string }).channel_id;
  const ts = item?.message?.ts;
  return item?.type === 'message' && channel !== undefined && ts !== undefined ? { channel, ts } : undefined;
}

/** The incident of the message's channel: the open one, else the latest, as people still sort out what happened. */
async function holderOf(bot: Bot, team: string, channel: string): Promise<IncidentRef | undefined> {
  const here = await bot.world.store.inChannel(team, channel);
  return here?.ref;
}

async function entryHolder(bot: Bot, team: string, message: MessageRef): Promise<IncidentRef | undefined> {
  const ref = await holderOf(bot, team, message.channel);
  const incident = ref && (await findIncident(bot.world.store, ref));
  return incident?.entries.some((one) => one.message.ts === message.ts) ? ref : undefined;
}

/** Adds a message with its own time and link, and answers with ✅ on it. */
export async function add(
  bot: Bot,
  team: string,
  message: MessageRef,
  by: string,
  how: 'reaction' | 'pin' | 'shortcut',
  edited?: string,
  into?: IncidentRef,
): Promise<boolean> {
  const ref = into ?? (await holderOf(bot, team, message.channel));
  if (!ref) return false;
  const seen = await bot.looks.message({ channel: message.channel, ts: message.ts });
  if (!seen || seen.user === bot.rules.botUserId) return false;
  const permalink = await bot.looks.permalink({ channel: message.channel, ts: message.ts });
  const { value: text } = bot.redactor.redactLeaves(edited ?? textOfMessage(seen));
  const entry = { channel: message.channel, ts: message.ts, ...(permalink !== undefined && { permalink }) };
  const { after } = await act(
    bot.world,
    ref,
    {
      type: 'add-entry',
      message: entry,
      text,
      author: seen.user ?? by,
      writtenAt: Math.round(Number(message.ts) * 1000),
      how,
    },
    { by },
  );
  await mark(bot, message, 'react');
  await bot.sent();
  return isOpen(after) || after.entries.length > 0;
}

async function removeIfUnmarked(bot: Bot, team: string, message: MessageRef, by: string): Promise<void> {
  const found = await entryHolder(bot, team, message);
  if (!found) return;
  const seen = await bot.looks.message({ channel: message.channel, ts: message.ts });
  const people =
    seen?.reactions
      .find((one) => one.name === bot.rules.emoji)
      ?.users.filter((one) => one !== bot.rules.botUserId) ?? [];
  if (seen?.pinned || people.length > 0) return;
  await act(bot.world, found, { type: 'remove-entry', message, why: 'unmarked' }, { by });
  await mark(bot, message, 'unreact');
  await bot.sent();
}

/** The ✅ is a courtesy: where Slack refuses it, the timeline has the entry all the same. */
async function mark(bot: Bot, message: MessageRef, how: 'react' | 'unreact'): Promise<void> {
  try {
    await bot.door[how]({ channel: message.channel, ts: message.ts }, bot.rules.recordedEmoji);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    bot.log('warn', 'mark', { method: error.method, reason: error.reason });
  }
}
