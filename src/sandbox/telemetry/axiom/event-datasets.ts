import type { Instant } from '../../../domain/time.ts';
import { labelOf } from '../labels.ts';
import type { LogSource } from '../loki/log-source.ts';
import { LokiError } from '../loki/loki-error.ts';
import { type LogLine, readLines } from '../loki/read-lines.ts';
import type { Cell, Field, Frame, Row } from './apl/expression.ts';
import type { Events } from './apl/run-apl.ts';

/** A dataset as `/v2/datasets` lists it, with its events. */
export interface EventDataset extends Events {
  readonly name: string;
  readonly kind: 'otel:logs:v1' | 'otel:traces:v1';
  readonly description: string;
  readonly retentionDays: number;
  readonly mapFields: readonly string[];
}

const COMMON: readonly Field[] = [
  { name: '_sysTime', type: 'datetime' },
  { name: '_time', type: 'datetime' },
];
const LOG_FIELDS: readonly Field[] = [
  ...COMMON,
  { name: 'attributes.custom', type: 'map[string]' },
  { name: 'attempts', type: 'integer' },
  { name: 'duration_ms', type: 'float' },
  { name: 'level', type: 'string' },
  { name: 'message', type: 'string' },
  { name: 'pod', type: 'string' },
  { name: 'region', type: 'string' },
  { name: 'route', type: 'string' },
  { name: 'service.name', type: 'string' },
  { name: 'status', type: 'integer' },
  { name: 'trace_id', type: 'string' },
  { name: 'upstream', type: 'string' },
  { name: 'upstream_status', type: 'integer' },
  { name: 'version', type: 'string' },
];
const SPAN_FIELDS: readonly Field[] = [
  ...COMMON,
  { name: 'attributes.custom', type: 'map[string]' },
  { name: 'attributes.http.response.status_code', type: 'integer' },
  { name: 'attributes.http.route', type: 'string' },
  { name: 'duration', type: 'timespan' },
  { name: 'error', type: 'boolean' },
  { name: 'kind', type: 'string' },
  { name: 'name', type: 'string' },
  { name: 'resource.k8s.pod.name', type: 'string' },
  { name: 'service.name', type: 'string' },
  { name: 'service.version', type: 'string' },
  { name: 'span_id', type: 'string' },
  { name: 'trace_id', type: 'string' },
];

/**
 * The datasets of the sandbox, made of the same lines as Loki's: every failed request, and of the others every so-manieth. Each line of a
 * request is also a span.
 */
export function eventDatasets(sources: () => readonly LogSource[]): readonly EventDataset[] {
  const of =
    (...services: readonly string[]) =>
    () =>
      sources().filter(({ labels }) => services.includes(labelOf(labels, 'service_name')));
  const logs = (name: string, service: string): EventDataset => ({
    name,
    kind: 'otel:logs:v1',
    description: `Logs of ${service}; of what went well every twentieth line.`,
    retentionDays: 30,
    mapFields: ['attributes.custom'],
    fields: LOG_FIELDS,
    read: (frame) => readEvents(of(service)(), frame, logEvent),
  });
  return [
    logs('checkout-logs', 'checkout'),
    logs('payments-logs', 'payments'),
    {
      name: 'shop-traces',
      kind: 'otel:traces:v1',
      description: 'Spans of checkout and payments; of what went well every twentieth.',
      retentionDays: 7,
      mapFields: ['attributes.custom'],
      fields: SPAN_FIELDS,
      read: (frame) => readEvents(of('checkout', 'payments')(), frame, spanOf),
    },
  ];
}

type Told = Readonly<Record<string, string | number>>;

function readEvents(
  sources: readonly LogSource[],
  { from, to, now }: Frame,
  event: (line: LogLine, told: Told, at: Instant) => Row | undefined,
): ReturnType<Events['read']> {
  const rows: Row[] = [];
  const stretch = { from: BigInt(from) * 1_000_000n, to: BigInt(Math.min(to, now)) * 1_000_000n };
  try {
    readLines(sources, stretch, 'backward', (line) => {
      const row = event(line, toldBy(line), line.second + line.nanos / 1e6);
      if (row) rows.push(row);
      return true;
    });
    return { rows, whole: true };
  } catch (error) {
    // Too many for the sandbox: the newest are there.
    if (error instanceof LokiError) return { rows, whole: false };
    throw error;
  }
}

/** What a line says, in JSON or as logfmt. */
function toldBy({ text }: LogLine): Told {
  if (text.startsWith('{')) return JSON.parse(text) as Told;
  const told: Record<string, string | number> = {};
  for (const [, name = '', quoted, plain = ''] of text.matchAll(/([\w.]+)=(?:("(?:[^"\\]|\\.)*")|(\S*))/g)) {
    const value = quoted === undefined ? plain : (JSON.parse(quoted) as string);
    told[name] = /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return told;
}

/** Fields of a line that have a place of their own in a log. */
const PLACED = ['level', 'route', 'status', 'upstream', 'upstream_status', 'attempts', 'duration_ms'];
const TAKEN: ReadonlySet<string> = new Set([...PLACED, 'msg', 'region', 'version', 'trace_id']);

function logEvent({ source }: LogLine, told: Told, at: Instant): Row {
  const custom = Object.fromEntries(Object.entries(told).filter(([name]) => !TAKEN.has(name)));
  return {
    _sysTime: at + 300,
    _time: at,
    message: told.msg ?? '',
    'service.name': labelOf(source.labels, 'service_name'),
    pod: labelOf(source.labels, 'pod'),
    ...picked(told, [...PLACED, 'region', 'version', 'trace_id']),
    ...(Object.keys(custom).length > 0 && { 'attributes.custom': custom }),
  };
}

function spanOf({ source }: LogLine, told: Told, at: Instant): Row | undefined {
  const { route, status, trace_id: trace, duration_ms: took, level, version, region } = told;
  if (route === undefined || trace === undefined) return undefined;
  const custom = { region, ...picked(told, ['upstream', 'upstream_status', 'attempts', 'client']) };
  return {
    _sysTime: at + 300,
    _time: at,
    'attributes.custom': custom as Row[string],
    'attributes.http.response.status_code': status ?? null,
    'attributes.http.route': route,
    duration: Math.round(Number(took) * 1e6),
    error: level === 'error',
    kind: 'server',
    name: `POST ${route}`,
    'resource.k8s.pod.name': labelOf(source.labels, 'pod'),
    'service.name': labelOf(source.labels, 'service_name'),
    'service.version': version ?? null,
    span_id: String(trace).slice(8, 24),
    trace_id: trace,
  };
}

function picked(told: Told, names: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(names.flatMap((name) => (told[name] === undefined ? [] : [[name, told[name]]])));
}
