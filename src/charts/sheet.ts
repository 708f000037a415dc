import { ALARM, BORDER, INK, PAPER, SOFT } from './palette.ts';
import type { Captions } from './picture.ts';
import { element, label } from './svg.ts';
import { elide, type Face, wrap } from './text-width.ts';

/** Every picture is this wide, so that its smallest letters are readable on a phone. */
export const WIDTH = 560;
export const PAD = 18;
/** The room between the paddings. */
export const ROOM = WIDTH - 2 * PAD;

const QUERY_SIZE = 12;
const NOTE_SIZE = 13;

/** Something drawn below what came before: its height, and its elements when it is told where it begins. */
export interface Part {
  readonly height: number;
  draw(top: number): readonly string[];
}

/** A whole picture as SVG: captions, what limits it, parts below each other, notes. */
export function sheet(captions: Captions, parts: readonly Part[]): string {
  const all = [
    heading(captions),
    ...captions.warnings.map((text) => note(text, ALARM, 'bold')),
    ...parts,
    ...captions.notes.map((text) => note(text, SOFT)),
  ];
  const drawn: string[] = [];
  let top = PAD;
  for (const part of all) {
    drawn.push(...part.draw(top));
    top += part.height;
  }
  const height = Math.ceil(top + PAD - 4);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      'font-family': 'DejaVu Sans',
      'font-stretch': 'condensed',
      'font-size': 13,
      fill: INK,
    },
    element('rect', { width: WIDTH, height, fill: PAPER }),
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: WIDTH - 1,
      height: height - 1,
      fill: 'none',
      stroke: BORDER,
    }),
    ...drawn,
  );
}

function heading({ title, query }: Captions): Part {
  const lines = query === undefined ? [] : wrap(query, ROOM, QUERY_SIZE, 2, 'mono');
  return {
    height: 22 + lines.length * 17 + 8,
    draw: (top) => [
      label(elide(title, ROOM, 16, 'bold'), PAD, top + 14, { size: 16, face: 'bold' }),
      ...lines.map((line, index) =>
        label(line, PAD, top + 34 + index * 17, { size: QUERY_SIZE, face: 'mono', fill: SOFT }),
      ),
    ],
  };
}

function note(text: string, fill: string, face: Face = 'book'): Part {
  const lines = wrap(text, ROOM, NOTE_SIZE, 3, face);
  return {
    height: lines.length * 18 + 2,
    draw: (top) =>
      lines.map((line, index) => label(line, PAD, top + 14 + index * 18, { size: NOTE_SIZE, fill, face })),
  };
}
