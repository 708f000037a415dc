import { FAINT, INK, PAPER, SOFT } from './palette.ts';
import type { FlameBox, FlamePicture } from './picture.ts';
import { sayValue } from './scale.ts';
import { PAD, type Part, ROOM, sheet } from './sheet.ts';
import { element, label } from './svg.ts';
import { elide, textWidth } from './text-width.ts';

const ROW = 21;
/** Deeper frames are counted, not drawn. */
const DEEPEST = 36;
const NARROWEST = 0.8;

/** Callers above what they call, widths by total. With an earlier profile red grew and blue shrank, as shares of the whole. */
export function flameGraph(picture: FlamePicture): string {
  const { boxes, total } = picture;
  const width = (value: number) => (value / (total || 1)) * ROOM;
  const drawn = boxes.filter((box) => box.depth < DEEPEST && width(box.total) >= NARROWEST);
  const depth = drawn.reduce((most, box) => Math.max(most, box.depth + 1), 1);
  const deeper = boxes.filter((box) => box.depth >= DEEPEST).length;
  const notes = deeper > 0 ? [`${deeper} frames below level ${DEEPEST} are not drawn.`] : [];
  const colour = picture.totalBefore === undefined ? warm : differential(picture);
  const part: Part = {
    height: depth * ROW + 8,
    draw: (top) =>
      drawn.flatMap((box) => {
        const [x, y, room] = [PAD + width(box.start), top + box.depth * ROW, width(box.total)];
        const text = room > 26 ? elide(box.name, room - 8, 12.5) : '…';
        return [
          element('rect', {
            class: 'frame',
            x,
            y,
            width: Math.max(room - 0.6, 0.5),
            height: ROW - 1,
            rx: 1.5,
            fill: colour(box),
          }),
          ...(text === '…' ? [] : [label(text, x + 4, y + 14.5, { size: 12.5, fill: INK })]),
        ];
      }),
  };
  return sheet({ ...picture, notes: [...picture.notes, ...notes] }, [whole(picture), part, key(picture)]);
}

function whole({ total, totalBefore, unit }: FlamePicture): Part {
  const was = totalBefore === undefined ? '' : `, was ${sayValue(totalBefore)}`;
  return {
    height: 24,
    draw: (top) => [
      label(`${sayValue(total)} ${unit} in all${was}`, PAD, top + 12, { size: 14, fill: SOFT }),
    ],
  };
}

/** The same name has the same colour in every picture. */
function warm({ name }: FlameBox): string {
  let hash = 7;
  for (let index = 0; index < Math.min(name.length, 200); index++)
    hash = (Math.imul(hash, 31) + name.charCodeAt(index)) >>> 0;
  return `hsl(${22 + (hash % 30)}, ${70 + ((hash >>> 5) % 20)}%, ${68 + ((hash >>> 10) % 12)}%)`;
}

/** By how its share changed: a tenth of the whole is the full colour. */
function differential({ total, totalBefore = 0 }: FlamePicture): (box: FlameBox) => string {
  return ({ total: now, before = 0 }) => {
    const change = now / (total || 1) - before / (totalBefore || 1);
    const strength = Math.min(1, Math.abs(change) * 10);
    if (strength < 0.01) return '#e6e9ee';
    const [hue, most] = change > 0 ? [8, 62] : [212, 62];
    return `hsl(${hue}, 85%, ${(94 - strength * (94 - most)).toFixed(0)}%)`;
  };
}

function key({ totalBefore }: FlamePicture): Part {
  if (totalBefore === undefined) return { height: 0, draw: () => [] };
  const entries = [
    ['hsl(8, 85%, 70%)', 'larger share than before'],
    ['#e6e9ee', 'the same'],
    ['hsl(212, 85%, 70%)', 'smaller'],
  ] as const;
  return {
    height: 26,
    draw(top) {
      let x = PAD;
      return entries.flatMap(([fill, text]) => {
        const at = x;
        x += 24 + textWidth(text, 13) + 18;
        return [
          element('rect', { x: at, y: top + 4, width: 16, height: 12, rx: 2, fill, stroke: PAPER }),
          label(text, at + 22, top + 14.5, { size: 13, fill: FAINT }),
        ];
      });
    },
  };
}
