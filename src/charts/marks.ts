import { MOMENTS, PAPER } from './palette.ts';
import type { Mark, SeriesPicture } from './picture.ts';
import { element, label } from './svg.ts';
import { elide, textWidth } from './text-width.ts';

const ROW = 17;
const SIZE = 12.5;
/** Labels side by side in at most so many rows; what finds no room keeps its line alone. */
const ROWS = 3;
const LONGEST = 190;

interface Placed {
  readonly mark: Mark;
  readonly text: string;
  readonly from: number;
  /** Undefined where no row had room. */
  readonly row: number | undefined;
}

/** The incident's moments inside the window: a dashed line each, and a label above in a row where it meets no other. */
export function markRows(
  { marks, window }: SeriesPicture,
  x: (at: number) => number,
  { left, right }: { readonly left: number; readonly right: number },
): { readonly height: number; draw(top: number, floor: number): readonly string[] } {
  const inside = marks
    .filter(({ at }) => at >= window.from && at <= window.to)
    .toSorted((a, b) => a.at - b.at);
  const ends: number[] = [];
  const placed = inside.map((mark): Placed => {
    const text = elide(`${mark.label} ${new Date(mark.at).toISOString().slice(11, 16)}`, LONGEST, SIZE);
    const width = textWidth(text, SIZE);
    const from = Math.max(left, Math.min(x(mark.at) - 3, right - width));
    const free = Array.from({ length: ROWS }, (_, row) => row).find((row) => (ends[row] ?? 0) <= from);
    if (free !== undefined) ends[free] = from + width + 10;
    return { mark, text, from, row: free };
  });
  const rows = ends.length;
  return {
    height: rows === 0 ? 4 : rows * ROW + 6,
    draw: (top, floor) => [
      ...placed.map(({ mark, row }) =>
        element('line', {
          class: 'mark',
          x1: x(mark.at),
          x2: x(mark.at),
          y1: top + (row === undefined ? rows * ROW : row * ROW + 16),
          y2: floor,
          stroke: MOMENTS[mark.kind],
          'stroke-width': 1.4,
          'stroke-dasharray': '4 3',
        }),
      ),
      // Over the lines, each on a strip of paper of its own.
      ...placed.flatMap(({ mark, text, from, row }) =>
        row === undefined
          ? []
          : [
              element('rect', {
                x: from - 2,
                y: top + row * ROW,
                width: textWidth(text, SIZE) + 4,
                height: ROW - 1,
                fill: PAPER,
              }),
              label(text, from, top + row * ROW + 12, { size: SIZE, fill: MOMENTS[mark.kind] }),
            ],
      ),
    ],
  };
}
