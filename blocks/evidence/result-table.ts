import type { TableBlock } from '@slack/types';
import type { Result } from '../../src/domain/evidence.ts';
import { brief } from '../fit.ts';

type Rows = Extract<Result, { kind: 'rows' }>;

/** Characters side by side that a table may need: more has to be scrolled sideways, and reads better as a list. */
const WIDTH = 60;
const COLUMNS = 8;
const CELL = 60;

/**
 * The first rows as Slack's table, where that reads better than a list: at least two rows and columns, and narrow.
 * Undefined otherwise. https://docs.slack.dev/reference/block-kit/blocks/table-block
 */
export function resultTable({ columns, rows }: Rows, most: number): TableBlock | undefined {
  if (rows.length < 2 || columns.length < 2 || columns.length > COLUMNS) return undefined;
  const shown = rows.slice(0, most);
  if (shown.some((row) => row.some((cell) => typeof cell === 'object' && cell !== null))) return undefined;
  const texts = [columns, ...shown].map((row) => columns.map((_, index) => sayCell(row[index])));
  const width = columns.reduce(
    (sum, _, index) => sum + Math.max(...texts.map((row) => (row[index] ?? '').length)),
    0,
  );
  if (width > WIDTH || texts.flat().some((one) => one.length >= CELL)) return undefined;
  return {
    type: 'table',
    column_settings: columns.map((_, index) => ({
      align: shown.every((row) => isNumber(row[index])) ? 'right' : 'left',
    })),
    rows: texts.map((row) => row.map((text) => ({ type: 'raw_text', text }))),
  };
}

function sayCell(cell: unknown): string {
  const text =
    typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : JSON.stringify(cell);
  // Slack takes no empty cell.
  return brief(text ?? '', CELL) || '–';
}

function isNumber(cell: unknown): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(?:\.\d+)?$/.test(cell));
}
