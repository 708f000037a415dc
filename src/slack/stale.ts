import { refusal } from '../../blocks/notice.ts';
import { privately } from './answer.ts';
import type { Bot } from './bot.ts';
import { readingOf } from './call.ts';
import { STILL_MEANT } from './intake/intake.ts';
import type { Request } from './request.ts';

export function isStale(bot: Bot, request: Request): boolean {
  return bot.world.clock.now() - request.at > STILL_MEANT;
}

/** Steady was away when this was clicked, and what was there to click may mean something else by now. */
export async function askToClickAgain(bot: Bot, request: Request): Promise<void> {
  const sentence =
    'I was restarted before I could do what you clicked. Click once more if it is still wanted.';
  await privately({ bot, request }, refusal(sentence, [], await readingOf({ bot, request })));
}

/** Steady was away when this was asked: the person says whether it is still meant. */
export async function askWhetherStillMeant(bot: Bot, request: Request, text: string): Promise<void> {
  const shown = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  const question = `I was restarted before I could do this: \`${shown.replaceAll('`', "'")}\`. Still wanted?`;
  await privately(
    { bot, request },
    refusal(question, [{ label: 'Do it now', command: text }], await readingOf({ bot, request })),
  );
}
