/** A line of markdown, and whether it stands in a block of code (its fences included). */
export interface MarkdownLine {
  readonly line: string;
  readonly code: boolean;
}

/** Tells code from words; `open` is the fence that nobody closed. https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export function codeLines(text: string): { readonly lines: readonly MarkdownLine[]; readonly open?: string } {
  let fence: string | undefined;
  const lines = text.split('\n').map((line): MarkdownLine => {
    const [, mark, rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === undefined) {
      if (mark === undefined || (mark.startsWith('`') && rest.includes('`'))) return { line, code: false };
      fence = mark;
      return { line, code: true };
    }
    if (mark?.startsWith(fence) && rest.trim() === '') fence = undefined;
    return { line, code: true };
  });
  return { lines, ...(fence !== undefined && { open: fence }) };
}
