/** A plain number may begin with a sign; anything else that does would be a formula. */
const NUMBER = /^[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)$/i;
/** What cannot be seen at the beginning is taken away on the way out, so it hides nothing here. */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]|\u034F|[\uFE00-\uFE0F])*[=+\-@]|^[\t\r]/u;

/**
 * One line of CSV, every cell of text quoted; the line ends as text files do. A cell that a spreadsheet would take for a
 * formula gets an apostrophe.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRow(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '');
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
