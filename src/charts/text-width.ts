// Advance widths of the printable ASCII characters, in thousandths of the size; measured from the fonts' own tables.
const BOOK = [
  286, 360, 414, 754, 572, 855, 702, 247, 351, 351, 450, 754, 286, 325, 286, 303, 572, 572, 572, 572, 572,
  572, 572, 572, 572, 572, 303, 303, 754, 754, 754, 478, 900, 615, 617, 628, 693, 568, 518, 697, 677, 265,
  265, 590, 501, 776, 673, 708, 542, 708, 625, 571, 549, 659, 615, 890, 616, 549, 616, 351, 303, 351, 754,
  450, 450, 551, 571, 495, 571, 554, 316, 571, 570, 250, 250, 521, 250, 876, 570, 550, 571, 571, 370, 469,
  353, 570, 532, 736, 532, 532, 472, 572, 303, 572, 754,
];
const OTHER = 575;
const WIDE = 1_000;
/** The bold cut is wider by about this much. */
const BOLDER = 1.12;
const MONO = 602;

export type Face = 'book' | 'bold' | 'mono';

/** How wide a text is when drawn at a size, in the picture's units; a little more rather than less. */
export function textWidth(text: string, size: number, face: Face = 'book'): number {
  let sum = 0;
  for (const one of text) sum += face === 'mono' ? Math.max(MONO, widthOf(one, MONO)) : widthOf(one, OTHER);
  return (sum * size * (face === 'bold' ? BOLDER : 1)) / 1_000;
}

function widthOf(character: string, other: number): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 127) return BOOK[code - 32] ?? other;
  // From the Hangul and CJK blocks on, characters fill a square.
  return code >= 0x1100 && !(code >= 0x1e00 && code < 0x2e80) ? WIDE : other;
}

/** The longest beginning that fits, with an ellipsis where something is missing. */
export function elide(text: string, room: number, size: number, face: Face = 'book'): string {
  // Nothing longer fits any picture, and what comes may be megabytes.
  const near = text.slice(0, 600);
  if (near.length === text.length && textWidth(near, size, face) <= room) return near;
  const left = room - textWidth('…', size, face);
  let shown = '';
  let width = 0;
  for (const one of near) {
    width += textWidth(one, size, face);
    if (width > left) break;
    shown += one;
  }
  return `${shown.trimEnd()}…`;
}

/** Words in lines that fit, at most `most`; the last one says by an ellipsis that there is more. */
export function wrap(
  text: string,
  room: number,
  size: number,
  most: number,
  face: Face = 'book',
): readonly string[] {
  const lines: string[] = [];
  let rest = text.slice(0, 2_000).replace(/\s+/g, ' ').trim();
  const more = text.length > 2_000;
  while (rest !== '') {
    if (lines.length === most - 1) {
      lines.push(elide(more ? `${rest} …` : rest, room, size, face));
      return lines;
    }
    const line = fitting(rest, room, size, face);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

/** As many whole words as fit, or as many characters where the first word is too long. */
function fitting(text: string, room: number, size: number, face: Face): string {
  if (textWidth(text, size, face) <= room) return text;
  let width = 0;
  let end = 0;
  let blank = 0;
  for (const one of text) {
    width += textWidth(one, size, face);
    if (width > room) break;
    end += one.length;
    if (one === ' ') blank = end;
  }
  return text.slice(0, blank > 0 ? blank : Math.max(end, [...text.slice(0, 2)][0]?.length ?? 1));
}
