import { standing } from '../../src/domain/knowledge/corrected.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief, shorten } from '../fit.ts';
import { tierName } from '../knowledge/tier-name.ts';
import { withoutMarkup } from '../knowledge/without-markup.ts';
import type { View } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, plain } from '../text.ts';
import { plainText, type Submitted, textInput, typed } from './fields.ts';

/** What did work, in place of what an entry says; who will see it is said first. */
export function correctEntryModal(one: Shelved, meta: Meta): View {
  const { entry, shelf } = one;
  const seen =
    shelf === 'shipped'
      ? 'It ships with Steady: your correction is shown in its place.'
      : `Seen by whoever sees ${tierName(shelf)}.`;
  return {
    type: 'modal',
    callback_id: CALLBACKS.correctEntry,
    title: plainText('Correct'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      lines([
        section(bold(brief(entry.key, 150)), plain(`  ${one.kind} · ${tierName(shelf)}`, { italic: true })),
        section(plain(shorten(withoutMarkup(standing(entry)) || ' ', 300))),
      ]),
      textInput(INPUTS.words, 'What did work?', {
        multiline: true,
        required: true,
        hint: `${seen} What stands there now is kept below it as what did not work`.slice(0, 150),
      }),
    ],
  };
}

export function readCorrectEntry(values: Submitted): string {
  return typed(values, INPUTS.words)?.trim() ?? '';
}
