import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePermalink, permalink } from '../../../src/backends/prometheus/permalink.ts';
import { SECOND } from '../../../src/domain/time.ts';

const window = { from: Date.parse('2026-11-23T14:02:00Z'), to: Date.parse('2026-11-23T14:32:00Z') };
const query = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m])) + 1';
const view = { query, window, step: 15 * SECOND };

describe('links as Prometheus writes them', () => {
  test('2.x', () => {
    expect(permalink('http://prometheus.example:9090', view, '2.42.0+ds')).toBe(
      'http://prometheus.example:9090/graph?g0.expr=sum%20by%20(code)%20(rate(http_requests_total%7Bservice%3D%22checkout%22%7D%5B5m%5D))%20%2B%201&g0.tab=0&g0.range_input=30m&g0.end_input=2026-11-23%2014%3A32%3A00&g0.step_input=15',
    );
  });

  test('3.x', () => {
    expect(permalink('https://x.example/prom/', view, '3.5.0')).toBe(
      'https://x.example/prom/query?g0.expr=sum%20by%20(code)%20(rate(http_requests_total%7Bservice%3D%22checkout%22%7D%5B5m%5D))%20%2B%201&g0.show_tree=0&g0.tab=graph&g0.range_input=30m&g0.end_input=2026-11-23%2014%3A32%3A00&g0.res_type=custom&g0.res_step=15&g0.display_mode=lines',
    );
  });

  test('at one instant, and of an unknown version', () => {
    const at = { query: 'up', window: { from: window.to, to: window.to } };
    expect(permalink('http://x.example', at, undefined)).toBe(
      'http://x.example/graph?g0.expr=up&g0.tab=1&g0.range_input=1h&g0.end_input=2026-11-23%2014%3A32%3A00&g0.moment_input=2026-11-23%2014%3A32%3A00',
    );
  });

  test('user-info, tokens and fragments of the address are dropped', () => {
    const link = permalink('https://me:pass@x.example/p/?access_token=abc#frag', view, '2.50.0');
    expect(link).toMatch(/^https:\/\/x\.example\/p\/graph\?g0\.expr=/);
    expect(link).not.toMatch(/me:|pass|access_token|frag/);
  });
});

describe('links as people paste them', () => {
  const end = Date.parse('2026-11-23T14:32:00Z');
  test.each([
    [
      'http://localhost:9090/graph?g0.expr=up&g0.tab=0&g0.stacked=0&g0.show_exemplars=0&g0.range_input=1h&g0.end_input=2026-11-23%2014%3A32%3A00&g0.moment_input=2026-11-23%2014%3A32%3A00',
      { query: 'up', window: { from: end - 3_600_000, to: end } },
    ],
    [
      'https://p.example/query?g0.expr=rate%28up%5B1m%5D%29&g0.show_tree=0&g0.tab=graph&g0.end_input=2026-11-23+14%3A32%3A00&g0.moment_input=2026-11-23+14%3A32%3A00&g0.range_input=1d2h&g0.res_type=fixed&g0.res_step=60&g0.display_mode=lines&g0.show_exemplars=0',
      { query: 'rate(up[1m])', window: { from: end - 26 * 3_600_000, to: end }, step: 60_000 },
    ],
    [
      'https://p.example/query?g0.expr=up&g0.show_tree=0&g0.tab=table&g0.moment_input=2026-11-23+14%3A32%3A00',
      { query: 'up', window: { from: end, to: end } },
    ],
    [
      'http://x/prom/graph?g0.range_input=15m&g0.end_input=2026-11-23 14:32&g0.expr=a%20%2B%20b&g0.tab=0&g1.expr=other',
      { query: 'a + b', window: { from: end - 900_000, to: end } },
    ],
  ])('%s', (link, expected) => {
    expect(parsePermalink(link)).toEqual(expected);
  });

  test.each([
    'not a link',
    'http://x/graph',
    'http://x/other?g0.expr=up&g0.end_input=2026-11-23%2014:32:00',
    'http://x/graph?g0.expr=up&g0.tab=0&g0.range_input=1h',
    'http://x/graph?g0.expr=up&g0.tab=0&g0.range_input=1h&g0.end_input=yesterday',
  ])('nothing absolute in %s', (link) => {
    expect(parsePermalink(link)).toBeUndefined();
  });
});

test('every query and window comes back, from both pages', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed()),
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.integer({ min: 0, max: 40_000_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.constantFrom('2.1.0', '3.0.0', undefined),
      (expr, end, range, step, version) => {
        const to = end * SECOND;
        const asked = {
          query: expr,
          window: { from: to - range * SECOND, to },
          ...(range > 0 && { step: step * SECOND }),
        };
        expect(parsePermalink(permalink('https://x.example/p', asked, version))).toEqual(asked);
      },
    ),
    { numRuns: 300 },
  );
});
