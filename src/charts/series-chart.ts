import { legend } from './legend.ts';
import { markRows } from './marks.ts';
import { AXIS, colourOf, FAINT, GRID, LINES, PAPER, SOFT } from './palette.ts';
import type { Line, SeriesPicture } from './picture.ts';
import { sayDay, sayTick, timeTicks, valueScale } from './scale.ts';
import { PAD, type Part, sheet, WIDTH } from './sheet.ts';
import { element, figure, label } from './svg.ts';
import { textWidth } from './text-width.ts';

const PLOT = 250;
const TICK_SIZE = 13;

/** Lines over time: unit and round values on the left, UTC below, the incident's moments as marks, a legend with numbers. */
export function seriesChart(picture: SeriesPicture): string {
  return sheet(picture, [plot(picture), ...legend(picture)]);
}

function plot(picture: SeriesPicture): Part {
  const { lines, window, unit } = picture;
  const { lowest, highest } = extent(lines);
  const scale = valueScale(lowest, highest);
  const ticks = scale.ticks.map((value) => ({ value, text: sayTick(value, scale.step) }));
  const left = PAD + Math.max(24, ...ticks.map(({ text }) => textWidth(text, TICK_SIZE))) + 8;
  const right = WIDTH - PAD - 4;
  const span = Math.max(1, window.to - window.from);
  const x = (at: number) => left + ((at - window.from) / span) * (right - left);
  const marks = markRows(picture, x, { left, right });
  const unitRow = unit === undefined ? 0 : 26;
  return {
    height: marks.height + unitRow + PLOT + 42,
    draw(top) {
      const ceiling = top + marks.height + unitRow;
      const floor = ceiling + PLOT;
      const y = (value: number) => floor - ((value - scale.low) / (scale.high - scale.low)) * PLOT;
      return [
        ...(unit === undefined
          ? []
          : [label(unit.slice(0, 40), PAD, ceiling - 14, { size: 12, fill: SOFT })]),
        ...ticks.flatMap(({ value, text }) => [
          rule(left, right, y(value), value === 0 || value === scale.low ? AXIS : GRID),
          label(text, left - 8, y(value) + 4.5, { size: TICK_SIZE, fill: SOFT, anchor: 'end' }),
        ]),
        ...timeAxis(window, x, floor, right),
        ...lines.slice(0, LINES.length).flatMap(({ band }, index) =>
          band === undefined
            ? []
            : [
                element('rect', {
                  class: 'band',
                  x: left,
                  y: Math.max(ceiling, y(band.high)),
                  width: right - left,
                  height: Math.max(2, Math.min(floor, y(band.low)) - Math.max(ceiling, y(band.high))),
                  fill: colourOf(index),
                  'fill-opacity': 0.14,
                }),
              ],
        ),
        ...marks.draw(top, floor),
        // The first of the legend on top.
        ...lines
          .map((line, index) => drawLine(line, colourOf(index), { x, y, ceiling, floor, left, right }))
          .toReversed()
          .flat(),
      ];
    },
  };
}

function timeAxis(
  window: SeriesPicture['window'],
  x: (at: number) => number,
  floor: number,
  right: number,
): readonly string[] {
  const drawn = timeTicks(window, 6).flatMap(({ at, label: said }) => {
    const half = textWidth(said, TICK_SIZE) / 2;
    const middle = Math.min(Math.max(x(at), PAD + half), right - half);
    return [
      element('line', { x1: x(at), x2: x(at), y1: floor, y2: floor + 4, stroke: AXIS }),
      label(said, middle, floor + 18, { size: TICK_SIZE, fill: SOFT, anchor: 'middle' }),
    ];
  });
  const [first, last] = [sayDay(window.from), sayDay(window.to)];
  const zone = first === last ? `UTC, ${first}` : `UTC, ${first} to ${last}`;
  return [...drawn, label(zone, right, floor + 35, { size: 11.5, fill: FAINT, anchor: 'end' })];
}

interface Frame {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly ceiling: number;
  readonly floor: number;
  readonly left: number;
  readonly right: number;
}

/** Runs of finite values as lines, single ones as dots, infinities as triangles at the edge they left by. */
function drawLine({ times, values }: Line, colour: string, frame: Frame): readonly string[] {
  const { x, y, ceiling, floor } = frame;
  const out: string[] = [];
  let run: string[] = [];
  let only: readonly [number, number] = [0, 0];
  let infinite = Number.NEGATIVE_INFINITY;
  const end = () => {
    if (run.length === 1)
      out.push(element('circle', { cx: only[0], cy: only[1], r: 3.5, fill: colour, stroke: PAPER }));
    if (run.length > 1)
      out.push(
        element('polyline', {
          points: run.join(' '),
          fill: 'none',
          stroke: colour,
          'stroke-width': LINES.includes(colour) ? 2.2 : 1.2,
          'stroke-linejoin': 'round',
          'stroke-linecap': 'round',
        }),
      );
    run = [];
  };
  for (let index = 0; index < times.length; index++) {
    const [at, value] = [times[index] ?? 0, values[index] ?? Number.NaN];
    if (Number.isFinite(value)) {
      only = [x(at), y(value)];
      run.push(`${figure(only[0])},${figure(only[1])}`);
      continue;
    }
    end();
    if (Number.isNaN(value) || x(at) - infinite < 7) continue;
    infinite = x(at);
    const [edge, inwards] = value > 0 ? [ceiling, 9] : [floor, -9];
    out.push(
      element('path', {
        class: 'infinite',
        d: `M${figure(x(at) - 5)} ${figure(edge + inwards)}h10L${figure(x(at))} ${figure(edge)}z`,
        fill: colour,
      }),
    );
  }
  end();
  return out;
}

function rule(from: number, to: number, y: number, stroke: string): string {
  return element('line', { x1: from, x2: to, y1: y, y2: y, stroke });
}

function extent(lines: readonly Line[]): { readonly lowest: number; readonly highest: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  const see = (value: number) => {
    if (!Number.isFinite(value)) return;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  };
  for (const { values, band } of lines) {
    for (let index = 0; index < values.length; index++) see(values[index] ?? Number.NaN);
    if (band) [band.low, band.high].forEach(see);
  }
  return { lowest, highest };
}
