// @ts-check
import { html } from '../view.js';
import { inline } from './rich-text.js';

/** @typedef {import('../parts/context.js').Context} Context */

/** @param {Context} ctx @param {any} cell */
function cellContent(ctx, cell) {
  if (cell?.type === 'rich_text') {
    return (cell.elements ?? []).map(
      (/** @type {any} */ part) => html`<div>${inline(ctx, part.elements ?? [])}</div>`,
    );
  }
  if (cell?.type === 'raw_number') return String(cell.text ?? cell.value ?? '');
  return String(cell?.text ?? '');
}

/** A table block; the first row is its head. @param {{ctx: Context, block: any}} props */
export function Table({ ctx, block }) {
  /** @type {any[][]} */
  const rows = block.rows ?? [];
  const [head = [], ...body] = rows;
  const look = (/** @type {number} */ column, /** @type {any} */ cell) => {
    const setting = block.column_settings?.[column] ?? {};
    const align = setting.align ?? (cell?.type === 'raw_number' ? 'right' : 'left');
    return `align-${align}${setting.is_wrapped ? ' wrapped' : ''}`;
  };
  return html`<div class="block table-scroll" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${look(column, cell)}>${cellContent(ctx, cell)}</th>`)}</tr></thead>
      <tbody>
        ${body.map((row) => html`<tr>${row.map((cell, column) => html`<td class=${look(column, cell)}>${cellContent(ctx, cell)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
