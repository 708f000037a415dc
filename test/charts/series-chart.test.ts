import { describe, expect, test } from 'vitest';
import { pictureSvg } from '../../src/charts/picture-svg.ts';
import { WIDTH } from '../../src/charts/sheet.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { elementsOf, FROM, line, MARKS, pointsOf, seriesPicture, textsOf } from './pictures.ts';

const ramp = Array.from({ length: 61 }, (_, index) => index);

describe('a chart of series', () => {
  test('says what it is of, its values, its times in UTC and its numbers', () => {
    const svg = pictureSvg(seriesPicture([line('code 500', ramp)], { unit: 'req/s' }));
    const texts = textsOf(svg);
    expect(texts).toEqual(expect.arrayContaining(['E7 · Prometheus prod', 'up', 'req/s', 'code 500']));
    expect(texts).toEqual(expect.arrayContaining(['0', '20', '40', '60', '14:05', '14:30', 'UTC, 23 Nov']));
    expect(texts.slice(texts.indexOf('code 500'))).toEqual(['code 500', '60', '60', '0']);
  });

  test('puts every sample where its time and value are', () => {
    const [points = []] = pointsOf(pictureSvg(seriesPicture([line('a', ramp)])));
    expect(points).toHaveLength(61);
    const [first, middle, last] = [points[0], points[30], points[60]];
    if (!first || !middle || !last) throw new Error('no points');
    expect(last[0]).toBeGreaterThan(WIDTH * 0.9);
    expect(middle[0]).toBeCloseTo((first[0] + last[0]) / 2, 1);
    expect(middle[1]).toBeCloseTo((first[1] + last[1]) / 2, 1);
    expect(first[1]).toBeGreaterThan(last[1]);
  });

  test('shows the marks inside its window alone, each a line in its colour and a label with its time', () => {
    const outside = [{ at: FROM - MINUTE, kind: 'impact', label: 'impact' } as const];
    const svg = pictureSvg(seriesPicture([line('a', ramp)], { marks: [...MARKS, ...outside] }));
    expect(elementsOf(svg, 'line', 'mark')).toHaveLength(3);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['deploy checkout v2.3.45 14:06', 'declared 14:07', 'mitigated 14:24']),
    );
    expect(svg).not.toContain('impact');
  });

  test('labels that would meet stand in different rows, and what finds no row keeps its line', () => {
    const marks = Array.from({ length: 12 }, (_, index) => ({
      at: FROM + 10 * MINUTE + index * 1_000,
      kind: 'change' as const,
      label: `deploy of something long ${index}`,
    }));
    const svg = pictureSvg(seriesPicture([line('a', ramp)], { marks }));
    expect(elementsOf(svg, 'line', 'mark')).toHaveLength(12);
    const labels = elementsOf(svg, 'text').filter((one) => one.fill === '#6d28d9');
    expect(labels).toHaveLength(3);
    expect(new Set(labels.map((one) => one.y)).size).toBe(3);
  });

  test('breaks at a gap, dots what stands alone, and marks infinities at the edge they left by', () => {
    const values = [
      1,
      2,
      Number.NaN,
      3,
      Number.NaN,
      4,
      5,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    const svg = pictureSvg(seriesPicture([line('a', values)]));
    expect(pointsOf(svg).map((one) => one.length)).toEqual([2, 2]);
    expect(elementsOf(svg, 'circle')).toHaveLength(1);
    expect(elementsOf(svg, 'path', 'infinite')).toHaveLength(2);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['-Inf', '+Inf']));
    expect(svg).not.toMatch(/NaN,|Infinity/);
  });

  test('one sample is a dot, none is an empty chart that says why', () => {
    expect(elementsOf(pictureSvg(seriesPicture([line('a', [41.2])])), 'circle')).toHaveLength(1);
    const svg = pictureSvg(seriesPicture([], { notes: ['No data.'] }));
    expect(pointsOf(svg)).toEqual([]);
    expect(textsOf(svg)).toContain('No data.');
  });

  test('eight lines have colours of their own; the smaller ones are grey, and counted', () => {
    const lines = Array.from({ length: 30 }, (_, index) => line(`pod p${index}`, [30 - index, 31 - index]));
    const svg = pictureSvg(seriesPicture(lines));
    const strokes = elementsOf(svg, 'polyline').map((one) => one.stroke);
    expect(strokes).toHaveLength(30);
    expect(new Set(strokes).size).toBe(9);
    // The largest is drawn last, over all others.
    expect(strokes.at(-1)).toBe('#d55e00');
    expect(textsOf(svg)).toContain('22 smaller ones');
    expect(textsOf(svg)).not.toContain('pod p8');
  });

  test('a band stands where the values lay before, in the colour of its line, and the legend says what it is', () => {
    const svg = pictureSvg(
      seriesPicture([line('a', ramp, { band: { low: 20, high: 40 } })], { bands: 'before (E8)' }),
    );
    const [band] = elementsOf(svg, 'rect', 'band');
    const [points = []] = pointsOf(svg);
    expect(Number(band?.y)).toBeCloseTo(points[40]?.[1] ?? 0, 1);
    expect(Number(band?.y) + Number(band?.height)).toBeCloseTo(points[20]?.[1] ?? 0, 1);
    expect(textsOf(svg)).toContain('before (E8)');
  });

  test('what limits it stands above it', () => {
    const texts = textsOf(pictureSvg(seriesPicture([line('a', ramp)], { warnings: ['Partial result: x'] })));
    expect(texts.indexOf('Partial result: x')).toBeLessThan(texts.indexOf('14:05'));
  });

  test.each([
    ['1e-9', [1e-9, 2e-9], ['1e-9', '2e-9']],
    ['1e12', [1e12, 3e12], ['1T', '3T']],
    ['close together', [1e12, 1e12 + 5], ['1000000000000', '1000000000005']],
    ['all equal', [41.2, 41.2], ['40', '42']],
    ['zeroes', [0, 0], ['0', '1.0']],
    ['negative', [-40, -10], ['-40', '0']],
    ['largest', [Number.MAX_VALUE, -Number.MAX_VALUE], []],
    ['smallest', [Number.MIN_VALUE, 0], []],
  ])('an axis of values that are %s', (_, values, labels) => {
    const svg = pictureSvg(seriesPicture([line('a', values)]));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(labels));
    for (const points of pointsOf(svg))
      for (const [x, y] of points) expect([x, y].every(Number.isFinite)).toBe(true);
    const height = Number(elementsOf(svg, 'svg')[0]?.height);
    for (const points of pointsOf(svg)) for (const [, y] of points) expect(y).toBeLessThanOrEqual(height);
  });

  test('names and queries that are long or hostile stay inside and are no markup', () => {
    const name = `<script>&"'\u202eevil\u0000${'x'.repeat(5_000)}`;
    const svg = pictureSvg(
      seriesPicture([line(name, ramp)], {
        title: name,
        query: name.repeat(100),
        marks: [{ at: FROM + MINUTE, kind: 'change', label: name }],
      }),
    );
    expect(svg).not.toContain('<script');
    for (const hidden of ['\u0000', '\u202e']) expect(svg).not.toContain(hidden);
    expect(textsOf(svg).every((text) => text.length < 200)).toBe(true);
    expect(textsOf(svg).filter((text) => text.endsWith('…')).length).toBeGreaterThanOrEqual(4);
  });

  test('is the same text every time', () => {
    const picture = seriesPicture([line('a', ramp)], { marks: MARKS });
    expect(pictureSvg(picture)).toBe(pictureSvg(structuredClone(picture)));
  });
});
