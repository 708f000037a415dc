import type { App } from '@slack/bolt';
import { answer } from '../answer.ts';
import type { Bot } from '../bot.ts';
import type { CommandRow } from '../command-row.ts';
import { askWhetherStillMeant, isStale } from '../stale.ts';
import { readText } from '../words/read-text.ts';
import { notUnderstoodKey, type Typed, typedOf } from '../words/typed.ts';

/** Mentions in channels and messages to Steady alone; an edit runs once, if the first try was not understood. */
export function listenForMentions(app: App, bot: Bot, table: readonly CommandRow[]): void {
  app.event('app_mention', async ({ event, body, context }) => {
    const typed = typedOf({ ...event, channel_type: 'channel' }, body.team_id ?? '', bot.rules.botUserId);
    if (typed) await heard(bot, table, typed, context.retryReason === 'resumed');
  });

  app.event('message', async ({ event, body, context }) => {
    if (event.subtype === 'message_changed') {
      await edited(bot, table, event as unknown as Edited, body.team_id ?? '');
      return;
    }
    if (event.subtype !== undefined && event.subtype !== 'file_share' && event.subtype !== 'thread_broadcast')
      return;
    if (event.channel_type !== 'im') return;
    const typed = typedOf(
      event as unknown as Parameters<typeof typedOf>[0],
      body.team_id ?? '',
      bot.rules.botUserId,
    );
    if (typed) await heard(bot, table, typed, context.retryReason === 'resumed');
  });
}

async function heard(
  bot: Bot,
  table: readonly CommandRow[],
  { request, text }: Typed,
  resumed: boolean,
): Promise<void> {
  if (resumed && isStale(bot, request)) return askWhetherStillMeant(bot, request, text);
  const asked = { bot, request: { ...request, ...(resumed && { resumed }) } };
  const outcome = await answer(asked, text, table);
  if (outcome === 'unknown') await bot.world.store.remember(request.team, notUnderstoodKey(request), text);
}

interface Edited {
  readonly channel: string;
  readonly channel_type?: string;
  readonly message: {
    readonly user?: string;
    readonly ts: string;
    readonly thread_ts?: string;
    readonly text?: string;
    readonly blocks?: readonly unknown[];
    readonly team?: string;
  };
}

async function edited(bot: Bot, table: readonly CommandRow[], event: Edited, team: string): Promise<void> {
  const { message, channel } = event;
  const key = notUnderstoodKey({ channel, ts: message.ts });
  if ((await bot.world.store.recall(team, key)) == null) return;
  const typed = typedOf(
    { ...message, channel, ...(event.channel_type !== undefined && { channel_type: event.channel_type }) },
    team,
    bot.rules.botUserId,
  );
  if (!typed || readText(message).trim() === '') return;
  await bot.world.store.remember(team, key, null);
  await heard(
    bot,
    table,
    { ...typed, request: { ...typed.request, key: `${typed.request.key}/edit` } },
    false,
  );
}
