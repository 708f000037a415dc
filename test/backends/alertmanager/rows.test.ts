import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Alert,
  type AlertsPiece,
  decodeAlerts,
  decodeReceivers,
  decodeSilences,
} from '../../../src/backends/alertmanager/decode.ts';
import { alertmanagerFailure } from '../../../src/backends/alertmanager/failure.ts';
import { alertRows, sayStates, stateOf } from '../../../src/backends/alertmanager/rows.ts';
import { statusAnswer } from '../../../src/backends/alertmanager/schema.ts';
import { Body } from '../../../src/backends/body.ts';

const RECORDED = new URL('../../../../shared/recorded/alertmanager.json', import.meta.url);

const status = (
  state: string,
  silencedBy: string[] = [],
  inhibitedBy: string[] = [],
  mutedBy?: string[],
) => ({
  status: { state, silencedBy, inhibitedBy, ...(mutedBy && { mutedBy }) },
});

const alert = (name: string, minute: number, more: Partial<Alert> = {}): Alert => ({
  labels: { alertname: name },
  annotations: {},
  fingerprint: `f-${name}`,
  startsAt: `2026-11-23T13:${minute}:00.000Z`,
  ...status('active'),
  ...more,
});

test.each([
  [status('active'), 'firing'],
  [status('suppressed', ['s']), 'silenced'],
  [status('suppressed', [], ['f']), 'inhibited'],
  [status('suppressed', ['s'], ['f']), 'silenced and inhibited'],
  [status('suppressed', [], [], ['nights']), 'muted'],
  [status('unprocessed'), 'unprocessed'],
  [status('new-word'), 'new-word'],
])('%j is %s', (one, expected) => {
  expect(stateOf(one)).toBe(expected);
});

test('firing first, newest first; who silenced and until when; what inhibits, by name', () => {
  const alerts = [
    alert('Old', 10),
    alert('Quiet', 30, status('suppressed', ['s1', 's2'])),
    alert('Under', 20, status('suppressed', [], ['f-New', 'f-elsewhere'])),
    alert('New', 15, {
      labels: { alertname: 'New', severity: 'page', pool: 'a"b' },
      annotations: { description: 'told' },
    }),
  ];
  const silences = new Map([
    ['s1', { id: 's1', createdBy: 'lea', comment: 'known', endsAt: '2026-11-23T15:00:00Z' }],
  ]);
  expect(alertRows(alerts, silences)).toEqual({
    kind: 'rows',
    columns: ['since', 'state', 'alert', 'severity', 'by', 'summary', 'labels'],
    rows: [
      ['2026-11-23T13:15:00.000Z', 'firing', 'New', 'page', '', 'told', 'pool="a\\"b"'],
      ['2026-11-23T13:10:00.000Z', 'firing', 'Old', '', '', '', ''],
      [
        '2026-11-23T13:30:00.000Z',
        'silenced',
        'Quiet',
        '',
        'lea until 2026-11-23T15:00:00.000Z: known; silence s2',
        '',
        '',
      ],
      ['2026-11-23T13:20:00.000Z', 'inhibited', 'Under', '', 'alert New; alert f-elsewhere', '', ''],
    ],
  });
  expect(sayStates(alerts)).toBe('2 firing, 1 silenced, 1 inhibited.');
  expect(sayStates(alerts.slice(1, 3))).toBe('None of these is firing: 1 silenced, 1 inhibited.');
  expect(sayStates(alerts.slice(3))).toBeUndefined();
  expect(alertRows([alert('Old', 10)], new Map())).toMatchObject({ columns: ['since', 'state', 'alert'] });
});

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
}

test('every recorded answer of a real server is decoded or said', () => {
  let all: readonly Recorded[];
  try {
    all = JSON.parse(readFileSync(RECORDED, 'utf8'));
  } catch {
    process.stdout.write('not run: recorded answers of Alertmanager\n');
    return;
  }
  const bytes = (name: string) => Buffer.from(JSON.stringify(all.find((one) => one.name === name)?.body));
  const states = (name: string) =>
    [...decodeAlerts(bytes(name))].map((piece: AlertsPiece) =>
      piece.kind === 'alerts' ? piece.alerts.map((one) => `${one.labels.alertname} ${stateOf(one)}`) : piece,
    );
  expect(states('alerts')).toEqual([['AlwaysFiring firing', 'PoolExhausted firing']]);
  expect(states('alerts_filter')).toEqual([['AlwaysFiring firing']]);
  expect([...decodeSilences(bytes('silences'))].flat()).toEqual([]);
  expect(statusAnswer.parse(JSON.parse(bytes('status').toString())).versionInfo.version).toBe('0.25.0');
  expect(() => [...decodeAlerts(bytes('status'))]).toThrowError();
  expect(() => [...decodeReceivers(bytes('status'))]).toThrowError();
  const body = new Body();
  body.append(bytes('bad_filter'));
  const error = alertmanagerFailure({ status: 400, headers: {}, body }, (text) => text, {
    title: 'Alertmanager prod',
    section: '',
    now: 0,
    at: 0,
  });
  expect(error.failure).toBe('bad-query');
  expect(error.message).toBe('Alertmanager prod refuses the matchers: bad matcher format: bad filter.');
  expect(error.details.position).toBeUndefined();
});
