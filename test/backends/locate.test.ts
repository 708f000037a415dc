import { expect, test } from 'vitest';
import type { Backend, Discovery, Names } from '../../src/backends/backend.ts';
import { locate } from '../../src/backends/locate.ts';

const backend = (title: string): Backend => ({
  tool: title,
  deployment: 'prod',
  title,
  discover: () => Promise.reject(new Error('not asked')),
  match: () => {
    throw new Error('not asked');
  },
  query: () => Promise.reject(new Error('not asked')),
  probe: () => Promise.reject(new Error('not asked')),
});
const known = (one: Backend, lists: readonly Names[], missing: Discovery['missing'] = []) => ({
  backend: one,
  discovery: { at: 0, took: 0, lists, missing },
});

const PROM = backend('Prometheus');
const STAGE = backend('Prometheus stage');
const LOKI = backend('Loki');
const ALL = [
  known(PROM, [
    { kind: 'metrics', names: ['http_requests_total', 'up'] },
    { kind: 'labels', names: ['service_name', 'code'] },
  ]),
  known(STAGE, [{ kind: 'metrics', names: ['up'] }]),
  known(
    LOKI,
    [{ kind: 'streams', names: ['service_name="checkout"', 'level="error"'] }],
    [{ kind: 'labels', why: 'late' }],
  ),
];
const found = (source: string) => locate(source, ALL).backends.map(({ title }) => title);

test('a source is where discovery has its name; a label is no source', () => {
  expect(found('http_requests_total')).toEqual(['Prometheus']);
  expect(found('up')).toEqual(['Prometheus', 'Prometheus stage']);
  expect(found('http_requests_total{code="500"}')).toEqual(['Prometheus']);
  expect(found('{service_name="checkout", level="error"}')).toEqual(['Loki']);
  expect(found('{service_name=~"checkout"}')).toEqual(['Loki']);
  expect(found('service_name="checkout"')).toEqual(['Loki']);
  expect(found('checkout')).toEqual(['Loki']);
  expect(found('code')).toEqual([]);
});

test('what stands in front of another is asked only for what that one lacks', () => {
  const front = { ...backend('Grafana'), fronts: true as const };
  const both = [...ALL, known(front, [{ kind: 'metrics', names: ['up', 'only_there'] }])];
  expect(locate('up', both).backends).toEqual([PROM, STAGE]);
  expect(locate('only_there', both).backends).toEqual([front]);
});

test('where nothing has it, the nearest of all are told, and who could not be discovered whole', () => {
  const { nearest, unsure } = locate('http_request_total', ALL);
  expect(nearest[0]).toEqual({ backend: PROM, name: 'http_requests_total' });
  expect(unsure).toEqual([LOKI]);
});
