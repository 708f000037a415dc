import { colourOf, FAINT, LINES, SOFT } from './palette.ts';
import type { Line, SeriesPicture } from './picture.ts';
import { sayValue } from './scale.ts';
import { PAD, type Part, WIDTH } from './sheet.ts';
import { element, label } from './svg.ts';
import { elide } from './text-width.ts';

const ROW = 22;
const SIZE = 14;
const COLUMN = 68;
const COLUMNS = ['last', 'max', 'min'] as const;
const NUMBERS = WIDTH - PAD - 4 - COLUMN * (COLUMNS.length - 1);

/** A row for each coloured line with its numbers, one for the grey ones together, one for the bands. */
export function legend({ lines, bands }: SeriesPicture): readonly Part[] {
  if (lines.length === 0) return [];
  const coloured = lines.slice(0, LINES.length);
  const others = lines.length - coloured.length;
  return [
    { height: 18, draw: (top) => COLUMNS.map((column, at) => right(column, at, top + 10, FAINT, 12)) },
    ...coloured.map((line, index) => row(line, colourOf(index))),
    ...(others > 0 ? [plainRow(`${others} smaller ones`, colourOf(LINES.length))] : []),
    ...(bands === undefined ? [] : [bandRow(bands)]),
  ];
}

function row(line: Line, colour: string): Part {
  const numbers = numbersOf(line);
  return {
    height: ROW,
    draw: (top) => [
      swatch(colour, top),
      label(elide(line.name, NUMBERS - COLUMN - PAD - 26, SIZE), PAD + 24, top + 15, { size: SIZE }),
      ...COLUMNS.map((column, at) => right(sayValue(numbers[column]), at, top + 15, undefined, SIZE)),
    ],
  };
}

function plainRow(text: string, colour: string): Part {
  return {
    height: ROW,
    draw: (top) => [swatch(colour, top), label(text, PAD + 24, top + 15, { size: SIZE, fill: SOFT })],
  };
}

function bandRow(text: string): Part {
  return {
    height: ROW,
    draw: (top) => [
      element('rect', { x: PAD, y: top + 5, width: 16, height: 11, fill: LINES[0], 'fill-opacity': 0.2 }),
      label(elide(text, WIDTH - 2 * PAD - 24, 13), PAD + 24, top + 15, { size: 13, fill: SOFT }),
    ],
  };
}

function swatch(colour: string, top: number): string {
  return element('rect', { x: PAD, y: top + 8, width: 16, height: 4, rx: 2, fill: colour });
}

function right(text: string, column: number, y: number, fill: string | undefined, size: number): string {
  return label(text, NUMBERS + column * COLUMN, y, {
    size,
    anchor: 'end',
    ...(fill !== undefined && { fill }),
  });
}

/** As on the card: NaN counts for the last value alone. */
function numbersOf({ values }: Line): Readonly<Record<(typeof COLUMNS)[number], number>> {
  let [last, max, min] = [Number.NaN, Number.NaN, Number.NaN];
  for (let index = 0; index < values.length; index++) {
    last = values[index] ?? Number.NaN;
    if (Number.isNaN(last)) continue;
    max = Number.isNaN(max) ? last : Math.max(max, last);
    min = Number.isNaN(min) ? last : Math.min(min, last);
  }
  return { last, max, min };
}
