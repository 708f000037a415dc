import type { App } from '@slack/bolt';
import { answer } from '../answer.ts';
import type { Bot } from '../bot.ts';
import type { CommandRow } from '../command-row.ts';
import type { Request } from '../request.ts';
import { askWhetherStillMeant, isStale } from '../stale.ts';
import { decode } from '../words/read-text.ts';
import { askedAt } from './asked-at.ts';

/** `/steady …`: private by nature; what the channel must see is a post of its own. */
export function listenForSlash(app: App, bot: Bot, table: readonly CommandRow[]): void {
  app.command('/steady', async ({ command, ack, context }) => {
    await ack();
    const text = decode(command.text ?? '');
    const request: Request = {
      kind: 'slash',
      key: `slash/${command.trigger_id}`,
      team: command.team_id,
      byTeam: command.team_id,
      by: command.user_id,
      channel: command.channel_id,
      direct: command.channel_id.startsWith('D'),
      ...askedAt(bot, context),
      trigger: command.trigger_id,
      responseUrl: command.response_url,
    };
    if (request.resumed && isStale(bot, request)) return askWhetherStillMeant(bot, request, text);
    await answer({ bot, request }, text, table);
  });
}
