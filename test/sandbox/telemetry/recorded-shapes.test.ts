import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { prometheusEndpoint } from '../../../src/sandbox/telemetry/prometheus-endpoint.ts';
import { scenarioStore } from '../../../src/sandbox/telemetry/scenario.ts';
import { checkoutScenario } from '../../../src/sandbox/telemetry/scenarios/checkout.ts';

interface Recorded {
  readonly name: string;
  readonly request: { readonly method: string; readonly url: string };
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

const FILE = '../shared/recorded/prometheus.json';
const recorded: Recorded[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
if (recorded.length === 0) process.stdout.write('not run: recorded answers of Prometheus\n');

const now = 1_795_352_089_968;
const scenario = checkoutScenario({ startedAt: now });
const ask = prometheusEndpoint({
  scenario,
  now: () => now,
  store: scenarioStore(scenario, { now: () => now }),
});

/** Metrics of the recorded server, and the like of them in the scenario. */
function translated(url: string): string {
  return url
    .replaceAll('pool_in_use', 'db_pool_connections')
    .replaceAll('http_requests_total+offset+1h', 'up');
}

/** Keys and types, the first of each list; an empty list fits any. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const pair = value.length === 2 && typeof value[0] === 'number';
    return pair ? value.map(shapeOf) : value.slice(0, 1).map(shapeOf);
  }
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
}

/** The parts of an answer whose keys are data: labels, annotations, metric names. */
function withoutNames(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) =>
    ['metric', 'labels', 'discoveredLabels', 'annotations'].includes(key) ? {} : value,
  );
}

/** What differs for a reason: the scenario has no rules, and metadata is keyed by name. */
const OTHER = new Set(['rules', 'metadata', 'series', 'err_matching', 'instant_vector', 'instant_matrix']);

test.each(recorded.filter(({ name }) => !OTHER.has(name)))(
  '$name has the shape of the recorded answer',
  (one) => {
    const answer = ask({
      method: one.request.method,
      url: translated(one.request.url),
      headers: {},
      body: '',
    });
    expect([answer.status, answer.contentType]).toEqual([one.status, one.contentType]);
    if (one.status >= 400)
      expect(answer.contentType.includes('json') ? JSON.parse(answer.body) : answer.body).toEqual(one.body);
    else expect(shapeOf(withoutNames(JSON.parse(answer.body)))).toEqual(shapeOf(withoutNames(one.body)));
  },
);

test.each(recorded.filter(({ name }) => OTHER.has(name)))(
  '$name has the outline of the recorded answer',
  (one) => {
    const answer = ask({
      method: one.request.method,
      url: translated(one.request.url),
      headers: {},
      body: '',
    });
    expect([answer.status, answer.contentType]).toEqual([one.status, one.contentType]);
    const [ours, theirs] = [JSON.parse(answer.body), one.body as Record<string, unknown>];
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    expect(ours.errorType).toBe(theirs.errorType);
    if (one.status < 400) expect(Array.isArray(ours.data)).toBe(Array.isArray(theirs.data));
  },
);

test.runIf(recorded.length > 0)('a vector, a matrix and metadata have the recorded entries', () => {
  const body = (name: string) =>
    recorded.find((one) => one.name === name)?.body as { data: { result: unknown[] } };
  const ours = (url: string) => JSON.parse(ask({ method: 'GET', url, headers: {}, body: '' }).body);
  expect(Object.keys(ours('/api/v1/query?query=up').data.result[0])).toEqual(
    Object.keys(body('instant_vector').data.result[0] ?? {}),
  );
  expect(Object.keys(ours('/api/v1/query?query=up%5B1m%5D').data.result[0])).toEqual(
    Object.keys(body('instant_matrix').data.result[0] ?? {}),
  );
  const known: unknown = recorded.find((one) => one.name === 'metadata')?.body;
  const entries = Object.values((known as { data: object }).data);
  expect(shapeOf(Object.values(ours('/api/v1/metadata?limit=3').data)[0])).toEqual(shapeOf(entries[0]));
  expect(Object.keys(ours('/api/v1/metadata?limit=3').data)).toHaveLength(3);
});
