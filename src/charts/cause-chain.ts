import { ALARM, AXIS, BORDER, FAINT, INK, SOFT } from './palette.ts';
import type { Cause, CausesPicture } from './picture.ts';
import { PAD, type Part, ROOM, sheet } from './sheet.ts';
import { element, label } from './svg.ts';
import { elide, wrap } from './text-width.ts';

const INSIDE = 14;
const LINK = 26;

const LOOKS: Readonly<Record<Cause['state'], { readonly edge: string; readonly fill: string }>> = {
  symptom: { edge: '#c81e1e', fill: '#fdf1f0' },
  known: { edge: '#1d4ed8', fill: '#f1f5fe' },
  supported: { edge: '#15803d', fill: '#f0f9f2' },
  open: { edge: '#9a6700', fill: '#fdf8ec' },
  doing: { edge: '#0f766e', fill: '#eef8f6' },
  disproved: { edge: '#8a93a1', fill: '#f5f6f8' },
  ended: { edge: '#15803d', fill: '#f0f9f2' },
};

/** The symptom on top, below it what explains it, each with its evidence; then what was ruled out. */
export function causeChain(picture: CausesPicture): string {
  const { chain, doing, ruledOut } = picture;
  return sheet(picture, [
    ...chain.flatMap((cause, index) => (index === 0 ? [box(cause)] : [because(), box(cause)])),
    ...(doing.length === 0 ? [] : [heading('Being done'), ...doing.map(box)]),
    ...(ruledOut.length === 0 ? [] : [heading('Ruled out'), ...ruledOut.map(box)]),
  ]);
}

function box(cause: Cause): Part {
  const { edge, fill } = LOOKS[cause.state];
  const lines = wrap(cause.text, ROOM - 2 * INSIDE, 14, 4);
  const foot = cause.unverified ? 'UNVERIFIED' : cause.evidence;
  const height = 34 + lines.length * 19 + (foot === undefined ? 0 : 18);
  return {
    height: height + 6,
    draw: (top) => [
      element('rect', {
        class: cause.state,
        x: PAD + 0.5,
        y: top + 0.5,
        width: ROOM - 1,
        height: height - 1,
        rx: 6,
        fill,
        stroke: cause.state === 'symptom' || cause.state === 'supported' ? edge : BORDER,
        'stroke-dasharray': cause.state === 'open' || cause.unverified ? '5 3' : undefined,
      }),
      element('rect', { x: PAD, y: top, width: 5, height, rx: 2.5, fill: edge }),
      label(elide(cause.head, ROOM - 2 * INSIDE, 13, 'bold'), PAD + INSIDE, top + 20, {
        size: 13,
        face: 'bold',
        fill: edge,
      }),
      ...lines.map((line, index) =>
        label(line, PAD + INSIDE, top + 40 + index * 19, {
          size: 14,
          fill: cause.state === 'disproved' ? FAINT : INK,
        }),
      ),
      ...(foot === undefined
        ? []
        : [
            label(elide(foot, ROOM - 2 * INSIDE, 12.5), PAD + INSIDE, top + height - 10, {
              size: 12.5,
              fill: cause.unverified ? ALARM : SOFT,
            }),
          ]),
    ],
  };
}

function because(): Part {
  const x = PAD + 26;
  return {
    height: LINK,
    draw: (top) => [
      element('line', { x1: x, x2: x, y1: top + LINK - 4, y2: top + 4, stroke: AXIS, 'stroke-width': 2 }),
      element('path', { d: `M${x - 5} ${top + 8}L${x} ${top}L${x + 5} ${top + 8}z`, fill: AXIS }),
    ],
  };
}

function heading(text: string): Part {
  return {
    height: 30,
    draw: (top) => [label(text, PAD, top + 20, { size: 13, face: 'bold', fill: SOFT })],
  };
}
