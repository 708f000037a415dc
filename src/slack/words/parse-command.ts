import { isDueDate } from '../../domain/due-date.ts';
import { parseIncidentId } from '../../domain/incident.ts';
import { type Duration, parseDuration } from '../../domain/time.ts';
import type { CommandRow } from '../command-row.ts';
import { rowNamed } from '../commands/tool-words.ts';
import { plainQuotes, straighten } from './read-text.ts';

/** Options are whole tokens outside quotes, brackets and backticks, with a valid value; anything else stays text. */
export interface Options {
  readonly env?: string;
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly around?: string;
  readonly at?: string;
  readonly step?: Duration;
  readonly next?: Duration;
  /** A day, as `isDueDate` takes it. */
  readonly due?: string;
}

export type OptionName = keyof Options;

/** A command as understood. */
export interface Parsed {
  readonly row: CommandRow;
  /** The incident that was named first, if any. */
  readonly incident?: number;
  readonly options: Options;
  /** What is left, exactly as typed. */
  readonly text: string;
  /** The whole command without its incident, options included: what a button says to ask it again. */
  readonly again: string;
  /** Pretty quotes or dashes were made plain; the card says so. */
  readonly straightened: boolean;
}

export type Reading =
  | { readonly kind: 'command'; readonly parsed: Parsed }
  | { readonly kind: 'nothing' }
  /** Nothing was run. `nearest` are the rows it may have meant, best first, and `rest` what followed. */
  | {
      readonly kind: 'unknown';
      readonly word: string;
      readonly rest: string;
      readonly nearest: readonly CommandRow[];
    };

/** Reads what follows the mention. Pure: the table is router, parser and help in one. */
export function parseCommand(typed: string, table: readonly CommandRow[]): Reading {
  const { text: plain, changed } = straighten(typed.trim());
  const query = read(plain, table);
  // Queries are made plain whole; what people write for people keeps its own quotes and dashes.
  const reading =
    query.kind === 'command' && query.parsed.row.group !== 'ask'
      ? read(plainQuotes(typed.trim()), table, typed)
      : query;
  if (reading.kind !== 'command' || !changed || reading.parsed.row.group !== 'ask') return reading;
  return { kind: 'command', parsed: { ...reading.parsed, straightened: true } };
}

/** `ask prom up` is `prom up`; of what cannot be asked, `ask` stays the word that is not known. */
function withoutAsk(text: string, table: readonly CommandRow[]): string {
  const [, rest = '', tool = ''] = /^ask\s+((\S+)[\s\S]*)$/i.exec(text) ?? [];
  return rowNamed(tool, table) ? rest : text;
}

/** `typed` ends as the text does, in the writer's own signs; what is left is cut from it. */
function read(text: string, table: readonly CommandRow[], typed = text): Reading {
  const body = text.replace(/^[:,]\s*/, '');
  if (body === '') return { kind: 'nothing' };
  const first = takeIncident(body);
  const said = withoutAsk(first?.rest ?? body, table);
  const found = findRow(first?.rest === '' ? 'status' : said, table);
  if (!found) {
    const [word = '', ...rest] = (first?.rest ?? body).split(/\s+/);
    return { kind: 'unknown', word, rest: rest.join(' '), nearest: nearestRows(word, table) };
  }
  const { row } = found;
  const second = first === undefined && row.target !== 'none' ? takeIncident(found.rest) : undefined;
  const isArgument =
    second !== undefined &&
    (row.name === 'merge'
      ? takeIncident(second.rest) === undefined
      : row.group === 'ask' && !/^INC-/.test(found.rest));
  const rest = second && !isArgument ? second.rest : found.rest;
  const whole = typed.trim();
  const asked = whole.slice(whole.length - rest.length);
  const { options, text: left } = takeOptions(asked, row.options);
  const incident = first?.number ?? (isArgument ? undefined : second?.number);
  return {
    kind: 'command',
    parsed: {
      row,
      options,
      text: left.trim(),
      again: `${row.name} ${asked}`.trim(),
      straightened: false,
      ...(incident !== undefined && { incident }),
    },
  };
}

function takeIncident(text: string): { number: number; rest: string } | undefined {
  const found = /^(#?inc[- ]?\d{1,9})(?::|,)?(?:\s+|$)([\s\S]*)$/i.exec(text);
  const number = found && parseIncidentId(found[1] ?? '');
  return number ? { number, rest: found[2] ?? '' } : undefined;
}

/** The longest name that begins the text wins: `no change` before `no`, `I'm lead` before `i`. */
function findRow(text: string, table: readonly CommandRow[]): { row: CommandRow; rest: string } | undefined {
  const lower = text.toLowerCase();
  let best: { row: CommandRow; length: number; keep: boolean } | undefined;
  for (const row of table) {
    for (const name of [row.name, ...row.also]) {
      // The cheap look first: nearly every name ends here.
      if (name.length <= (best?.length ?? 0) || !lower.startsWith(name)) continue;
      if (lower.length === name.length || /[\s`(:,.!]/.test(lower[name.length] ?? ''))
        best = { row, length: name.length, keep: row.keeps?.includes(name) ?? false };
    }
  }
  if (!best) {
    const shaped = table.find((row) => row.shape?.test(text));
    return shaped && { row: shaped, rest: text };
  }
  const rest = best.keep ? text : text.slice(best.length).replace(/^[:,.!]+/, '');
  return { row: best.row, rest: rest.replace(/^\s+/, '') };
}

/** Splits into pieces; what stands inside quotes, brackets or backticks is one piece with what touches it. */
function pieces(text: string): readonly string[] {
  const out: string[] = [];
  const closing: string[] = [];
  let piece = '';
  let blank = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    const isBlank = /\s/.test(sign) && closing.length === 0;
    if (piece !== '' && isBlank !== blank) {
      out.push(piece);
      piece = '';
    }
    blank = isBlank;
    piece += sign;
    const open = closing.at(-1);
    if (open === '"' || open === '`' || open === "'") {
      if (sign === '\\' && open !== '`') piece += text[++i] ?? '';
      else if (sign === open) closing.pop();
    } else if (sign === '"' || sign === '`' || (sign === "'" && !/\p{L}/u.test(text[i - 1] ?? ''))) {
      if (text.indexOf(sign, i + 1) > 0) closing.push(sign);
    } else if (BRACKETS[sign] && text.includes(BRACKETS[sign], i + 1)) closing.push(BRACKETS[sign]);
    else if (sign === open) closing.pop();
  }
  if (piece !== '') out.push(piece);
  return out;
}

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function takeOptions(text: string, allowed: readonly OptionName[]): { options: Options; text: string } {
  const options: { -readonly [K in OptionName]?: Options[K] } = {};
  const left: string[] = [];
  const all = pieces(text);
  for (let i = 0; i < all.length; i++) {
    const piece = all[i] ?? '';
    if (
      piece === '--' &&
      all.slice(i + 1).some((later) => allowed.includes(later.split(':')[0] as OptionName))
    ) {
      left.push(
        all
          .slice(i + 1)
          .join('')
          .trimStart(),
      );
      break;
    }
    const found = /^([a-z]+):([\s\S]+)$/.exec(piece);
    const name = found?.[1] as OptionName | undefined;
    if (
      name === undefined ||
      !allowed.includes(name) ||
      options[name] !== undefined ||
      !setOption(options, name, found?.[2] ?? '')
    ) {
      left.push(piece);
    } else if (/^\s+$/.test(left.at(-1) ?? '')) left.pop();
  }
  return { options, text: left.join('') };
}

const TIME =
  /^(?:\d{1,2}:\d{2}(?::\d{2})?Z?|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?|now)$/i;

function setOption(
  options: { -readonly [K in OptionName]?: Options[K] },
  name: OptionName,
  value: string,
): boolean {
  if (name === 'step' || name === 'next') {
    const duration = parseDuration(value);
    if (duration === undefined) return false;
    options[name] = duration;
    return true;
  }
  const valid =
    name === 'env'
      ? /^[A-Za-z0-9][\w.-]{0,62}$/.test(value)
      : name === 'due'
        ? isDueDate(value)
        : name === 'since'
          ? parseDuration(value) !== undefined
          : TIME.test(value);
  if (valid) options[name] = value;
  return valid;
}

/** Rows within two typing mistakes, nearest first; never run, only offered. */
export function nearestRows(word: string, table: readonly CommandRow[]): readonly CommandRow[] {
  const lower = word.toLowerCase();
  const scored = table.map((row) => ({
    row,
    far: Math.min(
      ...[row.name, ...row.also.filter((name) => !name.includes(' '))].map((name) => distance(lower, name)),
    ),
  }));
  return scored
    .filter(({ far }) => far <= (lower.length <= 4 ? 1 : 2))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ row }) => row);
}

/** Optimal string alignment: a swap of neighbours counts once, as a slip of tired fingers does. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 99;
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1);
      row.push(best);
    }
    older = before;
    before = row;
  }
  return before[b.length] ?? 0;
}
