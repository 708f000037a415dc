import { expect, test } from 'vitest';
import type { Alert } from '../../../src/backends/alertmanager/decode.ts';
import { alertFields, countLabel, firingOf, queryOf } from '../../../src/backends/alertmanager/fields.ts';

const alert = (labels: Record<string, string>, status: Partial<Alert['status']> = {}): Alert => ({
  labels,
  annotations: { summary: `${labels.alertname} it is` },
  fingerprint: 'f',
  startsAt: '2026-11-23T13:10:01.119Z',
  status: { state: 'active', silencedBy: [], inhibitedBy: [], ...status },
});

const ALERTS = [
  alert({ alertname: 'Errors', severity: 'page', team: 'shop' }),
  alert({ alertname: 'Web', severity: 'ticket' }, { state: 'suppressed', inhibitedBy: ['f'] }),
  alert({ alertname: 'Memory', severity: 'ticket' }, { state: 'suppressed', silencedBy: ['s'] }),
  alert({ alertname: 'New', severity: 'page' }, { state: 'unprocessed' }),
];

test('only what is neither silenced nor inhibited fires', () => {
  expect(firingOf(ALERTS)).toEqual([
    {
      name: 'Errors',
      since: Date.parse('2026-11-23T13:10:01.119Z'),
      labels: { alertname: 'Errors', severity: 'page', team: 'shop' },
      summary: 'Errors it is',
    },
  ]);
});

test('labels with how many alerts carry them, annotations, and the values of one, most frequent first', () => {
  expect(alertFields(ALERTS)).toContainEqual({
    name: 'team',
    type: 'label',
    description: 'on 1 of 4 alerts',
  });
  expect(alertFields(ALERTS)).toContainEqual({ name: 'summary', type: 'annotation' });
  expect(countLabel(ALERTS, 'severity')).toEqual({
    kind: 'rows',
    columns: ['value', 'count'],
    rows: [
      ['page', 2],
      ['ticket', 2],
    ],
  });
  expect(countLabel(ALERTS, 'toString')).toMatchObject({ rows: [] });
});

test('`alerts` as a source is every alert', () => {
  expect([queryOf('alerts'), queryOf(' '), queryOf('PoolExhausted')]).toEqual(['', '', 'PoolExhausted']);
});
