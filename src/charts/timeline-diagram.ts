import { DAY, type Instant, MINUTE } from '../domain/time.ts';
import { FAINT, GRID, INK, MOMENTS, PAPER, SOFT } from './palette.ts';
import type { Moment, TimelinePicture } from './picture.ts';
import { sayClock, sayDay } from './scale.ts';
import { PAD, type Part, sheet, WIDTH } from './sheet.ts';
import { element, label } from './svg.ts';
import { elide, wrap } from './text-width.ts';

const SPINE = PAD + 72;
const TEXT = SPINE + 22;
const BIG: ReadonlySet<Moment['kind']> = new Set([
  'impact',
  'declared',
  'mitigated',
  'resolved',
  'reopened',
  'change',
]);

/** Time downwards: when, what kind, and what was said in two lines. A pause is as tall as it was long, within reason. */
export function timelineDiagram(picture: TimelinePicture): string {
  const { moments } = picture;
  const parts = moments.map((moment, index) =>
    step(moment, moments[index - 1]?.at, moments[index + 1] === undefined),
  );
  return sheet(picture, parts);
}

function step(moment: Moment, before: Instant | undefined, last: boolean): Part {
  const gap = before === undefined ? 0 : pause(moment.at - before);
  const lines = wrap(moment.text, WIDTH - PAD - TEXT, 13.5, 2);
  const colour = MOMENTS[moment.kind];
  const big = BIG.has(moment.kind);
  const height = Math.max(22 + lines.length * 18 + 8, before === undefined ? 42 : 0);
  const dated = before === undefined || Math.floor(before / DAY) !== Math.floor(moment.at / DAY);
  return {
    height: gap + height,
    draw(top) {
      const y = top + gap;
      const dot = y + 10;
      return [
        element('line', {
          x1: SPINE,
          x2: SPINE,
          y1: before === undefined ? dot : top,
          y2: last ? dot : y + height,
          stroke: GRID,
          'stroke-width': 3,
        }),
        ...(gap >= 26 && before !== undefined
          ? [label(saySpan(moment.at - before), TEXT, top + gap / 2 + 4, { size: 12, fill: FAINT })]
          : []),
        element('circle', {
          class: moment.kind,
          cx: SPINE,
          cy: dot,
          r: big ? 7 : 5,
          fill: big ? colour : PAPER,
          stroke: colour,
          'stroke-width': 2.5,
        }),
        label(sayClock(moment.at), SPINE - 16, dot + 5, {
          size: 14,
          anchor: 'end',
          face: big ? 'bold' : 'book',
          fill: INK,
        }),
        ...(dated
          ? [label(sayDay(moment.at), SPINE - 16, dot + 20, { size: 11.5, fill: FAINT, anchor: 'end' })]
          : []),
        label(elide(moment.head, WIDTH - PAD - TEXT, 14, 'bold'), TEXT, dot + 5, {
          size: 14,
          face: 'bold',
          fill: colour,
        }),
        ...lines.map((line, index) =>
          label(line, TEXT, dot + 24 + index * 18, { size: 13.5, fill: big ? INK : SOFT }),
        ),
      ];
    },
  };
}

function pause(length: number): number {
  return length < 5 * MINUTE ? 0 : Math.min(44, 10 + 6 * Math.log2(length / (2.5 * MINUTE)));
}

function saySpan(length: number): string {
  const minutes = Math.round(length / MINUTE);
  if (minutes < 60) return `${minutes} min later`;
  const hours = Math.floor(minutes / 60);
  return `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`} later`;
}
