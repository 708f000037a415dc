import { actions, sayButtons } from './controls.ts';
import { group, MESSAGE_BUDGET, message, shorten, weight } from './fit.ts';
import { plainNotification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { bullets, lines, section } from './rich.ts';
import { bold, code, type Inline, notation, ours } from './text.ts';

/** A row of the command table, as help shows it. Sentences may use the notation of `RuleViolation`. */
export interface HelpRow {
  readonly name: string;
  /** `update impact: … doing: …` */
  readonly usage: string;
  /** One sentence. */
  readonly does: string;
  readonly group: HelpGroup;
  /** Its place among the few that help begins with, by its first example. */
  readonly first?: number;
  readonly synonyms?: readonly string[];
  /** Whole commands to copy. */
  readonly examples?: readonly string[];
}

/** What commands are about. */
export interface HelpGroup {
  /** `help talk` shows it. */
  readonly word: string;
  /** `Talk to the channel`. */
  readonly title: string;
}

/** Other words and examples of one command. */
const LISTED = 40;

/** The few commands that carry an incident, then every other by its name: more than that nobody reads at night. */
export function helpMessage(rows: readonly HelpRow[], reading: Reading): Message {
  const groups = groupsOf(rows);
  const few = rows.filter(({ first }) => first !== undefined).sort((a, b) => (a.first ?? 0) - (b.first ?? 0));
  return message('What Steady understands', [
    begin(),
    ...listsOf(few, reading, ({ examples, usage }) => examples?.[0] ?? usage),
    lines(
      groups.map(({ title, word }) =>
        section(
          bold(title),
          '  ',
          ...listed(rows.flatMap(({ group, name }) => (group.word === word ? [name] : []))),
        ),
      ),
    ),
    ...(groups.length === 0
      ? []
      : [
          actions(
            ...sayButtons(groups.map(({ title, word }) => ({ label: title, command: `help ${word}` }))),
          ),
        ]),
    lines([
      section(
        code('help update'),
        ' says more about one of them, ',
        code('help all'),
        ' lists how each is written.',
      ),
    ]),
  ]);
}

/** Every command and how it is written, in the order of the table: of one group, or of all. */
export function helpList(rows: readonly HelpRow[], reading: Reading): Message {
  const groups = groupsOf(rows);
  const [only] = groups;
  return message(plainNotification(only && groups.length === 1 ? `help: ${only.title}` : 'Every command'), [
    ...(groups.length === 1 ? [] : [begin()]),
    ...groups.flatMap(({ title, word }) => [
      lines([section(bold(title))]),
      ...listsOf(
        rows.filter(({ group }) => group.word === word),
        reading,
      ),
    ]),
    lines([section(code('help update'), ' says more about one of them.')]),
  ]);
}

function begin(): Block {
  return lines([
    section(
      'Begin with ',
      bold('@Steady'),
      ' or ',
      code('/steady'),
      '. In a thread Slack blocks ',
      code('/steady'),
      '; the mention works there.',
    ),
  ]);
}

function groupsOf(rows: readonly HelpRow[]): readonly HelpGroup[] {
  return [...new Map(rows.map(({ group }) => [group.word, group])).values()];
}

/** One command in full: how, what for, other words for it, examples. */
export function helpFor(row: HelpRow, reading: Reading): Message {
  const { synonyms: also = [], examples = [] } = row;
  return message(plainNotification(`help ${row.name}: ${row.does}`), [
    lines([
      section(code(shorten(row.usage, 200))),
      section(...notation(shorten(row.does, 400), reading)),
      ...(also.length > 0 ? [section('Also: ', ...listed(also))] : []),
      ...(examples.length > 0 ? [section('For example: ', ...listed(examples))] : []),
    ]),
  ]);
}

/** A group with a great many rows becomes several lists, because one block is never split. */
function listsOf(
  rows: readonly HelpRow[],
  reading: Reading,
  written: (row: HelpRow) => string = ({ usage }) => usage,
): Block[] {
  const items = rows.map((row) =>
    section(code(shorten(written(row), 200)), '  ', ...notation(shorten(row.does, 400), reading)),
  );
  return group(items, weight, { weight: MESSAGE_BUDGET / 2, pieces: 60 }).map((some) => bullets(some));
}

function listed(texts: readonly string[]): Inline[] {
  const shown = texts.slice(0, LISTED);
  const said = shown.flatMap((one, index) => [...(index > 0 ? [ours(', ')] : []), code(shorten(one, 100))]);
  return texts.length > LISTED ? [...said, ours(` and ${texts.length - LISTED} more`)] : said;
}
