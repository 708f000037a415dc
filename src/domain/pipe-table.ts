const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|\s*$/;

/**
 * A pipe table in what a person typed becomes a list, a line for each row with its column names: Slack draws no Markdown tables,
 * and on a phone the bars are all that is left of one. Everything else stays as it was.
 */
export function tablesAsLists(text: string): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!ROW.test(line) || !RULE.test(lines[i + 1] ?? '')) {
      out.push(line);
      continue;
    }
    const names = cells(line);
    i += 1;
    while (ROW.test(lines[i + 1] ?? '')) {
      i += 1;
      out.push(`• ${listed(names, cells(lines[i] ?? ''))}`);
    }
  }
  return out.join('\n');
}

function listed(names: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, column) => (names[column] ? `${names[column]}: ${cell}` : cell))
    .filter((cell) => cell !== '')
    .join(', ');
}

/** `\|` is a bar that belongs to the cell. */
function cells(line: string): readonly string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
}
