import { boolean, byType, type Check, isRecord, list, number, object, string } from './check.ts';
import { richTextFields } from './rich-text.ts';

const typeField: Check = string();
const block_id: Check = string({ min: 1, max: 255 });

const rawText: Check = object({ type: typeField, text: string({ min: 1 }) });
const rawNumber: Check = object({
  type: typeField,
  value: number({ decimal: true }),
  text: string({ min: 1 }),
});
const richText: Check = object(richTextFields, { block_id });

const cell: Check = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });

/** https://docs.slack.dev/reference/block-kit/blocks/table-block: 100 rows, 20 cells per row. */
export const table: Check = object(
  { type: typeField, rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
  {
    block_id,
    column_settings: list(
      (value, pointer, report) => {
        if (value === null) return; // Slack lets a column be skipped
        object({}, { align: string({ oneOf: ['left', 'center', 'right'] }), is_wrapped: boolean })(
          value,
          pointer,
          report,
        );
      },
      { max: 20 },
    ),
  },
);

/** The first row is the header. At most 100 rows below it, the lower of the published limits. */
export const dataTable: Check = object(
  {
    type: typeField,
    caption: string({ min: 1 }),
    rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 101 }),
  },
  { block_id, page_size: number({ min: 1, max: 100 }), row_header_column_index: number({ min: 0 }) },
  (value, pointer, report) => {
    if (!isRecord(value) || !Array.isArray(value.rows)) return;
    const [header, ...rows] = value.rows;
    if (!Array.isArray(header)) return;
    rows.forEach((row, index) => {
      if (Array.isArray(row) && row.length !== header.length)
        report({
          pointer: `${pointer}/rows/${index + 1}`,
          message: 'all rows must have as many cells as the header',
        });
    });
    header.forEach((item, index) => {
      if (isRecord(item) && item.type === 'rich_text')
        report({ pointer: `${pointer}/rows/0/${index}`, message: 'unsupported type: rich_text' });
    });
    if (JSON.stringify(value.rows).length > 20_000 && contentLength(value.rows) > 20_000)
      report({ pointer: `${pointer}/rows`, message: 'must be less than 20001 characters' });
  },
);

function contentLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + contentLength(item), 0);
  if (!isRecord(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + contentLength(value.elements);
}
