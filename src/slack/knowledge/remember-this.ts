import type { Meta } from '../../../blocks/action-ids.ts';
import { rememberedMessage } from '../../../blocks/knowledge/knowledge.ts';
import { rememberModal } from '../../../blocks/modals/remember.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Kind } from '../../domain/knowledge/entry.ts';
import { saidAt } from '../../domain/knowledge/said-at.ts';
import { remember } from '../../flows/knowledge/remember.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { metaOf, openModal } from '../forms/open-modal.ts';
import { textOfMessage } from '../words/message-text.ts';
import { plainNames } from '../words/plain-names.ts';

type SaidMessage = Parameters<typeof textOfMessage>[0];

/** Shows what would be kept, and for whom; nothing is kept before it is sent. */
export async function openRemember(asked: Asked, message: SaidMessage): Promise<Said> {
  const text = await plainNames(asked, textOfMessage(message));
  if (text.trim() === '') throw new RuleViolation('nothing-to-save', 'There is no text in this message.');
  const { channel, ts } = asked.request;
  const meta = metaOf(asked, { ...(channel !== undefined && { channel }), ...(ts !== undefined && { ts }) });
  return openModal(asked, rememberModal(text, await isSecluded(asked, channel), meta));
}

/** Keeps it for whoever sent it, with the message linked, and offers to share it: its audience is said on the button. */
export async function rememberThis(asked: Asked, kind: Kind, text: string, meta: Meta): Promise<Said> {
  const { bot, request } = asked;
  const { channel, ts } = meta;
  const permalink =
    channel === undefined || ts === undefined ? undefined : await bot.looks.permalink({ channel, ts });
  const secluded = await isSecluded(asked, channel);
  const one = await remember(bot.world, {
    team: request.team,
    by: request.by,
    kind,
    text: permalink === undefined ? text : `${text}\n\n${saidAt(permalink, secluded)}`,
    ...(request.resumed && { resumedFrom: request.at }),
  });
  const [org] = bot.world.knowledge?.orgs ?? [];
  const share = org && {
    label: `Share with everyone at ${org.name}`,
    command: `save for the team mine: ${one.entry.key}`,
  };
  return { kind: 'private', message: rememberedMessage(one, undefined, await readingOf(asked), share) };
}

/** Whether not everybody can read there: a private channel, a direct message, or somewhere that Steady cannot look. */
async function isSecluded({ bot }: Asked, channel: string | undefined): Promise<boolean> {
  const seen = channel === undefined ? undefined : await bot.looks.channel(channel);
  return !seen || seen.private || seen.dm;
}
