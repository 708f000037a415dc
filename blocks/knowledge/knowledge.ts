import { summaryOf } from '../../src/domain/knowledge/entry.ts';
import type { Match } from '../../src/domain/knowledge/find.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import { ACTIONS, numbered } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, count, cut, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { bullets, lines, preformatted, section, small } from '../rich.ts';
import { bold, code, notation, ours, plain, words } from '../text.ts';
import { tierName } from './tier-name.ts';
import { usesOf } from './uses.ts';

/** Characters of a body that are shown with a find; the rest is one command away. */
const BODY_SHOWN = 600;
const SNIPPET_SHOWN = 800;
const UNREAD_SHOWN = 5;

/** A tier that is shown as it last was. */
export interface UnreadTier {
  readonly shelf: string;
  readonly why: string;
}

/** What was found; `more` is how many match besides. */
interface Recalled {
  readonly matches: readonly Match[];
  readonly more: number;
  readonly unread: readonly UnreadTier[];
}

/** What is known about some words: the best first, each with its tier and why it matches. */
export function recalled(
  asked: string,
  { matches, more, unread }: Recalled,
  reading: Reading,
  usedIn: (one: Shelved) => readonly number[] = () => [],
): Message {
  const said = brief(asked, 80);
  if (matches.length === 0)
    return message(plainNotification(`Nothing known about ${said}`), [
      lines([
        section('Nothing is known about ', code(said), '. ', code('remember …'), ' keeps what you find out.'),
      ]),
      ...unreadLine(unread),
    ]);
  return message(
    plainNotification(`Known about ${said}: ${matches.map(({ one }) => one.entry.key).join(', ')}`),
    [
      lines([
        section(
          bold(some(matches.length, 'entry', 'entries')),
          ' about ',
          code(said),
          ...(more === 0 ? [] : [`, the best of ${matches.length + more} or more; another word narrows it`]),
        ),
      ]),
      ...matches.flatMap((match) => found(match, usedIn(match.one), reading)),
      ...unreadLine(unread),
      actions(
        ...matches
          .filter(({ one }) => one.shelf !== 'shipped')
          .slice(0, 4)
          .map(({ one }, index) =>
            button(
              numbered(ACTIONS.say, index),
              `Helped: ${brief(one.entry.key, 40)}`,
              `helped ${brief(one.entry.key, 200)}`,
            ),
          ),
      ),
    ].filter((block) => block.type !== 'actions' || block.elements.length > 0),
  );
}

function found({ one, why }: Match, usedIn: readonly number[], reading: Reading): Block[] {
  const { entry } = one;
  const [prose, snippet] = firstSnippet(entry.body);
  const { shown, rest } = cut(prose.trim(), BODY_SHOWN);
  return [
    lines([
      section(bold(brief(entry.key, 120)), plain(`  ${one.kind} · ${tierName(one.shelf)}`, { italic: true })),
      section(
        ...words(shown, reading),
        ...(rest > 0 ? [ours(` … ${count(rest)} characters more`, { italic: true })] : []),
      ),
    ]),
    ...(snippet === undefined ? [] : [preformatted(cut(snippet, SNIPPET_SHOWN).shown)]),
    small([`matches ${why.slice(0, 6).join(', ')}`, ...usesOf(one, usedIn)].join(' · ')),
  ];
}

/** The text without its markup, and the first block of code: that is what somebody wants to copy. */
function firstSnippet(body: string): readonly [prose: string, snippet?: string] {
  const block = /^(```|~~~~)\w*\n([\s\S]*?)\n\1$/m.exec(body);
  const prose = body
    .replace(/^(```|~~~~)\w*\n[\s\S]*?\n\1$/gm, '')
    .replace(/\n\s*\n+/g, '\n')
    // A heading whose block of code went with it says nothing.
    .replace(/^\*\*[^*\n]+\*\*\n(?=\*\*)/gm, '')
    .replaceAll('**', '')
    .replace(/^[-*] /gm, '• ');
  return block?.[2] === undefined ? [prose] : [prose, block[2]];
}

/** Tiers that are shown as they last were, each named, with what tries again. */
export function unreadLine(unread: readonly UnreadTier[]): Block[] {
  if (unread.length === 0) return [];
  const rest = unread.slice(UNREAD_SHOWN).map(({ shelf }) => tierName(shelf));
  return [
    lines([
      ...unread
        .slice(0, UNREAD_SHOWN)
        .map(({ shelf, why }) =>
          section(
            ours('Not up to date: ', { bold: true }),
            plain(`${tierName(shelf)}, ${brief(why, 200)} `),
            code('kb sync'),
          ),
        ),
      ...(rest.length === 0 ? [] : [section(ours('Nor are ', { bold: true }), plain(rest.join(', ')))]),
    ]),
  ];
}

/** Everything of a kind, one line each; more than fits goes whole into a file, never cut silently. */
export function knowledgeList(kind: string, all: readonly Shelved[], unread: readonly UnreadTier[]): Message {
  if (all.length === 0)
    return message(`No ${kind} yet`, [
      lines([
        section(
          `No ${kind} yet. `,
          code('remember …'),
          ' saves one for you, ',
          code('save for the team …'),
          ' for everyone.',
        ),
      ]),
      ...unreadLine(unread),
    ]);
  const head = some(
    all.length,
    kind.replace(/(?:ie)?s$/, (end) => (end === 'ies' ? 'y' : '')),
    kind,
  );
  const rows = all.map((one) =>
    section(
      bold(brief(one.entry.key, 80)),
      plain(`  ${tierName(one.shelf)}${one.entry.pinned ? ' · pinned' : ''}  `, { italic: true }),
      plain(brief(summaryOf(one.entry), 100)),
    ),
  );
  const shown = rows.slice(0, SHOWN);
  const file: TextFile = {
    name: `kb-${kind}.txt`,
    title: `All ${kind}`,
    text: all.map((one) => `${one.entry.key}  [${tierName(one.shelf)}]\n${one.entry.body}\n`).join('\n'),
  };
  const whole = rows.length <= SHOWN;
  return message(
    plainNotification(`${head} known`),
    [
      lines([
        section(
          bold(`${head}`),
          ...(whole ? [] : [ours(`, the first ${SHOWN} here and all of them in kb-${kind}.txt`)]),
        ),
      ]),
      bullets(shown),
      ...unreadLine(unread),
    ],
    whole ? [] : [file],
  );
}

const SHOWN = 30;

/** Saved, with the way back and the way further; `share` says it for everyone, and its label who that is. */
export function rememberedMessage(
  one: Shelved,
  unpushed: string | undefined,
  reading: Reading,
  share?: { readonly label: string; readonly command: string },
): Message {
  const where = tierName(one.shelf);
  const key = brief(one.entry.key, 150);
  const mine = one.shelf.startsWith('personal/');
  return message(plainNotification(`Saved for ${mine ? 'you' : where}: ${key}`), [
    lines([
      section('Saved for ', bold(mine ? 'you' : where), ` in ${one.kind}: `, code(key)),
      ...(unpushed === undefined
        ? []
        : [
            section(
              ours('Kept here, not pushed yet: ', { bold: true }),
              ...notation(brief(unpushed, 200), reading),
            ),
          ]),
    ]),
    actions(
      button(numbered(ACTIONS.say, 0), 'Undo', `forget ${key}`),
      button(numbered(ACTIONS.say, 1), 'Pin', `pin ${key}`),
      ...(share === undefined ? [] : [button(numbered(ACTIONS.say, 2), share.label, share.command)]),
    ),
  ]);
}

/** Gone, with the way back. */
export function forgottenMessage(one: Shelved): Message {
  const key = brief(one.entry.key, 150);
  return message(plainNotification(`Forgotten: ${key}`), [
    lines([section('Forgotten: ', code(key), plain(` (${tierName(one.shelf)})`))]),
    actions(button(numbered(ACTIONS.say, 0), 'Take it back', 'kb undo')),
  ]);
}
