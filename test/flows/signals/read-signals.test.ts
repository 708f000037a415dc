import { afterEach, describe, expect, it } from 'vitest';
import type { SignalLine, SignalsReport } from '../../../src/domain/signals/report.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import type { World } from '../../../src/flows/ports.ts';
import { correctSignal } from '../../../src/flows/signals/correct-signal.ts';
import { citeByLink } from '../../../src/flows/signals/gathered.ts';
import { readSignals } from '../../../src/flows/signals/read-signals.ts';
import { readUse } from '../../../src/flows/signals/read-use.ts';
import { trafficNow } from '../../../src/flows/signals/traffic-now.ts';
import type { ScenarioSeries } from '../../../src/sandbox/telemetry/scenario.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';
import { type Played, play } from './play.ts';
import { HOME_GROWN, ISTIO, NOW, OTEL, TROUBLE } from './schemas.ts';

const WINDOW = { from: NOW - 10 * MINUTE, to: NOW };

let all: Worlds;
let played: Played;

afterEach(async () => {
  await played?.[Symbol.asyncDispose]();
  await all?.close();
});

async function started(series: readonly ScenarioSeries[], refuse?: (query: string) => boolean) {
  all = worlds();
  played = await play(series, refuse);
  const world: World = await all.open({ telemetry: played.telemetry });
  const asking = { team: TEAM, backend: played.backend, window: WINDOW, began: TROUBLE, by: 'LEA' };
  const signal = AbortSignal.timeout(20_000);
  return {
    world,
    asking,
    signal,
    async read(service: string, asked: 'signals' | 'red' = 'signals'): Promise<SignalsReport> {
      return (await readSignals(world, { ...asking, service, asked }, signal)).report(citeByLink);
    },
    correct: (service: string, correction: Parameters<typeof correctSignal>[1]['correction']) =>
      correctSignal(world, { ...asking, service, correction }, signal),
  };
}

function lineOf(report: SignalsReport, signal: SignalLine['signal']): SignalLine {
  const line = report.lines.find((one) => one.signal === signal);
  if (!line) throw new Error(`no ${signal}`);
  return line;
}

/** What a line says: each number's name, now and before, to two digits. */
function numbers(report: SignalsReport, signal: SignalLine['signal']) {
  const round = (value: number | undefined) => value && Number(value.toPrecision(2));
  return lineOf(report, signal).amounts.map(({ of, name, unit, now, before }) => [
    [of, name].filter(Boolean).join(' '),
    unit,
    round(now),
    round(before),
  ]);
}

const metrics = (report: SignalsReport, signal: SignalLine['signal']) =>
  lineOf(report, signal).chosen.map(({ metric }) => metric);

describe('OpenTelemetry’s conventions', () => {
  it('are found under the service’s own name, client calls left aside', async () => {
    const { read } = await started(OTEL);
    const report = await read('orders');
    expect(report.under[0]).toEqual({ label: 'service_name', op: '=', value: 'orders' });
    expect(numbers(report, 'traffic')).toEqual([['', 'per second', 90, 80]]);
    expect(numbers(report, 'latency')).toEqual([
      ['p50', 'seconds', 0.4, 0.056],
      ['p95', 'seconds', 2.3, 0.32],
      ['p99', 'seconds', 2.5, 0.5],
    ]);
    expect(numbers(report, 'errors')).toEqual([
      ['5xx', 'percent', 11, 0],
      ['4xx', 'percent', 0, 0],
    ]);
    expect(numbers(report, 'saturation').slice(0, 2)).toEqual([
      ['database pool', 'percent', 95, 20],
      ['CPU', 'percent', 70, 20],
    ]);
    expect(report.top?.places).toEqual([
      { service: 'orders', endpoint: '/api/orders', code: '503', perSecond: expect.closeTo(10, 1) },
    ]);
    expect(metrics(report, 'traffic')).toEqual(['http_server_request_duration_seconds_count']);
    expect(lineOf(report, 'traffic').chosen[0]?.why).toContain('OpenTelemetry');
    expect(played.queries.join()).not.toContain('http_client');
  });

  it('are found by the name in `job` as well, with its namespace', async () => {
    const { read } = await started(
      OTEL.filter(({ labels }) => labels.some(([name]) => name === 'job')).map(withoutLabel('service_name')),
    );
    const report = await read('orders', 'red');
    expect(report.under[0]).toMatchObject({ label: 'job', op: '=~' });
    expect(numbers(report, 'traffic')).toEqual([['', 'per second', 90, 80]]);
    expect(report.lines.map(({ signal }) => signal)).toEqual(['traffic', 'errors', 'latency']);
  });
});

describe('Istio', () => {
  it('counts a request once, where it was served, in milliseconds, broken connections among the errors', async () => {
    const { read } = await started(ISTIO);
    const report = await read('reviews');
    expect(report.under[0]).toEqual({ label: 'destination_service_name', op: '=', value: 'reviews' });
    expect(numbers(report, 'traffic')).toEqual([['', 'per second', 50, 50]]);
    expect(lineOf(report, 'traffic').chosen[0]?.why).toContain('reporter="destination"');
    expect(numbers(report, 'errors')[0]).toEqual(['5xx and broken off', 'percent', 20, 0]);
    expect(numbers(report, 'latency')[1]).toEqual(['p95', 'milliseconds', 910, 93]);
    expect(report.top?.places.map(({ code }) => code)).toEqual(['503', '0']);
  });

  it('tells nothing of saturation, which is said with what was looked for', async () => {
    const { read } = await started(ISTIO);
    const saturation = lineOf(await read('reviews'), 'saturation');
    expect(saturation.amounts).toEqual([]);
    expect(saturation.lacks).toMatch(
      /^Missing: not among the \d metrics of this service\. Looked for .*_utilization/,
    );
  });
});

describe('a schema of somebody’s own', () => {
  it('gives the worst instance’s quantiles, failures from their own counter, and says what is missing', async () => {
    const { read } = await started(HOME_GROWN);
    const report = await read('mailer');
    expect(numbers(report, 'latency')).toEqual([
      ['p50', 'seconds', 0.3, 0.1],
      ['p90', 'seconds', 0.6, 0.2],
      ['p99', 'seconds', 1.2, 0.4],
    ]);
    expect(lineOf(report, 'latency').chosen[0]?.why).toMatch(/worst instance.*no p95/);
    expect(metrics(report, 'traffic')).toEqual(['mailer_requests_total']);
    expect(metrics(report, 'errors')).toEqual(['mailer_requests_failed_total']);
    expect(numbers(report, 'errors')).toEqual([['', 'percent', 10, 0]]);
    expect(lineOf(report, 'saturation').lacks).toContain('Missing');
    expect(report.top?.places[0]).toMatchObject({ service: 'mailer', perSecond: expect.closeTo(1, 1) });
  });

  it('every number has the link that shows it', async () => {
    const { read } = await started(HOME_GROWN);
    const report = await read('mailer');
    for (const { amounts } of report.lines)
      for (const { evidence } of amounts) expect(evidence?.url).toMatch(/\/graph\?g0\.expr=/);
  });
});

describe('a correction', () => {
  it('is taken from then on, by whoever asks, until it is taken back', async () => {
    const { read, correct } = await started(OTEL);
    await correct('orders', { signal: 'latency', metric: 'http_client_request_duration_seconds_bucket' });
    const corrected = lineOf(await read('orders'), 'latency');
    expect(corrected.chosen[0]).toMatchObject({
      metric: 'http_client_request_duration_seconds_bucket',
      by: 'LEA',
    });
    expect(corrected.others).toContain('http_server_request_duration_seconds_bucket');
    await correct('orders', { signal: 'latency' });
    expect(metrics(await read('orders'), 'latency')).toEqual(['http_server_request_duration_seconds_bucket']);
  });

  it('of a saturation names what nothing would have found', async () => {
    const { read, correct } = await started(HOME_GROWN);
    await correct('mailer', { signal: 'saturation', metric: 'mailer_delivery_attempts' });
    const line = lineOf(await read('mailer'), 'saturation');
    expect(line.chosen[0]).toMatchObject({ metric: 'mailer_delivery_attempts', by: 'LEA' });
    expect(line.amounts).toHaveLength(1);
  });

  it('to what the service does not have, or what shows no time, is refused with what there is', async () => {
    const { correct } = await started(OTEL);
    await expect(
      correct('orders', { signal: 'traffic', metric: 'http_server_duration_count' }),
    ).rejects.toMatchObject({
      rule: 'not-of-this-service',
      next: expect.arrayContaining([
        expect.objectContaining({
          command: 'signals orders traffic=http_server_request_duration_seconds_count',
        }),
      ]),
    });
    await expect(
      correct('orders', { signal: 'latency', metric: 'jvm_cpu_recent_utilization_ratio' }),
    ).rejects.toMatchObject({ rule: 'shows-no-latency' });
  });

  it('to a metric that is gone is not insisted on', async () => {
    const { read, world } = await started(OTEL);
    await world.store.remember(TEAM, 'signals/prometheus/prod/orders', {
      traffic: { metric: 'gone_total', by: 'KAI' },
      latency: { metric: 'gone_seconds_bucket', by: 'KAI' },
    });
    const report = await read('orders');
    for (const signal of ['traffic', 'latency'] as const) {
      expect(lineOf(report, signal).amounts.length).toBeGreaterThan(0);
      expect(lineOf(report, signal).chosen[0]?.by).toBeUndefined();
    }
  });
});

describe('what goes wrong', () => {
  it('on one line leaves the others', async () => {
    const { read } = await started(OTEL, (query) => query.includes('histogram_quantile'));
    const report = await read('orders');
    expect(lineOf(report, 'latency').amounts).toEqual([]);
    expect(lineOf(report, 'latency').lacks).toContain('Prometheus prod');
    expect(numbers(report, 'traffic')).toHaveLength(1);
  });

  it('a service that is nowhere is refused with the nearest, a resource with the way to ask for it', async () => {
    const { read } = await started(OTEL);
    await expect(read('order')).rejects.toMatchObject({
      rule: 'unknown-service',
      next: [{ label: 'orders', command: 'signals orders' }, expect.anything()],
    });
    await expect(read('db_client_connections')).rejects.toMatchObject({
      rule: 'is-a-resource',
      next: [{ command: 'use db_client_connections' }],
    });
  });
});

describe('use', () => {
  const use = async (series: readonly ScenarioSeries[], resource: string, service?: string) => {
    const { world, asking, signal } = await started(series);
    const asked = { ...asking, resource, ...(service !== undefined && { service }) };
    return (await readUse(world, asked, signal)).report(citeByLink);
  };

  it('gives utilization by service, and says which parts nothing reports', async () => {
    const report = await use(OTEL, 'db_client_connections');
    expect(numbers(report, 'utilization')).toEqual([['orders', 'percent', 95, 20]]);
    expect(lineOf(report, 'saturation').lacks).toContain('Missing: the one metric about it has none');
    expect(lineOf(report, 'errors').lacks).toContain('Missing');
  });

  it('of one service alone', async () => {
    expect(numbers(await use(OTEL, 'cpu', 'orders'), 'utilization')[0]?.[2]).toBe(70);
  });

  it('of a service points to red, of nothing to what there is', async () => {
    await expect(use(OTEL, 'orders')).rejects.toMatchObject({
      rule: 'is-a-service',
      next: [{ command: 'red orders' }, { command: 'signals orders' }],
    });
  });

  it('of what nothing is about says what there is', async () => {
    await expect(use(OTEL, 'unicorns')).rejects.toMatchObject({ rule: 'unknown-resource' });
  });
});

describe('the traffic of a service', () => {
  it('is found as the signals find it, with the answer that shows it', async () => {
    const { world, asking, signal } = await started(OTEL);
    expect(await trafficNow(world, { ...asking, service: 'orders' }, signal)).toMatchObject({
      metric: 'http_server_request_duration_seconds_count',
      now: expect.closeTo(90, 0),
      before: expect.closeTo(80, 0),
      answer: { query: expect.stringContaining('sum(rate(') },
    });
    expect(await trafficNow(world, { ...asking, service: 'nobody' }, signal)).toMatchObject({
      missing: 'Prometheus prod has no service `nobody` in this time.',
    });
  });
});

function withoutLabel(label: string): (series: ScenarioSeries) => ScenarioSeries {
  return (series) => ({ ...series, labels: series.labels.filter(([name]) => name !== label) });
}
