import type { Result } from '../../domain/evidence.ts';
import type { Firing } from '../backend.ts';
import { type RuleAlert, rulesAlertsAnswer } from './schema.ts';

export type { RuleAlert } from './schema.ts';

const PIECE = 500;

/** Decodes `/api/v1/alerts`. Throws SyntaxError or ZodError when it is not one. */
export function* decodeRuleAlerts(bytes: Uint8Array): Iterable<readonly RuleAlert[]> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const { alerts } = rulesAlertsAnswer.parse(JSON.parse(text)).data;
  for (let from = 0; from < alerts.length; from += PIECE) yield alerts.slice(from, from + PIECE);
}

/** The alerts as rows: those firing first, each state newest first. */
export function alertTable(alerts: readonly RuleAlert[]): Extract<Result, { kind: 'rows' }> {
  const rows = alerts.toSorted(
    (a, b) => Number(a.state !== 'firing') - Number(b.state !== 'firing') || since(b) - since(a),
  );
  return {
    kind: 'rows',
    columns: ['since', 'state', 'alert', 'severity', 'summary', 'labels'],
    rows: rows.map((one) => {
      const { alertname = '', severity = '', ...labels } = one.labels;
      const said = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return [
        one.activeAt === undefined ? '' : new Date(one.activeAt).toISOString(),
        one.state,
        alertname,
        severity,
        summaryOf(one),
        said.join(', '),
      ];
    }),
  };
}

/** Those that fire: a pending one may still go away before its `for` is over. */
export function firingOf(alerts: readonly RuleAlert[]): readonly Firing[] {
  return alerts
    .filter(({ state }) => state === 'firing')
    .map((one) => ({
      name: one.labels.alertname ?? '',
      labels: one.labels,
      ...(one.activeAt !== undefined && { since: Date.parse(one.activeAt) }),
      ...(summaryOf(one) !== '' && { summary: summaryOf(one) }),
    }));
}

/** How many of each, where not all fire. */
export function sayPending(alerts: readonly RuleAlert[]): readonly string[] {
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  const rest = alerts.length - firing;
  return rest === 0 ? [] : [`${firing} firing, ${rest} pending.`];
}

function summaryOf({ annotations }: RuleAlert): string {
  return annotations.summary ?? annotations.description ?? annotations.message ?? '';
}

function since({ activeAt }: RuleAlert): number {
  return activeAt === undefined ? 0 : Date.parse(activeAt);
}
