import type { RichTextSection } from '@slack/types';
import type { Instant } from '../../src/domain/time.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, count, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, code, type Inline, moment, ours, plain } from '../text.ts';

/** What a source is made of, as a backend's `schema` answers it. */
export interface SchemaShown {
  readonly source: string;
  readonly at: Instant;
  readonly fields: readonly {
    readonly name: string;
    readonly type?: string;
    readonly unit?: string;
    readonly description?: string;
    readonly keys?: readonly string[];
  }[];
  readonly truncated?: boolean;
  readonly note?: string;
}

export interface SchemaAsked {
  /** As people name it: `Prometheus prod`. */
  readonly title: string;
  /** What asks for the values of a field, up to its name: `values prom http_requests_total`; its options come after. */
  readonly values?: { readonly before: string; readonly after: string };
}

/** Fields of which each gets a line, keys of one that are named, and values offered as buttons. */
const LINES = 40;
const KEYS = 8;
const OFFERED = 5;

/** The fields of a source, each with its type, unit and meaning; a button for the values of the first few. */
export function schemaCard(schema: SchemaShown, asked: SchemaAsked, reading: Reading): Message {
  const { fields, source } = schema;
  const files: TextFile[] = [];
  const shown = fields.slice(0, LINES);
  if (fields.length > shown.length)
    files.push({
      name: 'fields.txt',
      title: `Fields of ${brief(source, 60)}`,
      text: fields.map(({ name, type = '' }) => `${name}\t${type}`).join('\n'),
    });
  const { values } = asked;
  const buttons = sayButtons(
    values === undefined
      ? []
      : fields.slice(0, OFFERED).map(({ name }) => ({
          label: `Values of ${name}`,
          command: `${values.before} ${name} ${values.after}`.trim(),
        })),
  );
  const blocks: Block[] = [
    lines([
      section(
        bold(brief(asked.title, 80)),
        ' · ',
        code(brief(source, 300)),
        ' · read at ',
        moment(schema.at, reading),
      ),
      ...(schema.note === undefined ? [] : [section(plain(brief(schema.note, 300)))]),
    ]),
    lines([
      fields.length === 0
        ? section('It has no fields in this time.')
        : section(bold(`${some(fields.length, 'field')}${schema.truncated === true ? ', and more' : ''}`)),
    ]),
    ...inTens(shown).map((ten) => lines(ten.map(fieldLine))),
    ...(files.length > 0
      ? [
          lines([
            section(ours(`${count(fields.length - shown.length)} more in fields.txt`, { italic: true })),
          ]),
        ]
      : []),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
  return message(
    plainNotification(`${brief(asked.title, 40)} · ${brief(source, 40)}: ${some(fields.length, 'field')}`),
    blocks,
    files,
  );
}

/** A block must stay small enough that a message can be made of several. */
function inTens<One>(all: readonly One[]): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / 10) }, (_, index) =>
    all.slice(10 * index, 10 * index + 10),
  );
}

function fieldLine({
  name,
  type,
  unit,
  description,
  keys = [],
}: SchemaShown['fields'][number]): RichTextSection {
  const about = [type, unit, description].filter((one) => one !== undefined && one !== '');
  const named: Inline[] = keys
    .slice(0, KEYS)
    .flatMap((key, index) => [...(index > 0 ? [ours(', ')] : []), code(brief(key, 40))]);
  const rest = keys.length - KEYS;
  return section(
    code(brief(name, 80) || ' '),
    plain(about.length === 0 ? '' : `  ${about.map((one) => brief(one ?? '', 80)).join(' · ')}`),
    ...(named.length === 0
      ? []
      : [ours('  keys '), ...named, ours(rest > 0 ? ` and ${count(rest)} more` : '')]),
  );
}
