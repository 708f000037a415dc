import { type ActionItem, openActions } from '../domain/action-item.ts';
import { isUnnamed } from '../domain/follow-up.ts';
import { type Incident, incidentId, isOpen, type Recorded } from '../domain/incident.ts';
import { DAY, HOUR, type Instant } from '../domain/time.ts';
import type { OutboxPost } from '../storage/store.ts';
import { row } from './row.ts';

/** From late in an evening to the morning of the next working day: no zone is asked sooner. */
const A_NIGHT = 8 * HOUR;

/**
 * What action items make Steady do later: rows that wait for their day, so that the tick looks at nothing. Which morning that is
 * on the clocks of the owner is found when the day comes.
 */
export function actionRows(
  before: Incident,
  after: Incident,
  recorded: readonly Recorded[],
): readonly OutboxPost[] {
  const id = incidentId(after.number);
  const incident = after.number;
  const rows = recorded.flatMap(({ seq, event }): readonly OutboxPost[] => {
    const item = 'action' in event ? after.actions.find((one) => one.id === event.action) : undefined;
    if (!item) return [];
    return [
      ...(item.asked.seq === seq ? followUpRow(incident, item, 1) : []),
      ...(event.type === 'action-added'
        ? []
        : [row(`${id}/${item.id}/settle@${seq}`, { kind: 'action-settle', incident, action: item.id })]),
    ];
  });
  return [...rows, ...unnamedRow(before, after, recorded), ...countRow(before, after)];
}

/** The day before the date is early enough for every zone. */
export function followUpRow(
  incident: number,
  item: ActionItem,
  round: number,
  notBefore: Instant | undefined = item.dueAt === undefined ? undefined : item.dueAt - DAY,
): readonly OutboxPost[] {
  if (item.owner === undefined || item.dueAt === undefined || notBefore === undefined) return [];
  const { id: action, asked } = item;
  const key = `${incidentId(incident)}/${action}/due@${asked.seq}/${round}`;
  return [row(key, { kind: 'action-due', incident, action, asked: asked.seq, round }, notBefore)];
}

/** Asked when it is over, and again for what was added after that; what was asked about before is not asked about again. */
function unnamedRow(before: Incident, after: Incident, recorded: readonly Recorded[]): readonly OutboxPost[] {
  const last = recorded.at(-1);
  if (!last || isOpen(after) || after.phase === 'merged' || !after.actions.some(isUnnamed)) return [];
  const ended = isOpen(before);
  const added = recorded.some(
    ({ event }) => event.type === 'action-added' || event.type === 'action-reopened',
  );
  if (!ended && !added) return [];
  const { number: incident } = after;
  return [
    row(
      `${incidentId(incident)}/unnamed@${last.seq}`,
      { kind: 'actions-unnamed', incident, since: last.at },
      last.at + A_NIGHT,
    ),
  ];
}

/** The resolution says how many are open, so it is drawn again when that changes. */
function countRow(before: Incident, after: Incident): readonly OutboxPost[] {
  if (after.phase !== 'resolved' || before.phase !== 'resolved') return [];
  if (openActions(before).length === openActions(after).length) return [];
  const seq = after.timeline.findLast(({ event }) => event.type === 'resolved')?.seq;
  if (seq === undefined) return [];
  const { number: incident, version } = after;
  const key = `${incidentId(incident)}/update-${seq}@${version}`;
  return [row(key, { kind: 'update-edit', incident, seq, version })];
}
