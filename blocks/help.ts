import { message } from './fit.ts';
import type { Message, Reading } from './message.ts';
import { bullets, lines, section } from './rich.ts';
import { bold, code, notation, ours } from './text.ts';

/** A row of the command table, as help shows it. Its sentences may use RuleViolation's notation. */
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

/** Every command, by group, in the order of the table. */
export function helpMessage(rows: readonly HelpRow[], reading: Reading): Message {
  const groups = [...new Set(rows.map((row) => row.group ?? 'Commands'))];
  return message('What Steady understands', [
    lines([
      section(
        'Say these after ',
        bold('@Steady'),
        ' or ',
        code('/steady'),
        '. In a thread, Slack blocks ',
        code('/steady'),
        ': use the mention there.',
      ),
    ]),
    ...groups.flatMap((group) => [
      lines([section(bold(group))]),
      bullets(
        rows
          .filter((row) => (row.group ?? 'Commands') === group)
          .map((row) => section(code(row.usage), '  ', ...notation(row.does, reading))),
      ),
    ]),
    lines([section(code('help <command>'), ' says more about one.')]),
  ]);
}

/** One command: how, what, other words for it, examples. */
export function helpFor(row: HelpRow, reading: Reading): Message {
  const { synonyms = [], examples = [] } = row;
  return message(`help ${row.name}`.replace(/[<>&]/g, ''), [
    lines([
      section(code(row.usage)),
      section(...notation(row.does, reading)),
      ...(synonyms.length > 0
        ? [section('Also: ', ...synonyms.flatMap((one, i) => [...(i > 0 ? [ours(', ')] : []), code(one)]))]
        : []),
      ...examples.map((one) => section('For example ', code(one))),
    ]),
  ]);
}
