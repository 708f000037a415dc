import { decodeDocument, isGet } from '../decode-document.ts';
import type { Frame, KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { framesOf, pieces } from './decode.ts';
import type { FlameFrame } from './flame-graph.ts';
import { readProfileType } from './profile-type.ts';
import { readQuestion } from './question.ts';
import { diffRows, type Profile, topRows } from './rows.ts';

/** How the question for the values of a label begins. */
export const VALUES = 'values of ';
/** Frames in one piece. */
const PIECE = 2_000;

/** Reads a kept answer again: the functions as rows, then the frames of the flame graph, depth first. */
export function* readPyroscope(bytes: Uint8Array, { query, window }: KeptQuestion): Iterable<KeptPiece> {
  if (isGet(query)) {
    yield* decodeDocument(bytes);
    return;
  }
  if (query.startsWith(VALUES)) {
    const names = JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly string[];
    yield { kind: 'rows', columns: ['value'], rows: names.map((name) => [name]) };
    return;
  }
  const question = readQuestion(query);
  if ('why' in question) throw new TypeError('The question of a kept answer cannot be read');
  const { earlier } = question;
  const { unit } = readProfileType(question.type);
  const lengths = { now: window.to - window.from, before: earlier ? earlier.to - earlier.from : 1 };
  const frames = framesOf(bytes, earlier !== undefined);
  const profile = profileOf(frames);
  yield earlier ? diffRows(profile, unit, lengths) : topRows(profile, unit);
  // A picture counts time in seconds.
  const [size, said] = unit === 'nanoseconds' ? [1e9, 's'] : [1, unit];
  const scale = earlier ? lengths.now / lengths.before : undefined;
  for (let from = 0; from < frames.length; from += PIECE)
    yield {
      kind: 'frames',
      unit: said,
      frames: frames.slice(from, from + PIECE).map((one) => frame(one, size, scale)),
    };
}

function profileOf(frames: readonly FlameFrame[]): Profile {
  let [total, before] = [0, 0];
  const functions: Profile['functions'][number][] = [];
  for (const piece of pieces(frames)) {
    if (piece.kind === 'head') [total, before] = [piece.total, piece.before];
    else functions.push(...piece.functions);
  }
  return { total, before, functions };
}

/** What it weighed before is brought to the length of the later time, so that both compare. */
function frame(
  { name, depth, start, total, self, before }: FlameFrame,
  size: number,
  scale: number | undefined,
): Frame {
  return {
    name,
    depth,
    start: start / size,
    total: total / size,
    self: self / size,
    ...(scale !== undefined && { before: (before * scale) / size }),
  };
}
