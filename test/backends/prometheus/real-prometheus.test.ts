import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { parsePermalink } from '../../../src/backends/prometheus/permalink.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { type Result, summarize } from '../../../src/domain/evidence.ts';
import { MINUTE, SECOND, type Window } from '../../../src/domain/time.ts';
import {
  findPrometheus,
  type RunningPrometheus,
  startPrometheus,
} from '../../sandbox/telemetry/start-prometheus.ts';

// Two hours of checkout, every 15 s: 50 requests a second, and from 13:57 on 12 of them fail.
const START = Date.parse('2026-11-23T12:30:00Z');
const TURN = Date.parse('2026-11-23T13:57:00Z');
const END = Date.parse('2026-11-23T14:32:00Z');
const WINDOW: Window = { from: END - 30 * MINUTE, to: END };

function backfill(): string {
  const lines = ['# TYPE http_requests counter'];
  const times = Array.from(
    { length: (END - START) / (15 * SECOND) + 1 },
    (_, index) => START + index * 15 * SECOND,
  );
  for (const code of ['200', '500']) {
    let total = 0;
    for (const at of times) {
      total += 15 * (code === '500' ? (at > TURN ? 12 : 0) : at > TURN ? 38 : 50);
      lines.push(`http_requests_total{job="checkout",code="${code}"} ${total} ${at / SECOND}`);
    }
  }
  lines.push(
    '# TYPE pool_in_use gauge',
    ...times.map((at) => `pool_in_use{job="checkout"} 7 ${at / SECOND}`),
  );
  return `${lines.join('\n')}\n# EOF\n`;
}

describe.runIf(findPrometheus() !== undefined)('against a real Prometheus with backfilled data', () => {
  let server: RunningPrometheus;
  let backend: Backend;

  beforeAll(async () => {
    server = await startPrometheus({ openMetrics: backfill() });
    const [made] = createBackends(
      { prometheus: [{ name: 'real', url: server.url }] },
      { now: () => END, decoder: createDecoder() },
    );
    if (!made) throw new Error('no backend was made');
    backend = made;
  });

  afterAll(async () => {
    await backend?.close?.();
    await server?.stop();
  });

  const signal = () => AbortSignal.timeout(15_000);

  async function ask(query: string, window = WINDOW, step?: number) {
    const cache = createDiscoveryCache({ backends: [backend], now: () => END });
    const matched = await cache.match(backend, query, window, signal());
    return await backend.query({ matched, window, ...(step !== undefined && { step }) }, signal());
  }

  const summaries = (result: Result) => {
    if (result.kind !== 'series') throw new Error('no series');
    return result.series.map(summarize);
  };

  test('says its version', async () => {
    expect(await backend.probe(signal())).toMatch(/^Prometheus \d+\.\d+\.\d+/);
  });

  test('lists jobs, metrics and labels', async () => {
    const found = await backend.discover(WINDOW, signal());
    expect(found.missing).toEqual([]);
    expect(found.lists).toEqual([
      { kind: 'jobs', names: ['checkout'] },
      { kind: 'metrics', names: ['http_requests_total', 'pool_in_use'] },
      { kind: 'labels', names: ['__name__', 'code', 'job'] },
    ]);
  });

  test('rates over the window, with their true extremes', async () => {
    const answer = await ask('sum by (code) (rate(http_requests_total[1m]))');
    expect(answer.window).toEqual(WINDOW);
    expect(answer.step).toBe(15 * SECOND);
    expect(answer.warnings).toEqual([]);
    expect(summaries(answer.result)).toEqual([
      {
        labels: { code: '200' },
        count: 121,
        last: { at: END, value: expect.closeTo(38) },
        max: { at: expect.any(Number), value: expect.closeTo(38) },
        min: { at: expect.any(Number), value: expect.closeTo(38) },
      },
      expect.objectContaining({ labels: { code: '500' }, last: { at: END, value: expect.closeTo(12) } }),
    ]);
    expect(answer.cost).toMatchObject({ series: 2, samples: 242 });
  });

  test('the turn is where it happened', async () => {
    const around = { from: TURN - 15 * MINUTE, to: TURN + 15 * MINUTE };
    const { result } = await ask('rate(http_requests_total{code="500"}[1m]) > 0', around);
    if (result.kind !== 'series') throw new Error('no series');
    expect(result.series[0]?.samples[0]?.at).toBe(TURN + 15 * SECOND);
  });

  test('asked again through its own link, the numbers are the same', async () => {
    const first = await ask('sum(rate(http_requests_total[5m]))', { from: END - 4_919_321, to: END - 250 });
    if (first.reproduction.kind !== 'permalink') throw new Error('no permalink');
    const view = parsePermalink(first.reproduction.url);
    if (!view) throw new Error('the link cannot be read');
    const { window, step } = view;
    expect({ window, step }).toEqual({ window: first.window, step: first.step });
    const again = await ask(view.query, window, step);
    expect(again.result).toEqual(first.result);
    expect(first.reproduction.url).toContain('/graph?g0.expr=');
  });

  test('one instant, a scalar, a string, and values that are no finite numbers', async () => {
    const at = { from: END, to: END };
    expect((await ask('pool_in_use', at)).result).toEqual({
      kind: 'series',
      series: [{ labels: { __name__: 'pool_in_use', job: 'checkout' }, samples: [{ at: END, value: 7 }] }],
    });
    expect((await ask('1 / 0', at)).result).toEqual({
      kind: 'series',
      series: [{ labels: {}, samples: [{ at: END, value: Number.POSITIVE_INFINITY }] }],
    });
    expect((await ask('vector(0) / 0', at)).result).toMatchObject({
      series: [{ samples: [{ value: Number.NaN }] }],
    });
    expect((await ask('"hello"', at)).result).toEqual({ kind: 'text', text: 'hello' });
  });

  test('nothing found, absence found', async () => {
    expect((await ask('pool_in_use > 100')).result).toEqual({ kind: 'series', series: [] });
    const { result } = await ask('absent(pool_that_never_was)');
    expect(summaries(result)[0]).toMatchObject({ count: 121, min: { value: 1 } });
  });

  test('an unknown metric is refused with the nearest', async () => {
    await expect(ask('rate(http_request_total[5m])')).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['http_requests_total'] },
    });
  });

  test.each([
    ['sum(rate(pool_in_use[5m])', { line: 1, column: expect.any(Number) }],
    ['rate(pool_in_use)', { line: 1, column: 6 }],
    ['pool_in_use\n + rate(pool_in_use)', { line: 2, column: expect.any(Number) }],
  ])('a query it refuses: %s', async (query, position) => {
    await expect(ask(query)).rejects.toMatchObject({ failure: 'bad-query', details: { position } });
  });

  test('a query it cannot evaluate', async () => {
    await expect(ask('pool_in_use * on(job) http_requests_total')).rejects.toMatchObject({
      failure: 'bad-query',
      message: expect.stringContaining('could not evaluate'),
    });
  });

  test('a step too fine for a long window is widened until the server takes it', async () => {
    const answer = await ask('pool_in_use', { from: END - 40 * 24 * 60 * MINUTE, to: END }, 15 * SECOND);
    expect(answer.step).toBeGreaterThan(15 * SECOND);
    expect(answer.warnings).toEqual([expect.stringContaining('11,000 points')]);
  });

  test('a window just under the limit of points is not refused', async () => {
    const answer = await ask('vector(1)', { from: END - 10_999 * SECOND, to: END }, SECOND);
    expect(answer.cost.samples).toBe(11_000);
  });

  test('a wrong path is told from a wrong query', async () => {
    const [lost] = createBackends(
      { prometheus: [{ name: 'lost', url: `${server.url}/prom` }] },
      { now: () => END, decoder: createDecoder() },
    );
    await expect(lost?.probe(signal())).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining("does not look like Prometheus' API"),
    });
    await lost?.close?.();
  });
});
