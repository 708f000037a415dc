import { correctEntryModal } from '../../../blocks/modals/correct-entry.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Shelved } from '../../domain/knowledge/shelf.ts';
import { entryNamed } from '../../flows/knowledge/recall.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { metaOf, openModal } from '../forms/open-modal.ts';
import { correctEntry } from '../knowledge/correct-entry.ts';
import { namedEntry } from '../knowledge/named-entry.ts';

async function correct(call: Call): Promise<Said> {
  const { one, worked } = await read(call);
  if (worked !== '') return correctEntry(call, one, worked);
  if (call.request.trigger === undefined)
    throw new RuleViolation('correction-needed', `What did work? \`correct ${one.entry.key}: …\`.`);
  return openModal(call, correctEntryModal(one, metaOf(call, { about: one.entry.key.slice(0, 1_000) })));
}

/** A key may hold colons itself: the longest that is known is meant. */
async function read(call: Call): Promise<{ readonly one: Shelved; readonly worked: string }> {
  const { bot, request, text } = call;
  const ends = [text.length, ...[...text.matchAll(/:/g)].map(({ index }) => index).toReversed()];
  for (const end of ends.slice(0, KEYS_TRIED)) {
    const one = await entryNamed(bot.world, request.team, request.by, text.slice(0, end));
    if (one) return { one, worked: text.slice(end + 1).trim() };
  }
  return { one: await namedEntry(call, text.split(':')[0] ?? ''), worked: '' };
}

const KEYS_TRIED = 6;

export const CORRECT: CommandRow = {
  name: 'correct',
  also: [],
  group: 'know',
  usage: 'correct <key>: <what did work>',
  summary: 'What you say counts from now on; what did not work is kept below it.',
  examples: ['correct checkout: the pool holds 80'],
  options: [],
  target: 'none',
  run: correct,
};
