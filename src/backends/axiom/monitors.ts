import type { z } from 'zod';
import { DAY, type Duration, type Instant, sayDuration, type Window } from '../../domain/time.ts';
import type { Firing } from '../backend.ts';
import { filledColumns } from './filled-columns.ts';
import type { historyAnswer, monitorsAnswer } from './schema.ts';

export type Monitor = z.output<typeof monitorsAnswer>[number];
export type History = z.output<typeof historyAnswer>;

/** A monitor with its changes of state; `history` is absent where it was not asked or could not be read. */
export interface Watched {
  readonly monitor: Monitor;
  readonly history?: History;
}

/** How far back changes of state are looked for. */
export const LOOK_BACK: Duration = 7 * DAY;

/** What a monitor says now. Without a change in the time looked at nothing is known: it may alert for longer, or never have. */
export type State =
  | { readonly kind: 'alerting'; readonly since: Instant }
  | { readonly kind: 'quiet'; readonly since: Instant }
  | { readonly kind: 'unknown' | 'not read' | 'disabled' };

/** The newest change decides; where a monitor alerts by group, one group that is open is enough. */
export function stateOf({ monitor, history }: Watched, now: Instant): State {
  const until = Date.parse(monitor.disabledUntil ?? '');
  if (monitor.disabled || until > now) return { kind: 'disabled' };
  if (history === undefined) return { kind: 'not read' };
  const newest = new Map<string, { readonly at: Instant; readonly open: boolean }>();
  for (const { name, state, timestamp } of history) {
    const at = Date.parse(timestamp);
    const known = newest.get(name ?? '');
    if (!known || at >= known.at) newest.set(name ?? '', { at, open: state === 'open' });
  }
  const open = [...newest.values()].filter((one) => one.open).map((one) => one.at);
  if (open.length > 0) return { kind: 'alerting', since: Math.min(...open) };
  if (newest.size === 0) return { kind: 'unknown' };
  return { kind: 'quiet', since: Math.max(...[...newest.values()].map((one) => one.at)) };
}

const RANK: readonly State['kind'][] = ['alerting', 'unknown', 'not read', 'quiet', 'disabled'];
const COLUMNS = ['state', 'monitor', 'since', 'type', 'condition', 'query'] as const;

/** The monitors as rows: those that alert first. */
export function monitorRows(watched: readonly Watched[], now: Instant) {
  const rows = watched
    .map((one) => ({ one, state: stateOf(one, now) }))
    .toSorted(
      (a, b) =>
        RANK.indexOf(a.state.kind) - RANK.indexOf(b.state.kind) ||
        (a.one.monitor.name < b.one.monitor.name ? -1 : 1),
    )
    .map(({ one: { monitor }, state }) => [
      state.kind,
      monitor.name,
      'since' in state ? new Date(state.since).toISOString() : '',
      monitor.type ?? '',
      conditionOf(monitor),
      monitor.aplQuery || monitor.mplQuery || '',
    ]);
  return filledColumns(COLUMNS, rows);
}

const SIGN: Readonly<Record<string, string>> = {
  Above: '>',
  AboveOrEqual: '≥',
  Below: '<',
  BelowOrEqual: '≤',
  AboveOrBelow: 'outside',
};

function conditionOf({ operator, threshold, rangeMinutes }: Monitor): string {
  if (operator == null || threshold == null) return '';
  const range = rangeMinutes == null ? '' : ` over ${rangeMinutes} min`;
  return `${SIGN[operator] ?? operator} ${threshold}${range}`;
}

export function firingOf(watched: readonly Watched[], now: Instant): readonly Firing[] {
  return watched.flatMap((one): Firing[] => {
    const state = stateOf(one, now);
    if (state.kind !== 'alerting') return [];
    const { name, type, description, id } = one.monitor;
    return [
      {
        name,
        since: state.since,
        labels: { monitor: id, ...(type && { type }) },
        ...(description && { summary: description }),
      },
    ];
  });
}

/** How many are how, and what is not known. */
export function sayMonitors(watched: readonly Watched[], now: Instant) {
  const counts = new Map<State['kind'], number>();
  for (const one of watched) {
    const { kind } = stateOf(one, now);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const said = RANK.flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind)} ${kind}`] : []));
  const unknown = counts.get('unknown') ?? 0;
  const missing = [
    ...(unknown > 0
      ? [
          `${unknown === 1 ? 'one' : unknown} did not change within ${sayDuration(LOOK_BACK)}, which proves nothing of its state`,
        ]
      : []),
    ...(counts.has('not read') ? [`the history of ${counts.get('not read')} could not be read`] : []),
  ];
  return { said: watched.length === 0 ? 'No monitor of that name.' : `${said.join(', ')}.`, missing };
}

export function lookBack(now: Instant): Window {
  return { from: now - LOOK_BACK, to: now };
}
