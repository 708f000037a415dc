import type { Kind } from './entry.ts';
import { type KnowledgeFile, type Piece, type Problem, readFile } from './read-file.ts';

/** Characters that are read in one go: a few milliseconds. */
const AT_ONCE = 32 * 1024;

/** What `readFile` answers, read in parts with a breath between them, so that a file of megabytes holds nobody up. */
export async function readLargeFile(
  kind: Kind,
  text: string,
  breathe: () => Promise<void>,
): Promise<KnowledgeFile> {
  const pieces: Piece[] = [];
  const problems: Problem[] = [];
  let lines = 0;
  for (let from = 0; from < text.length || from === 0; ) {
    const to = endOfPart(text, from);
    const part = text.slice(from, to);
    const read = readFile(kind, part);
    for (const piece of read.pieces)
      pieces.push(piece.kind === 'entry' ? { ...piece, line: piece.line + lines } : piece);
    for (const { line, why } of read.problems) problems.push({ line: line + lines, why });
    lines += part.split('\n').length - 1;
    from = to;
    if (from >= text.length) break;
    await breathe();
  }
  return { kind, pieces, problems };
}

/** Before an entry where no comment is open: there, everything is as at the beginning of a file. */
function endOfPart(text: string, from: number): number {
  for (let near = from + AT_ONCE; ; ) {
    const at = text.indexOf('\n## M-', near);
    if (at < 0) return text.length;
    const before = text.slice(from, at);
    if (before.lastIndexOf('<!--') <= before.lastIndexOf('-->')) return at + 1;
    near = at + 1;
  }
}
