import type { Result } from './evidence.ts';
import { rowsOfJson, type Table } from './rows-of-json.ts';

/** Characters that are looked at; of a longer text only the beginning is kept. */
export const PASTED_LIMIT = 1_000_000;

/**
 * What somebody pasted: rows where it certainly is JSON, JSON by the line, a table of bars, comma- or tab-separated, or the aligned
 * columns of a command line tool; the text itself otherwise. A fence around it is left out.
 */
export function readPasted(pasted: string): Result {
  const text = unfenced(pasted.slice(0, PASTED_LIMIT).toWellFormed());
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const table =
    jsonTable(text) ??
    jsonLines(lines) ??
    bars(lines) ??
    separated(lines, ',') ??
    separated(lines, '\t') ??
    aligned(lines);
  return table ? { kind: 'rows', ...table } : { kind: 'text', text };
}

function unfenced(text: string): string {
  const trimmed = text.trim();
  return /^```(?:[\w-]+(?=\n))?\n?([\s\S]*?)\n?```$/.exec(trimmed)?.[1] ?? trimmed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonTable(text: string): Table | undefined {
  return /^[[{]/.test(text) ? rowsOfJson(parsed(text)) : undefined;
}

function jsonLines(lines: readonly string[]): Table | undefined {
  if (lines.length < 2 || !lines.every((line) => line.trim().startsWith('{'))) return undefined;
  const all = lines.map(parsed);
  return all.includes(undefined) ? undefined : rowsOfJson(all);
}

/** `| a | b |` as Markdown and MySQL draw it, ` a | b ` with a rule below as psql does. */
function bars(lines: readonly string[]): Table | undefined {
  const rule = (line: string) => /^[\s|+:=-]+$/.test(line) && line.includes('-');
  if (!lines.some(rule)) return undefined;
  const rows = lines
    .filter((line) => !rule(line) && !/^\(\d+ rows?\)$/.test(line.trim()))
    .map((line) =>
      line
        .trim()
        .replace(/^\|(.*)\|$/, '$1')
        .split('|')
        .map((cell) => cell.trim()),
    );
  return headed(rows);
}

function separated(lines: readonly string[], sign: string): Table | undefined {
  if (!lines[0]?.includes(sign)) return undefined;
  // A comma and a blank is how people write sentences.
  if (sign === ',' && lines.some((line) => /, /.test(line.replace(/"(?:[^"]|"")*"/g, '')))) return undefined;
  const rows = lines.map((line) => fields(line, sign));
  return rows.includes(undefined) ? undefined : headed(rows.filter((row) => row !== undefined));
}

/** One line of separated values; undefined where a quotation does not end on it. */
function fields(line: string, sign: string): readonly string[] | undefined {
  const out: string[] = [];
  let rest = line.replace(/\r$/, '');
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    if (rest.startsWith('"') && !quoted) return undefined;
    const end = quoted ? quoted[0].length : rest.indexOf(sign) === -1 ? rest.length : rest.indexOf(sign);
    out.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : rest.slice(0, end));
    if (end >= rest.length) return out;
    if (rest[end] !== sign) return undefined;
    rest = rest.slice(end + 1);
  }
}

/** `NAME   READY   STATUS`: names in capitals, at least two blanks between columns, a cell in each. */
function aligned(lines: readonly string[]): Table | undefined {
  const rows = lines.map((line) => line.trim().split(/\s{2,}/));
  return rows[0]?.every((name) => /^[A-Z][A-Z0-9 ()%_/-]*$/.test(name)) ? headed(rows) : undefined;
}

/** Certain only where there is more than a heading, more than one column, and as many cells in every row. */
function headed([columns = [], ...rows]: readonly (readonly string[])[]): Table | undefined {
  const even = rows.every((row) => row.length === columns.length);
  const named = columns.every((name) => name.trim() !== '') && new Set(columns).size === columns.length;
  return rows.length > 0 && columns.length > 1 && even && named ? { columns, rows } : undefined;
}
