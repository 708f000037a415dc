import { expect, test } from 'vitest';
import type { BarsPicture, CausesPicture, FlamePicture, TimelinePicture } from '../../src/charts/picture.ts';
import { pictureSvg } from '../../src/charts/picture-svg.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { elementsOf, FROM, textsOf } from './pictures.ts';

const CAPTIONS = { title: 'E9 · Axiom prod', warnings: [], notes: [] };

test('bars are as long as their values, from zero, each under its name', () => {
  const picture: BarsPicture = {
    ...CAPTIONS,
    kind: 'bars',
    measure: 'count_',
    bars: [
      { name: '/pay', value: 200 },
      { name: '', value: 50 },
      { name: 'back', value: -100 },
      { name: 'odd', value: Number.POSITIVE_INFINITY },
    ],
  };
  const svg = pictureSvg(picture);
  const bars = elementsOf(svg, 'rect', 'bar').map((one) => ({ x: Number(one.x), width: Number(one.width) }));
  const [pay, empty, back] = bars;
  if (!pay || !empty || !back) throw new Error('no bars');
  expect(pay.width / empty.width).toBeCloseTo(4, 1);
  expect(pay.width / back.width).toBeCloseTo(2, 1);
  expect(back.x + back.width).toBeCloseTo(pay.x, 1);
  expect(textsOf(svg)).toEqual(
    expect.arrayContaining(['count_', '/pay', '200', '&quot;&quot;', '-100', '+Inf']),
  );
});

const BOXES: FlamePicture['boxes'] = [
  { name: 'main', depth: 0, start: 0, total: 100, before: 100 },
  { name: 'serve', depth: 1, start: 0, total: 60, before: 20 },
  { name: 'gc', depth: 1, start: 60, total: 30, before: 70 },
  { name: 'tiny', depth: 1, start: 90, total: 0.01, before: 0.01 },
];
const FLAME: FlamePicture = { ...CAPTIONS, kind: 'flame', unit: 's CPU', total: 100, boxes: BOXES };

test('a flame graph is as wide as what each frame took, callers above', () => {
  const svg = pictureSvg(FLAME);
  const [main, serve, gc, ...rest] = elementsOf(svg, 'rect', 'frame');
  expect(rest).toEqual([]);
  expect(Number(serve?.width) / Number(main?.width)).toBeCloseTo(0.6, 2);
  expect(Number(gc?.x)).toBeCloseTo(Number(serve?.x) + 0.6 * (Number(main?.width) + 0.6), 0);
  expect(Number(serve?.y)).toBeGreaterThan(Number(main?.y));
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['100 s CPU in all', 'main', 'serve', 'gc']));
});

test('the same function has the same colour in every flame graph; compared ones say what grew and what shrank', () => {
  const fills = (picture: FlamePicture) =>
    elementsOf(pictureSvg(picture), 'rect', 'frame').map((one) => one.fill);
  expect(fills(FLAME)).toEqual(fills({ ...FLAME, boxes: BOXES.map(({ before: _, ...box }) => box) }));
  const [same, grew, shrank] = fills({ ...FLAME, totalBefore: 100 });
  expect(same).toBe('#e6e9ee');
  expect(grew).toMatch(/^hsl\(8,/);
  expect(shrank).toMatch(/^hsl\(212,/);
  expect(textsOf(pictureSvg({ ...FLAME, totalBefore: 80 }))).toContain('100 s CPU in all, was 80');
});

test('frames that are very deep are counted', () => {
  const boxes = Array.from({ length: 500 }, (_, depth) => ({
    name: `f${depth}`,
    depth,
    start: 0,
    total: 100,
  }));
  const svg = pictureSvg({ ...FLAME, boxes });
  expect(elementsOf(svg, 'rect', 'frame')).toHaveLength(36);
  expect(textsOf(svg)).toContain('464 frames below level 36 are not drawn.');
});

test('a timeline tells each moment with its time, pauses between them, the day once', () => {
  const picture: TimelinePicture = {
    ...CAPTIONS,
    kind: 'timeline',
    from: FROM,
    moments: [
      { at: FROM, kind: 'declared', head: 'P1 declared by Lea', text: 'Checkout returns 500s' },
      { at: FROM + 40 * MINUTE, kind: 'evidence', head: 'E1 · Prometheus prod', text: 'word '.repeat(200) },
      { at: FROM + 41 * MINUTE, kind: 'resolved', head: 'Resolved by Lea', text: '' },
    ],
  };
  const svg = pictureSvg(picture);
  const texts = textsOf(svg);
  expect(texts.filter((one) => one === '23 Nov')).toHaveLength(1);
  expect(texts).toEqual(
    expect.arrayContaining(['14:02', '14:42', '14:43', '40 min later', 'Resolved by Lea']),
  );
  expect(texts.filter((one) => one.startsWith('word')).length).toBe(2);
  expect(elementsOf(svg, 'circle').map((one) => one.class)).toEqual(['declared', 'evidence', 'resolved']);
  const heights = elementsOf(svg, 'circle').map((one) => Number(one.cy));
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
});

test('a cause chain goes from the symptom down, with its evidence; unverified and ruled out are told apart', () => {
  const picture: CausesPicture = {
    ...CAPTIONS,
    kind: 'causes',
    chain: [
      { state: 'symptom', head: 'Impact since 13:58', text: '23 % fail', evidence: 'E1' },
      { state: 'known', head: 'What we know', text: 'payments limits us', unverified: true },
    ],
    doing: [{ state: 'doing', head: 'Since 14:31', text: 'halving retries' }],
    ruledOut: [{ state: 'disproved', head: 'H1', text: 'the deploy', evidence: 'E3' }],
  };
  const svg = pictureSvg(picture);
  const texts = textsOf(svg);
  const order = [
    '23 % fail',
    'E1',
    'payments limits us',
    'UNVERIFIED',
    'Being done',
    'Ruled out',
    'the deploy',
    'E3',
  ];
  const places = order.map((one) => texts.indexOf(one));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(elementsOf(svg, 'path')).toHaveLength(1);
});
