const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** The lines of a markdown text, told apart. */
export interface Outline {
  /** One for each line: its text without its end, and whether it stands in a comment or a block of code. */
  readonly lines: readonly { readonly text: string; readonly inside?: 'comment' | 'code' }[];
  /** Lines, counted from 0, where a comment begins that never ends: it would swallow all that follows, so it is text. */
  readonly unclosed: readonly number[];
  /** The fence of a block of code that is open at the end. */
  readonly fence?: string;
}

/** Reads the outline of a text. A line that `begins` something new ends a block of code that was left open. */
export function outline(lines: readonly string[], begins: (line: string) => boolean = () => false): Outline {
  const told: { text: string; inside?: 'comment' | 'code' }[] = [];
  const unclosed: number[] = [];
  let fence: string | undefined;
  while (told.length < lines.length) {
    const index = told.length;
    const text = withoutEnd(lines[index]);
    if (fence !== undefined && !begins(text)) {
      told.push({ text, inside: 'code' });
      if (closes(text, fence)) fence = undefined;
      continue;
    }
    fence = opens(text);
    told.push({ text, ...(fence !== undefined && { inside: 'code' }) });
    if (fence !== undefined || !leavesCommentOpen(text)) continue;
    const end = lines.findIndex((line, at) => at > index && line.includes('-->'));
    if (end < 0) unclosed.push(index);
    else
      for (const line of lines.slice(index + 1, end + 1))
        told.push({ text: withoutEnd(line), inside: 'comment' });
  }
  return { lines: told, unclosed, ...(fence !== undefined && { fence }) };
}

function opens(line: string): string | undefined {
  const [, fence, rest = ''] = FENCE.exec(line) ?? [];
  // A fence of backticks has none after it, else it is code within a line.
  return fence?.startsWith('`') && rest.includes('`') ? undefined : fence;
}

function closes(line: string, fence: string): boolean {
  const [, found = '', rest = ''] = FENCE.exec(line) ?? [];
  return found[0] === fence[0] && found.length >= fence.length && rest.trim() === '';
}

function leavesCommentOpen(line: string): boolean {
  const begin = line.lastIndexOf('<!--');
  return begin >= 0 && !line.includes('-->', begin);
}

function withoutEnd(line: string | undefined): string {
  return (line ?? '').replace(/\r?\n$/, '');
}
