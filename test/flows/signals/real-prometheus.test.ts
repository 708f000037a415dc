import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { createPrometheus } from '../../../src/backends/prometheus/prometheus.ts';
import type { SignalsReport } from '../../../src/domain/signals/report.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/domain/time.ts';
import { citeByLink } from '../../../src/flows/signals/gathered.ts';
import { readSignals } from '../../../src/flows/signals/read-signals.ts';
import { readSpotlight } from '../../../src/flows/signals/read-spotlight.ts';
import { NAME } from '../../../src/sandbox/telemetry/labels.ts';
import { SCRAPE_INTERVAL, type ScenarioSeries } from '../../../src/sandbox/telemetry/scenario.ts';
import {
  findPrometheus,
  type RunningPrometheus,
  startPrometheus,
} from '../../sandbox/telemetry/start-prometheus.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';
import { HOME_GROWN, ISTIO, NOW, OTEL, TROUBLE } from './schemas.ts';

// The evaluator that the other tests ask is the sandbox's own; here the same queries meet the real one.

/** The last hours of series as a backfill takes them: grouped by name, oldest first. */
function openMetrics(series: readonly ScenarioSeries[]): string {
  const times = Array.from(
    { length: (2 * HOUR) / SCRAPE_INTERVAL + 1 },
    (_, index) => NOW - 2 * HOUR + index * SCRAPE_INTERVAL,
  );
  const nameOf = ({ labels }: ScenarioSeries) => labels.find(([name]) => name === NAME)?.[1] ?? '';
  const lines = series
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .flatMap((one) => {
      const labels = one.labels
        .filter(([name]) => name !== NAME)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(',');
      return times.map((at) => `${nameOf(one)}{${labels}} ${one.valueAt(at)} ${at / SECOND}`);
    });
  return `${lines.join('\n')}\n# EOF\n`;
}

describe.runIf(findPrometheus() !== undefined)('signals against a real Prometheus', () => {
  let server: RunningPrometheus;
  let backend: Backend;
  let all: Worlds;

  beforeAll(async () => {
    server = await startPrometheus({ openMetrics: openMetrics([...OTEL, ...ISTIO, ...HOME_GROWN]) });
    backend = createPrometheus(
      { name: 'real', url: server.url },
      { now: () => NOW, decoder: createDecoder() },
    );
    all = worlds();
  });

  afterAll(async () => {
    await backend?.close?.();
    await all?.close();
    await server?.stop();
  });

  const telemetry = () => createDiscoveryCache({ backends: [backend], now: () => NOW });

  async function read(service: string): Promise<SignalsReport> {
    const world = await all.open({ telemetry: telemetry() });
    const window = { from: NOW - 10 * MINUTE, to: NOW };
    const asking = {
      team: TEAM,
      backend,
      service,
      asked: 'signals',
      window,
      began: TROUBLE,
      by: 'LEA',
    } as const;
    return (await readSignals(world, asking, AbortSignal.timeout(20_000))).report(citeByLink);
  }

  const said = ({ lines }: SignalsReport) =>
    lines.map(({ signal, amounts }) => [
      signal,
      ...amounts.map(({ name = '', now = Number.NaN }) => `${name} ${Number(now.toPrecision(2))}`.trim()),
    ]);

  it('of all three schemas', async () => {
    expect(said(await read('orders'))).toEqual([
      ['latency', 'p50 0.4', 'p95 2.3', 'p99 2.5'],
      ['traffic', '90'],
      ['errors', '5xx 11', '4xx 0'],
      ['saturation', '95', '70'],
    ]);
    expect(said(await read('reviews')).slice(0, 3)).toEqual([
      ['latency', 'p50 100', 'p95 910', 'p99 980'],
      ['traffic', '50'],
      ['errors', '5xx and broken off 20', '4xx 0'],
    ]);
    expect(said(await read('mailer')).slice(0, 3)).toEqual([
      ['latency', 'p50 0.3', 'p90 0.6', 'p99 1.2'],
      ['traffic', '10'],
      ['errors', '10'],
    ]);
  });

  it('and what distinguishes their errors', async () => {
    const named = { metric: 'istio_requests_total', matchers: [], rest: '' };
    const condition = {
      kind: 'labels',
      matchers: [{ label: 'response_code', op: '=', value: '503' }],
    } as const;
    const asking = {
      backend,
      named,
      condition,
      typed: '',
      window: { from: NOW - 10 * MINUTE, to: NOW },
      by: 'LEA',
    };
    const world = { telemetry: telemetry() };
    const report = (await readSpotlight(world, asking, AbortSignal.timeout(20_000))).report(citeByLink);
    expect(report.bad.total / (report.bad.total + report.good.total)).toBeCloseTo(0.16, 1);
    expect(report.differences).toEqual([]);
  });
});
