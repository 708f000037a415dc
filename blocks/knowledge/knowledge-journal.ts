import type { PersonId } from '../../src/domain/incident.ts';
import { doerOf } from '../../src/domain/knowledge/journal.ts';
import { entriesOf, type KnowledgeFile, textOf } from '../../src/domain/knowledge/read-file.ts';
import { brief, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message, Reading, TextFile } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, code, moment, ours, person, plain } from '../text.ts';
import { type UnreadTier, unreadLine } from './knowledge.ts';
import { tierName } from './tier-name.ts';

const SHOWN = 25;

/** A month of one tier's journal. */
export interface JournalTier {
  readonly shelf: string;
  readonly file: KnowledgeFile;
}

/** Who did what that a journal tells, so that names can be looked up before it is drawn. */
export function peopleIn(tiers: readonly JournalTier[]): readonly PersonId[] {
  return tiers.flatMap(({ file }) => entriesOf(file).flatMap((entry) => doerOf(entry) ?? []));
}

/** What happened to knowledge in a month, newest first; what is not shown here is whole in a file for each tier. */
export function journalMessage(
  month: string,
  tiers: readonly JournalTier[],
  unread: readonly UnreadTier[],
  reading: Reading,
): Message {
  const notes = tiers
    .flatMap(({ shelf, file }) => entriesOf(file).map((entry) => ({ shelf, entry })))
    .sort((a, b) => b.entry.at - a.entry.at);
  if (tiers.length === 0)
    return message(plainNotification('The journal is empty'), [
      lines([
        section(
          'Nothing was saved, forgotten or tidied up yet. ',
          code('remember …'),
          ' begins the journal.',
        ),
      ]),
      ...unreadLine(unread),
    ]);
  const head = `Journal of ${month}: ${some(notes.length, 'entry', 'entries')}`;
  const whole = notes.length <= SHOWN && tiers.every(({ file }) => saysNoMore(file));
  const files = tiers.map(
    ({ shelf, file }): TextFile => ({
      name: `journal-${month}-${tierName(shelf)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')}.md`,
      title: `Journal of ${month}, ${tierName(shelf)}`,
      text: textOf(file),
    }),
  );
  return message(
    plainNotification(head),
    [
      lines([
        section(
          bold(head),
          ...(whole
            ? []
            : [
                ours(
                  `${notes.length > SHOWN ? `, the newest ${SHOWN} here and` : ','} everything in the file`,
                ),
              ]),
        ),
      ]),
      ...(notes.length === 0
        ? []
        : [
            bullets(
              notes.slice(0, SHOWN).map(({ shelf, entry }) => {
                const by = doerOf(entry);
                return section(
                  moment(entry.at, reading),
                  plain(`  ${tierName(shelf)}  `, { italic: true }),
                  plain(brief(entry.key, 120)),
                  ...(by === undefined ? [] : [' · ', person(by, reading)]),
                );
              }),
            ),
          ]),
      ...unreadLine(unread),
    ],
    whole ? [] : files,
  );
}

/** A title and notes of one line: all that a list shows. */
function saysNoMore({ pieces }: KnowledgeFile): boolean {
  return pieces.every((piece, index) =>
    piece.kind === 'entry'
      ? /^[A-Z][a-z ]{1,20}(?: by [UW][A-Z0-9]{1,30})?\.$/.test(piece.entry.body)
      : index === 0 && /^(?:# [^\n]{0,80})?\s*$/.test(piece.raw),
  );
}
