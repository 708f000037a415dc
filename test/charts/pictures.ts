import type { Line, Mark, SeriesPicture } from '../../src/charts/picture.ts';
import { MINUTE } from '../../src/domain/time.ts';

export const FROM = Date.parse('2026-11-23T14:02:00Z');
export const WINDOW = { from: FROM, to: FROM + 30 * MINUTE };

/** A line of one value each half minute. */
export function line(name: string, values: readonly number[], more: Partial<Line> = {}): Line {
  return { name, times: values.map((_, index) => FROM + index * (MINUTE / 2)), values, ...more };
}

export function seriesPicture(lines: readonly Line[], more: Partial<SeriesPicture> = {}): SeriesPicture {
  return {
    kind: 'series',
    title: 'E7 · Prometheus prod',
    query: 'up',
    window: WINDOW,
    lines,
    marks: [],
    warnings: [],
    notes: [],
    ...more,
  };
}

export const MARKS: readonly Mark[] = [
  { at: FROM + 4 * MINUTE, kind: 'change', label: 'deploy checkout v2.3.45' },
  { at: FROM + 5 * MINUTE, kind: 'declared', label: 'declared' },
  { at: FROM + 22 * MINUTE, kind: 'mitigated', label: 'mitigated' },
];

/** The texts of a picture, in the order in which they are drawn. */
export function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

/** The elements of one name, as attributes. */
export function elementsOf(
  svg: string,
  name: string,
  kind?: string,
): readonly Readonly<Record<string, string>>[] {
  return [...svg.matchAll(new RegExp(`<${name}((?: [\\w-]+="[^"]*")*)`, 'g'))]
    .map(([, written = '']) =>
      Object.fromEntries([...written.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k ?? '', v ?? ''])),
    )
    .filter((one) => kind === undefined || one.class === kind);
}

/** The points of the lines, as drawn. */
export function pointsOf(svg: string): readonly (readonly (readonly [number, number])[])[] {
  return elementsOf(svg, 'polyline').map(({ points = '' }) =>
    points.split(' ').map((one) => {
      const [x = '', y = ''] = one.split(',');
      return [Number(x), Number(y)] as const;
    }),
  );
}
