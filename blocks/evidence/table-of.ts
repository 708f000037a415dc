import type { Block } from '../message.ts';
import { oneLine } from '../text.ts';

/** Slack takes 100 rows of a table, its head among them. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const TABLE_ROWS = 99;

/** A table of short texts, already brief: the first row is its head; columns named are set to the right, as numbers are. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): Block {
  const cell = (text: string) => ({ type: 'raw_text' as const, text: oneLine(text) || '–' });
  return {
    type: 'table',
    rows: [head, ...rows.slice(0, TABLE_ROWS)].map((row) => row.map(cell)),
    column_settings: head.map((_, index) => ({
      align: right.includes(index) ? 'right' : 'left',
      is_wrapped: !right.includes(index),
    })),
  };
}
