import { GRID, LINES, SOFT } from './palette.ts';
import type { BarsPicture } from './picture.ts';
import { sayValue } from './scale.ts';
import { PAD, type Part, ROOM, sheet } from './sheet.ts';
import { element, label } from './svg.ts';
import { elide } from './text-width.ts';

const ROW = 38;
const SIZE = 14;
const NUMBER = 90;

/** The largest rows: the name above its bar, so that a long one is readable on a phone. Bars grow from zero. */
export function barChart(picture: BarsPicture): string {
  const finite = picture.bars.map(({ value }) => value).filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const x = (value: number) => PAD + ((value - low) / (high - low || 1)) * (ROOM - NUMBER);
  return sheet(picture, [measure(picture.measure), ...picture.bars.map((bar) => row(bar, x))]);
}

function measure(name: string): Part {
  return {
    height: 22,
    draw: (top) => [label(elide(name, ROOM, 12.5), PAD, top + 12, { size: 12.5, fill: SOFT })],
  };
}

function row({ name, value }: BarsPicture['bars'][number], x: (value: number) => number): Part {
  const zero = x(0);
  const end = Number.isFinite(value) ? x(value) : zero;
  return {
    height: ROW,
    draw: (top) => [
      label(elide(name || '""', ROOM - NUMBER - 8, SIZE), PAD, top + 14, { size: SIZE }),
      element('rect', { x: PAD, y: top + 20, width: ROOM - NUMBER, height: 9, rx: 2, fill: GRID }),
      element('rect', {
        class: 'bar',
        x: Math.min(zero, end),
        y: top + 20,
        width: Math.max(Math.abs(end - zero), 1.5),
        height: 9,
        rx: 2,
        fill: value < 0 ? LINES[0] : LINES[1],
      }),
      label(sayValue(value), PAD + ROOM, top + 29, { size: 15, face: 'bold', anchor: 'end' }),
    ],
  };
}
