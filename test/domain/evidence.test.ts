import { describe, expect, it } from 'vitest';
import { type Answer, answered, evidence, isEmpty, summarize } from '../../src/domain/evidence.ts';
import {
  answerOf,
  FINDINGS_KEPT,
  LABEL_KEPT,
  linkOf,
  noteOf,
  TEXT_KEPT,
} from '../../src/domain/evidence-note.ts';
import { at, T0 } from './given.ts';

const ANSWER: Answer = {
  tool: 'prometheus',
  deployment: 'prod',
  source: 'Prometheus prod',
  query: 'up',
  window: { from: T0, to: at(30) },
  askedAt: at(30),
  result: {
    kind: 'series',
    series: [
      {
        labels: { job: 'a' },
        samples: [
          { at: at(1), value: 3 },
          { at: at(2), value: Number.NaN },
        ],
      },
    ],
  },
  completeness: { kind: 'complete' },
  cost: { took: 84 },
  warnings: [],
  reproduction: { kind: 'permalink', url: 'https://prom/graph' },
  snapshot: new Uint8Array([1]),
};

describe('an answer', () => {
  it('cannot be without its reproduction', () => {
    for (const url of ['', 'up', 'ftp://x', 'javascript:1', 'https://']) {
      expect(() => answered({ ...ANSWER, reproduction: { kind: 'permalink', url } })).toThrow(TypeError);
      expect(() =>
        evidence({ ...ANSWER, reproduction: { kind: 'request', method: 'GET', url } }, 'E1', 'U'),
      ).toThrow();
    }
    expect(() =>
      answered({ ...ANSWER, reproduction: { kind: 'supplied', permalink: '', by: 'U' } }),
    ).toThrow();
    expect(answered(ANSWER)).toBe(ANSWER);
  });

  it('has an absolute window', () => {
    expect(() => answered({ ...ANSWER, window: { from: at(1), to: T0 } })).toThrow(TypeError);
    expect(() => answered({ ...ANSWER, window: { from: Number.NaN, to: T0 } })).toThrow(TypeError);
  });

  it('as evidence keeps its bytes apart', () => {
    expect(evidence(ANSWER, 'E1', 'U')).not.toHaveProperty('snapshot');
  });
});

describe('the numbers of a series', () => {
  const series = (...values: number[]) => ({
    labels: {},
    samples: values.map((value, i) => ({ at: i, value })),
  });
  it('ignore NaN but not infinity, and last is the last', () => {
    expect(summarize(series(2, Number.NaN, 9, Number.NEGATIVE_INFINITY, Number.NaN))).toEqual({
      labels: {},
      count: 5,
      last: { at: 4, value: Number.NaN },
      max: { at: 2, value: 9 },
      min: { at: 3, value: Number.NEGATIVE_INFINITY },
    });
    expect(summarize(series())).toEqual({ labels: {}, count: 0 });
    expect(summarize(series(Number.NaN))).toEqual({
      labels: {},
      count: 1,
      last: { at: 0, value: Number.NaN },
    });
  });

  it('nothing is nothing', () => {
    expect(isEmpty({ kind: 'series', series: [] })).toBe(true);
    expect(isEmpty({ kind: 'series', series: [series()] })).toBe(true);
    expect(isEmpty({ kind: 'series', series: [series(0)] })).toBe(false);
    expect(isEmpty({ kind: 'rows', columns: ['a'], rows: [] })).toBe(true);
    expect(isEmpty({ kind: 'text', text: ' \n' })).toBe(true);
  });
});

describe('what the timeline keeps of it', () => {
  it('survives JSON with NaN and infinity', () => {
    const kept = noteOf(evidence(ANSWER, 'E1', 'U'));
    expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
    expect(kept.findings[0]?.last).toEqual({ at: at(2), value: 'NaN' });
    expect(Number(kept.findings[0]?.last?.value)).toBeNaN();
  });

  it('keeps the beginning of a label of megabytes', () => {
    const labels = { job: 'y'.repeat(3_000_000) };
    const series = [{ labels, samples: [{ at: 0, value: 1 }] }];
    const kept = noteOf(evidence({ ...ANSWER, result: { kind: 'series', series } }, 'E1', 'U'));
    expect(kept.findings[0]?.labels).toEqual({ job: `${'y'.repeat(LABEL_KEPT)}…` });
  });

  it('is bounded, and counts all', () => {
    const many = Array.from({ length: 50 }, (_, i) => ({
      labels: { i: `${i}` },
      samples: [{ at: 1, value: i }],
    }));
    const kept = noteOf(evidence({ ...ANSWER, result: { kind: 'series', series: many } }, 'E1', 'U'));
    expect(kept.findings).toHaveLength(FINDINGS_KEPT);
    expect(kept.count).toBe(50);
    const text = noteOf(
      evidence({ ...ANSWER, result: { kind: 'text', text: '😀'.repeat(TEXT_KEPT) } }, 'E1', 'U'),
    );
    expect(text.excerpt).toMatchObject({ kind: 'text' });
    expect(JSON.stringify(text.excerpt).length).toBeLessThan(TEXT_KEPT + 50);
  });

  it('draws the same card again', () => {
    const kept = noteOf(evidence({ ...ANSWER, completeness: { kind: 'partial', why: 'late' } }, 'E1', 'U'));
    expect(answerOf(kept)).toMatchObject({
      id: 'E1',
      query: 'up',
      completeness: { kind: 'partial', why: 'late' },
    });
    expect(noteOf(evidence({ ...answerOf(kept), snapshot: new Uint8Array() }, 'E1', 'U'))).toEqual(kept);
  });

  it('links to its permalink, else to the message, never to a request', () => {
    expect(linkOf(ANSWER)).toBe('https://prom/graph');
    expect(linkOf({ reproduction: { kind: 'supplied', permalink: 'https://s/p', by: 'U' } })).toBe(
      'https://s/p',
    );
    expect(linkOf({ reproduction: { kind: 'request', method: 'GET', url: 'https://x' } })).toBeUndefined();
  });
});
