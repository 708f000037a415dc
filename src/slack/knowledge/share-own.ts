import { rememberedMessage } from '../../../blocks/knowledge/knowledge.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { privatelySaidAt } from '../../domain/knowledge/said-at.ts';
import { personalShelf, type Shelved } from '../../domain/knowledge/shelf.ts';
import { remember } from '../../flows/knowledge/remember.ts';
import type { Org } from '../../flows/ports.ts';
import { readingOf } from '../call.ts';
import type { Call, Said } from '../command-row.ts';
import { namedEntry } from './named-entry.ts';
import { inPublic } from './org-for.ts';
import { shareable } from './shareable.ts';

/**
 * `mine: <key>`: what somebody keeps for themselves, for everyone. What was said in private is shared by its link, or by its words
 * once they were told who will read them.
 */
export async function shareOwn(call: Call, org: Org, typed: string): Promise<Said> {
  const { bot, request } = call;
  const confirmed = /^confirmed\s/i.test(typed);
  const said = await shareable(call, typed, 'save for the team');
  const own = await ownNamed(call, said.replace(/^mine:\s*/i, ''));
  const { entry, kind } = own;
  const link = privatelySaidAt(entry);
  if (link !== undefined && !confirmed)
    throw new RuleViolation(
      'said-in-private',
      `That was said where not everybody can read. Everyone at ${org.name} will read what you share.`,
      [
        { label: 'Share the link alone', command: `save for the team fact ${link}` },
        { label: 'Share its words', command: `save for the team confirmed mine: ${entry.key}` },
      ],
    );
  const tags = entry.tags.map((tag) => ` #${tag.replace(/[^\p{L}\p{N}_-]/gu, '-')}`).join('');
  const one = await remember(bot.world, {
    team: request.team,
    by: request.by,
    kind,
    text: `${entry.key.replaceAll(':', ' ')}: ${entry.body}${tags}`,
    org,
    ...(request.resumed && { resumedFrom: request.at }),
  });
  return inPublic(call, rememberedMessage(one, org.repository?.state().why, await readingOf(call)));
}

async function ownNamed(call: Call, key: string): Promise<Shelved> {
  const one = await namedEntry(call, key);
  if (one.shelf === personalShelf(call.request.by)) return one;
  throw new RuleViolation('not-yours', `\`${one.entry.key}\` is not yours alone: others see it already.`);
}
