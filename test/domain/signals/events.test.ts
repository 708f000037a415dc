import { describe, expect, test } from 'vitest';
import { readApl } from '../../../src/backends/axiom/apl/read-apl.ts';
import { datasetName, exactList, fieldName, literal } from '../../../src/domain/signals/apl.ts';
import {
  durationFields,
  durationUnit,
  endpointField,
  eventOutcome,
  kindField,
  outcomeFields,
} from '../../../src/domain/signals/event-fields.ts';
import { numbersApl, topErrorsApl } from '../../../src/domain/signals/event-queries.ts';

const SPANS = [
  { name: '_time', type: 'datetime' },
  { name: 'attributes.http.response.status_code', type: 'integer' },
  { name: 'attributes.http.route', type: 'string' },
  { name: 'duration', type: 'timespan' },
  { name: 'error', type: 'boolean' },
  { name: 'kind', type: 'string' },
  { name: 'service.name', type: 'string' },
];
const LOGS = [
  { name: 'duration_ms', type: 'float' },
  { name: 'level', type: 'string' },
  { name: 'message', type: 'string' },
  { name: 'path', type: 'string' },
  { name: 'service', type: 'string' },
  { name: 'upstream.duration_ms', type: 'float' },
];

describe('fields by their names and types', () => {
  test('of spans', () => {
    expect(durationFields(SPANS)).toEqual(['duration']);
    expect(durationUnit('duration', SPANS)).toBe('nanoseconds');
    expect(outcomeFields(SPANS)).toEqual(['attributes.http.response.status_code', 'error']);
    expect(endpointField(SPANS)).toBe('attributes.http.route');
    expect(kindField(SPANS)).toBe('kind');
  });

  test('of logs', () => {
    expect(durationFields(LOGS)).toEqual(['duration_ms', 'upstream.duration_ms']);
    expect(durationUnit('duration_ms', LOGS)).toBe('milliseconds');
    expect(outcomeFields(LOGS)).toEqual(['level']);
    expect(endpointField(LOGS)).toBe('path');
    expect(kindField(LOGS)).toBeUndefined();
  });
});

describe('how events tell what failed', () => {
  const outcomes: readonly (readonly [string, string, readonly string[], string | undefined, string?])[] = [
    [
      'http.status_code',
      'integer',
      ['200', '503'],
      "['http.status_code'] >= 500",
      "['http.status_code'] >= 400 and ['http.status_code'] < 500",
    ],
    ['status', 'string', ['200', '404'], 'status startswith "5"', 'status startswith "4"'],
    ['error', 'boolean', ['false', 'true'], 'error == true'],
    ['level', 'string', ['info', 'ERROR', 'fatal'], 'level in ("ERROR", "fatal")'],
    ['status', 'string', ['open', 'closed'], undefined],
    ['level', 'string', [], undefined],
  ];
  test.each(outcomes.map((row) => ({ row })))('$row', ({ row: [field, type, values, failed, refused] }) => {
    const outcome = eventOutcome(field, type, values);
    expect(outcome?.failed).toBe(failed);
    expect(outcome?.refused).toBe(refused);
  });
});

describe('the queries', () => {
  const plan = {
    dataset: 'shop-traces',
    service: { field: 'service.name', value: 'checkout' },
    served: { field: 'kind', value: 'server' },
    duration: { field: 'duration', unit: 'nanoseconds' },
    outcome: {
      field: 'status',
      failed: 'status >= 500',
      refused: 'status >= 400 and status < 500',
      says: '5xx',
    },
    endpoint: 'attributes.http.route',
  } as const;

  test('all numbers come in one row', () => {
    expect(numbersApl(plan)).toBe(
      '[\'shop-traces\'] | where [\'service.name\'] == "checkout" and kind == "server" | summarize requests = count(), failed = countif(status >= 500), refused = countif(status >= 400 and status < 500), p50 = percentile(duration, 50), p95 = percentile(duration, 95), p99 = percentile(duration, 99)',
    );
    expect(numbersApl({ dataset: 'x', service: { field: 'app', value: 'a' } })).toBe(
      '[\'x\'] | where app == "a" | summarize requests = count()',
    );
  });

  test('errors are counted by where they come from', () => {
    expect(topErrorsApl(plan)).toBe(
      "['shop-traces'] | where ['service.name'] == \"checkout\" and kind == \"server\" | where (status >= 500) or (status >= 400 and status < 500) | summarize errors = count() by ['service.name'], ['attributes.http.route'], status | top 20 by errors",
    );
  });

  test('whatever names and values hold, they stay what they are', () => {
    for (const value of ['"', "it's", '\\', 'x" or true or "', 'a\nb', '\ud83d']) {
      const query = numbersApl({ dataset: value, service: { field: value, value } });
      const [source] = readApl(query)?.pipelines[0]?.sources ?? [];
      expect(source?.name).toBe(value.toWellFormed());
    }
    expect([fieldName('a_b'), fieldName('a.b'), datasetName("it's")]).toEqual([
      'a_b',
      "['a.b']",
      "['it\\'s']",
    ]);
    expect([literal('a"b'), exactList(['a', 'b'])]).toEqual(['"a\\"b"', '"a", "b"']);
  });
});
