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
  /** Heading under which it stands: `Talk to the channel`. */
  readonly group?: string;
  readonly synonyms?: readonly string[];
  /** Whole commands to copy. */
  readonly examples?: readonly string[];
}

const NO_GROUP = 'Commands';

/** Other words and examples of one command. */
const LISTED = 40;

/** Every command, by group, in the order of the table. */
export function helpMessage(rows: readonly HelpRow[], reading: Reading): Message {
  const groups = [...new Set(rows.map((row) => row.group ?? NO_GROUP))];
  return message('What Steady understands', [
    lines([
      section(
        'Begin with ',
        bold('@Steady'),
        ' or ',
        code('/steady'),
        '. In a thread Slack blocks ',
        code('/steady'),
        '; the mention works there.',
      ),
    ]),
    ...groups.flatMap((name) => [
      lines([section(bold(name))]),
      ...rowsOf(
        rows.filter((row) => (row.group ?? NO_GROUP) === name),
        reading,
      ),
    ]),
    lines([section(code('help update'), ' says more about one of them.')]),
  ]);
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
function rowsOf(rows: readonly HelpRow[], reading: Reading): Block[] {
  const items = rows.map((row) =>
    section(code(shorten(row.usage, 200)), '  ', ...notation(shorten(row.does, 400), reading)),
  );
  return group(items, weight, { weight: MESSAGE_BUDGET / 2, pieces: 60 }).map((some) => bullets(some));
}

function listed(texts: readonly string[]): Inline[] {
  const shown = texts.slice(0, LISTED);
  const said = shown.flatMap((one, index) => [...(index > 0 ? [ours(', ')] : []), code(shorten(one, 100))]);
  return texts.length > LISTED ? [...said, ours(` and ${texts.length - LISTED} more`)] : said;
}
