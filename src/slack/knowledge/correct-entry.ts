import { rememberedMessage } from '../../../blocks/knowledge/knowledge.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { standing } from '../../domain/knowledge/corrected.ts';
import { isPersonal, orgShelf, SHIPPED, type Shelved } from '../../domain/knowledge/shelf.ts';
import { remember } from '../../flows/knowledge/remember.ts';
import type { Org } from '../../flows/ports.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { shareable } from './shareable.ts';

/**
 * Records what worked in place of what an entry says: on its own shelf, and of what ships on the team's, else on one's own. Where
 * everybody will see it and a private incident taught it, the person confirms that first.
 */
export async function correctEntry(asked: Asked, one: Shelved, typed: string): Promise<Said> {
  const { bot, request } = asked;
  const org = orgOf(asked, one);
  const worked = org ? await shareable(asked, typed, `correct ${one.entry.key}:`) : typed;
  if (worked.trim() === '')
    throw new RuleViolation('correction-needed', `What did work? \`correct ${one.entry.key}: …\`.`);
  // A click that comes twice, or again after a crash, finds it corrected.
  if (standing(one.entry) === worked.trim())
    return { kind: 'private', message: rememberedMessage(one, undefined, await readingOf(asked)) };
  const saved = await remember(bot.world, {
    team: request.team,
    by: request.by,
    kind: one.kind,
    text: worked,
    correcting: one.entry,
    ...(org && { org }),
    ...(request.resumed && { resumedFrom: request.at }),
  });
  const message = rememberedMessage(saved, org?.repository?.state().why, await readingOf(asked));
  return { kind: org && request.kind === 'mention' ? 'thread' : 'private', message };
}

/** Whose the correction is: undefined for the person alone. */
function orgOf({ bot }: Asked, { shelf }: Shelved): Org | undefined {
  const orgs = bot.world.knowledge?.orgs ?? [];
  if (isPersonal(shelf)) return undefined;
  return shelf === SHIPPED ? orgs[0] : orgs.find(({ name }) => orgShelf(name) === shelf);
}
