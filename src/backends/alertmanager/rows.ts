import type { Result } from '../../domain/evidence.ts';
import type { Alert, Silence } from './decode.ts';

/** An alert, and which of several Alertmanagers holds it. */
export type PlacedAlert = Alert & { readonly where?: string };

/** What an alert is, in the words of the people it wakes. */
export type State =
  | 'firing'
  | 'pending'
  | 'silenced'
  | 'inhibited'
  | 'silenced and inhibited'
  | 'muted'
  | 'unprocessed';

/**
 * Alertmanager says `active`, `suppressed` or `unprocessed`, never "firing"; what suppresses an alert is told beside it. A
 * word that is not known is passed on.
 */
export function stateOf({ status }: Pick<Alert, 'status'>): State | (string & {}) {
  const { state, silencedBy, inhibitedBy, mutedBy = [] } = status;
  if (state === 'active') return 'firing';
  if (state !== 'suppressed') return state;
  if (silencedBy.length > 0) return inhibitedBy.length > 0 ? 'silenced and inhibited' : 'silenced';
  if (inhibitedBy.length > 0) return 'inhibited';
  return mutedBy.length > 0 ? 'muted' : state;
}

/** The alerts as rows: those firing first, each state newest first. Columns that would be empty are left out. */
export function alertRows(
  alerts: readonly PlacedAlert[],
  silences: ReadonlyMap<string, Silence>,
): Extract<Result, { kind: 'rows' }> {
  const names = new Map(alerts.map((one) => [one.fingerprint, one.labels.alertname ?? one.fingerprint]));
  const placed = alerts.some((one) => one.where !== undefined) ? ['where'] : [];
  const columns = ['since', 'state', 'alert', 'severity', 'by', 'summary', 'labels', ...placed];
  const rows = alerts
    .map((one) => ({ one, state: stateOf(one), at: Date.parse(one.startsAt) }))
    .toSorted((a, b) => rank(a.state) - rank(b.state) || b.at - a.at)
    .map(({ one, state, at }) => {
      const { alertname = '', severity = '', ...labels } = one.labels;
      const { summary, description, message } = one.annotations;
      return [
        new Date(at).toISOString(),
        state,
        alertname,
        severity,
        suppressor(one, silences, names),
        summary ?? description ?? message ?? '',
        Object.entries(labels)
          .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
          .join(', '),
        one.where ?? '',
      ];
    });
  const filled = columns.flatMap((_, index) => (rows.some((row) => row[index] !== '') ? [index] : []));
  const kept = rows.length === 0 ? columns.map((_, index) => index) : filled;
  return {
    kind: 'rows',
    columns: kept.map((index) => columns[index] ?? ''),
    rows: rows.map((row) => kept.map((index) => row[index] ?? '')),
  };
}

function rank(state: string): number {
  return state === 'firing' ? 0 : state === 'pending' || state === 'unprocessed' ? 1 : 2;
}

function suppressor(
  { status }: Alert,
  silences: ReadonlyMap<string, Silence>,
  names: ReadonlyMap<string, string>,
): string {
  const { silencedBy, inhibitedBy, mutedBy = [] } = status;
  return [
    ...silencedBy.map((id) => saySilence(id, silences.get(id))),
    ...inhibitedBy.map((fingerprint) => `alert ${names.get(fingerprint) ?? fingerprint}`),
    ...mutedBy.map((name) => `time interval ${name}`),
  ].join('; ');
}

function saySilence(id: string, silence: Silence | undefined): string {
  if (!silence) return `silence ${id}`;
  const until = new Date(silence.endsAt).toISOString();
  return `${silence.createdBy} until ${until}${silence.comment === '' ? '' : `: ${silence.comment}`}`;
}

/** How many of each, where not all fire: nobody shall take a silenced alert for one that fires, or the reverse. */
export function sayStates(alerts: readonly Alert[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of alerts) counts.set(stateOf(one), (counts.get(stateOf(one)) ?? 0) + 1);
  if (counts.get('firing') === alerts.length || alerts.length === 0) return undefined;
  const said = [...counts]
    .toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([state, count]) => `${count.toLocaleString('en')} ${state}`)
    .join(', ');
  return counts.has('firing') ? `${said}.` : `None of these is firing: ${said}.`;
}

/** As they are counted; words that are not known come last. */
const STATES: readonly string[] = [
  'firing',
  'pending',
  'unprocessed',
  'silenced',
  'inhibited',
  'silenced and inhibited',
  'muted',
] satisfies State[];

function place(state: string): number {
  const index = STATES.indexOf(state);
  return index === -1 ? STATES.length : index;
}
