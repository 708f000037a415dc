import { partsOf } from '../../src/domain/knowledge/body-parts.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, cut, message } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { lines, preformatted, section, small } from '../rich.ts';
import { bold, plain, words } from '../text.ts';
import { tierName } from './tier-name.ts';
import { usesOf } from './uses.ts';
import { withoutMarkup } from './without-markup.ts';

/** Characters of one part that are shown; the whole is in a file then. */
const PART_SHOWN = 2_000;
const PARTS_SHOWN = 16;

/** One entry, whole: what is said, its code, its tier and what it was of use for. */
export function shownEntry(one: Shelved, usedIn: readonly number[], reading: Reading): Message {
  const { entry } = one;
  const key = brief(entry.key, 150);
  const parts = partsOf(entry);
  const shown = parts.slice(0, PARTS_SHOWN).map((part) => {
    const { shown, rest } = cut(part.kind === 'code' ? part.code : part.text, PART_SHOWN);
    return { ...part, shown, whole: rest === 0 };
  });
  const whole = parts.length === shown.length && shown.every((part) => part.whole);
  const file: TextFile = {
    name: 'entry.txt',
    title: key || 'The entry',
    text: `${entry.key}\n\n${entry.body}\n`,
  };
  return message(
    plainNotification(`Known: ${key}`),
    [
      lines([section(bold(key), plain(`  ${one.kind} · ${tierName(one.shelf)}`, { italic: true }))]),
      ...shown.map(
        (part): Block => (part.kind === 'code' ? preformatted(part.shown) : prose(part.shown, reading)),
      ),
      ...(whole ? [] : [small('All of it is in entry.txt')]),
      small(usesOf(one, usedIn).join(' · ') || 'helped nobody yet'),
      actions(...sayButtons(steps(one, key))),
    ].filter((block) => block.type !== 'actions' || block.elements.length > 0),
    whole ? [] : [file],
  );
}

function prose(text: string, reading: Reading): Block {
  return lines([section(...words(withoutMarkup(text) || ' ', reading))]);
}

function steps({ shelf, entry }: Shelved, key: string) {
  const exact = brief(entry.key, 200);
  return [
    { label: `Helped: ${brief(key, 40)}`, command: `helped ${exact}` },
    { label: 'Correct', command: `correct ${exact}` },
    ...(shelf === 'shipped' || entry.pinned ? [] : [{ label: 'Pin', command: `pin ${exact}` }]),
  ];
}
