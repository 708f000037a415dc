import { expect, test } from 'vitest';
import { alertTable, firingOf, type RuleAlert, sayPending } from '../../../src/backends/prometheus/alerts.ts';

const alert = (alertname: string, state: string, activeAt?: string): RuleAlert => ({
  labels: { alertname, severity: 'page', job: 'checkout' },
  annotations: { description: `${alertname} it is` },
  state,
  ...(activeAt !== undefined && { activeAt }),
});

const ALERTS = [
  alert('Slow', 'pending', '2026-11-23T13:20:00Z'),
  alert('Down', 'firing', '2026-11-23T13:10:00Z'),
  alert('Errors', 'firing', '2026-11-23T13:12:00Z'),
  alert('Sent', 'firing'),
];

test('what fires comes first, the newest of it first; what is pending does not fire', () => {
  const { rows } = alertTable(ALERTS);
  expect(rows.map(([since, state, name]) => [since, state, name])).toEqual([
    ['2026-11-23T13:12:00.000Z', 'firing', 'Errors'],
    ['2026-11-23T13:10:00.000Z', 'firing', 'Down'],
    ['', 'firing', 'Sent'],
    ['2026-11-23T13:20:00.000Z', 'pending', 'Slow'],
  ]);
  expect(rows[0]?.slice(3)).toEqual(['page', 'Errors it is', 'job="checkout"']);
  expect(firingOf(ALERTS).map(({ name }) => name)).toEqual(['Down', 'Errors', 'Sent']);
  expect(sayPending(ALERTS)).toEqual(['3 firing, 1 pending.']);
  expect(sayPending(ALERTS.slice(1))).toEqual([]);
});
