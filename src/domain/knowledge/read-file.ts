import { ENTRY_TYPES, type Entry, type EntryType, type Kind, TYPE_OF } from './entry.ts';
import { outline } from './markdown-lines.ts';

/** A file as its pieces, in order: their `raw` texts together are the file, byte for byte. */
export interface KnowledgeFile {
  readonly kind: Kind;
  readonly pieces: readonly Piece[];
  readonly problems: readonly Problem[];
}

export type Piece =
  /** What belongs to no entry: the title, comments, anything that could not be read. */
  | { readonly kind: 'text'; readonly raw: string }
  | { readonly kind: 'entry'; readonly raw: string; readonly line: number; readonly entry: Entry };

/** What a person should look at. The text it is about was kept. */
export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  readonly why: string;
}

const HEADING = /^## M-(\S+)[ \t]+(\S.*)$/;
const BEGINS = /^## M-/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const FIELD = /^- ([a-z_]{1,40}):(.*)$/;

/** Reads a knowledge file. Nothing is dropped: what cannot be understood stays where it is and is reported with its line. */
export function readFile(kind: Kind, text: string): KnowledgeFile {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const problems: Problem[] = [];
  const pieces: Piece[] = [];
  let begun = 0;
  let open: Pick<Entry, 'at' | 'key'> | undefined;
  const close = (end: number) => {
    const raw = lines.slice(begun, end).join('');
    if (raw !== '')
      pieces.push(
        open
          ? {
              kind: 'entry',
              raw,
              line: begun + 1,
              entry: entryOf(kind, open, lines.slice(begun, end), begun, problems),
            }
          : { kind: 'text', raw },
      );
    begun = end;
    open = undefined;
  };
  const found = outline(lines, (line) => BEGINS.test(line));
  for (const index of found.unclosed)
    problems.push({ line: index + 1, why: 'a comment begins here and never ends; add -->' });
  for (const [index, { text: line, inside }] of found.lines.entries()) {
    if (inside === 'comment' || !BEGINS.test(unmarked(line, index))) continue;
    const heading = headingAt(unmarked(line, index));
    if (typeof heading === 'string') problems.push({ line: index + 1, why: heading });
    close(index);
    open = typeof heading === 'string' ? undefined : heading;
  }
  close(lines.length);
  return { kind, pieces, problems: problems.sort((a, b) => a.line - b.line) };
}

/** The file's text again. */
export function textOf(file: Pick<KnowledgeFile, 'pieces'>): string {
  return file.pieces.map((piece) => piece.raw).join('');
}

export function entriesOf(file: Pick<KnowledgeFile, 'pieces'>): readonly Entry[] {
  return file.pieces.flatMap((piece) => (piece.kind === 'entry' ? [piece.entry] : []));
}

/** Without the mark that some editors put before a file. */
function unmarked(line: string, index: number): string {
  return index === 0 ? line.replace(/^\ufeff/, '') : line;
}

function headingAt(line: string): Pick<Entry, 'at' | 'key'> | string {
  const [, time = '', key = ''] = HEADING.exec(line) ?? [];
  if (key === '') return 'an entry needs a key: ## M-2026-11-28T14:02:11Z its key';
  const at = TIME.test(time) ? Date.parse(time) : Number.NaN;
  // `Date.parse` takes the 31st of a short month for the 1st of the next.
  const exact = !Number.isNaN(at) && new Date(at).toISOString().slice(0, 19) === time.slice(0, 19);
  return exact
    ? { at, key: key.trimEnd() }
    : 'an entry begins with a time in UTC: ## M-2026-11-28T14:02:11Z its key';
}

function entryOf(
  kind: Kind,
  heading: Pick<Entry, 'at' | 'key'>,
  lines: readonly string[],
  offset: number,
  problems: Problem[],
): Entry {
  const fields = new Map<string, { readonly value: string; readonly line: number }>();
  let body = 1;
  for (; body < lines.length; body++) {
    const line = (lines[body] ?? '').replace(/\r?\n$/, '');
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (name !== '') {
      if (!fields.has(name)) fields.set(name, { value: value.trim(), line: offset + body + 1 });
    } else if (line.trim() !== '' || fields.size > 0) break;
  }
  const wrong = (name: string, why: string) =>
    problems.push({ line: fields.get(name)?.line ?? offset + 1, why: `${name} ${why}` });
  return {
    ...heading,
    type: typeOf(kind, fields.get('type')?.value, wrong),
    tags: (fields.get('tags')?.value ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    used: countOf(fields.get('used')?.value, wrong),
    ...lastUsedOf(fields.get('last_used')?.value, wrong),
    pinned: flagOf(fields.get('pinned')?.value, wrong),
    ...statusOf(fields.get('status')?.value),
    body: bodyOf(lines.slice(body)),
  };
}

type Wrong = (name: string, why: string) => void;

function typeOf(kind: Kind, value: string | undefined, wrong: Wrong): EntryType {
  const known = ENTRY_TYPES.find((one) => one === value);
  // Older files say `integration` in integrations.md.
  if (known === undefined && value !== 'integration')
    wrong(
      'type',
      value === undefined
        ? `is missing; taken for ${TYPE_OF[kind]}`
        : `must be one of ${ENTRY_TYPES.join(', ')}; taken for ${TYPE_OF[kind]}`,
    );
  return known ?? TYPE_OF[kind];
}

function countOf(value: string | undefined, wrong: Wrong): number {
  if (value === undefined) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  wrong('used', 'must be a whole number; taken for 0');
  return 0;
}

function lastUsedOf(value: string | undefined, wrong: Wrong): { lastUsed?: string } {
  if (value === undefined || value === '' || value === 'never') return {};
  if (/^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10))))
    return { lastUsed: value.slice(0, 10) };
  wrong('last_used', 'must be a day such as 2026-11-28; left out');
  return {};
}

function flagOf(value: string | undefined, wrong: Wrong): boolean {
  if (value !== undefined && value !== 'true' && value !== 'false')
    wrong('pinned', 'must be true or false; taken for false');
  return value === 'true';
}

function statusOf(value: string | undefined): { status?: string } {
  return value === undefined || value === '' ? {} : { status: value };
}

/** Without blank lines and rules at its ends: files often part their entries with `---`. */
function bodyOf(lines: readonly string[]): string {
  const kept = lines.map((line) => line.replace(/\r?\n$/, ''));
  const edge = (line: string | undefined) => line !== undefined && /^\s*(?:-{3,}\s*)?$/.test(line);
  while (edge(kept[0])) kept.shift();
  while (edge(kept.at(-1))) kept.pop();
  return kept.join('\n');
}
