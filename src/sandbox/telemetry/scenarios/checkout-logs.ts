import { type Instant, SECOND } from '../../../domain/time.ts';
import { type Labels, labelOf, labelsOf, NAME } from '../labels.ts';
import type { LogSource } from '../loki/log-source.ts';
import { chance, seedOf } from '../noise.ts';
import type { Scenario, ScenarioSeries } from '../scenario.ts';
import { LIMIT_AFTER, LIMIT_BEFORE } from './checkout-story.ts';

/** Of the requests that went well every so-manieth is logged, and says so in `sampled`. */
const SAMPLED = 20;
/** Every so-manieth refusal of payments. */
const REFUSALS_SAMPLED = 10;

/** What a line can tell about the process that writes it. */
interface Writer {
  readonly service: string;
  readonly pod: string;
  readonly region: string;
  readonly version: string;
}

/**
 * The lines of checkout, payments, cart and web, made of the same counters as the metrics: every failed request is one line, of
 * the others every so-manieth. checkout, cart and web write JSON, payments writes logfmt. They are made anew once somebody
 * mitigates, as the metrics are.
 */
export function checkoutLogs(scenario: Scenario): () => readonly LogSource[] {
  let made: { readonly from: readonly ScenarioSeries[]; readonly sources: readonly LogSource[] } | undefined;
  return () => {
    const from = scenario.series();
    if (made?.from !== from) made = { from, sources: makeSources(from, scenario) };
    return made.sources;
  };
}

function makeSources(series: readonly ScenarioSeries[], { causeAt, dataFrom }: Scenario): LogSource[] {
  const named = (name: string) => series.filter(({ labels }) => labelOf(labels, NAME) === name);
  const versions = new Map(
    named('build_info').map(({ labels }) => [labelOf(labels, 'pod'), labelOf(labels, 'version')]),
  );
  const writerOf = (labels: Labels): Writer => {
    const pod = labelOf(labels, 'pod');
    return {
      service: labelOf(labels, 'service'),
      pod,
      region: labelOf(labels, 'region'),
      version: versions.get(pod) ?? '',
    };
  };
  const refusedAt = refusals(named('upstream_requests_total'));
  const requests = named('http_requests_total').map((one) =>
    requestLines(one, writerOf(one.labels), { dataFrom, refusedAt }),
  );
  const starts = named('build_info')
    .filter((one) => one.born > dataFrom)
    .map((one) => onceAt(one.born, writerOf(one.labels), ({ version }) => `starting ${version}`));
  const settings = named('build_info')
    .filter(({ labels }) => labelOf(labels, 'service') === 'payments')
    .map((one) =>
      onceAt(causeAt, writerOf(one.labels), () => 'configuration reloaded', {
        key: 'rate_limit.checkout',
        old: LIMIT_BEFORE,
        new: LIMIT_AFTER,
      }),
    );
  return [...requests, ...starts, ...settings];
}

/** Whether a pod of checkout was refused by payments in the minute before. */
function refusals(upstream: readonly ScenarioSeries[]): (pod: string, at: Instant) => boolean {
  const byPod = new Map(
    upstream
      .filter(({ labels }) => labelOf(labels, 'code') === '429')
      .map((one) => [labelOf(one.labels, 'pod'), one]),
  );
  return (pod, at) => {
    const one = byPod.get(pod);
    return one !== undefined && one.valueAt(at + SECOND) > one.valueAt(at - 60 * SECOND);
  };
}

function requestLines(
  { labels, born, gone, valueAt }: ScenarioSeries,
  writer: Writer,
  { dataFrom, refusedAt }: { dataFrom: Instant; refusedAt: (pod: string, at: Instant) => boolean },
): LogSource {
  const code = labelOf(labels, 'code');
  const route = labelOf(labels, 'route');
  const level = code >= '500' ? 'error' : code >= '400' ? 'warn' : 'info';
  const sampled = code === '200' ? SAMPLED : code === '429' ? REFUSALS_SAMPLED : 1;
  const seed = seedOf(`${writer.pod} ${route} ${code} log`);
  const first = Math.max(born, dataFrom);
  const last = gone ?? Number.POSITIVE_INFINITY;
  return {
    labels: streamOf(writer, level),
    written: (at) => Math.floor(valueAt(Math.min(Math.max(at, first), last)) / sampled),
    line: (index, at) =>
      write(writer, {
        level,
        msg: message(writer, code, code === '500' && refusedAt(writer.pod, at)),
        ...(writer.service === 'payments' && { client: 'checkout' }),
        route,
        status: Number(code),
        ...(writer.service === 'checkout' &&
          code === '500' &&
          refusedAt(writer.pod, at) && { upstream: 'payments', upstream_status: 429, attempts: 4 }),
        duration_ms: milliseconds(chance(seed, 3 * index), level === 'error' && code !== '429'),
        region: writer.region,
        version: writer.version,
        trace_id: traceId(seed, index),
        ...(sampled > 1 && { sampled }),
      }),
  };
}

function message({ service }: Writer, code: string, refused: boolean): string {
  if (code === '429') return 'rate limit exceeded';
  if (code === '400') return 'cart is empty';
  if (code === '502') return 'checkout answered 500';
  if (code === '500')
    return service === 'checkout' && refused
      ? 'payments answered 429, giving up after 4 attempts'
      : 'unexpected error';
  return { checkout: 'order placed', payments: 'charge accepted' }[service] ?? 'request served';
}

/** One line at an instant. */
function onceAt(
  at: Instant,
  writer: Writer,
  say: (writer: Writer) => string,
  more: Readonly<Record<string, string | number>> = {},
): LogSource {
  const second = Math.floor(at / SECOND) * SECOND;
  return {
    labels: streamOf(writer, 'info'),
    written: (until) => (until > second ? 1 : 0),
    line: () =>
      write(writer, {
        level: 'info',
        msg: say(writer),
        ...more,
        region: writer.region,
        version: writer.version,
      }),
  };
}

function streamOf({ service, pod }: Writer, level: string): Labels {
  return labelsOf({ service_name: service, level, pod, namespace: 'shop' });
}

function write({ service }: Writer, fields: Readonly<Record<string, string | number>>): string {
  if (service !== 'payments') return JSON.stringify(fields);
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${/[\s"=]/.test(String(value)) ? JSON.stringify(value) : value}`)
    .join(' ');
}

/** Around 60 ms where all is well, between 1.2 and 3.9 s where somebody waited for retries. */
function milliseconds(part: number, slow: boolean): number {
  return slow ? Math.round(1_200 + 2_700 * part) : Math.round(18 + 90 * part * part);
}

function traceId(seed: number, index: number): string {
  return [1, 2, 3, 4]
    .map((word) =>
      Math.floor(chance(seed + word, index) * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
}
