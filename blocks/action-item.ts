import { type ActionItem, openActions } from '../src/domain/action-item.ts';
import { type Incident, incidentId } from '../src/domain/incident.ts';
import type { Instant } from '../src/domain/time.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { brief, some } from './fit.ts';
import type { Block, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, type Inline, iso, link, nameOf, plain, words } from './text.ts';

/** Characters of an action item in a list; the timeline's file holds it whole. */
const SHOWN = 400;

/** An action item with the incident it is of. */
export interface ActionOf {
  readonly incident: Pick<Incident, 'number'>;
  readonly item: ActionItem;
}

export type ActionButton = 'done' | 'next-week' | 'drop' | 'hand';

/** `INC-42 A3  Limit retries to 2 · @Mara · due Nov 27`, or how it ended. */
export function actionLine({ incident, item }: ActionOf, reading: Reading): readonly Inline[] {
  const { closed } = item;
  const link_ = item.link === undefined ? [] : [plain(' · '), link(item.link, 'ticket')];
  return [
    bold(`${incidentId(incident.number)} ${item.id}  `),
    ...words(brief(item.text, SHOWN), reading),
    ...(closed
      ? [
          plain(` · ${closed.how === 'done' ? 'done' : 'dropped'} by ${nameOf(closed.by, reading)}`),
          ...(closed.reason === undefined ? [] : [plain(`: ${brief(closed.reason, 200)}`)]),
        ]
      : [
          plain(` · ${item.owner === undefined ? 'no owner yet' : nameOf(item.owner, reading)} · `),
          ...(item.dueAt === undefined ? [plain('no date yet')] : dueWords(item.dueAt, reading)),
        ]),
    ...link_,
  ];
}

/** `due Nov 27`, as a date of the reader; bold once it has passed. */
function dueWords(dueAt: Instant, reading: Reading): readonly Inline[] {
  const late = dueAt < reading.now;
  const date: Inline = {
    type: 'date',
    timestamp: Math.floor(dueAt / 1000),
    format: '{date_short_pretty}',
    fallback: iso(dueAt).slice(0, 10),
    ...(late && { style: { bold: true } }),
  };
  return [plain(late ? 'was due ' : 'due '), date];
}

const LABELS: Readonly<Record<ActionButton, readonly [action: string, label: string]>> = {
  done: [ACTIONS.actionDone, 'Done'],
  'next-week': [ACTIONS.actionNextWeek, 'Next week'],
  drop: [ACTIONS.actionDrop, 'Drop'],
  hand: [ACTIONS.actionHand, 'Hand to …'],
};

/** One action item with the buttons to settle it where it is; without them once it is closed. */
export function actionBlocks(
  one: ActionOf,
  buttons: readonly ActionButton[],
  reading: Reading,
): readonly Block[] {
  const line = lines([section(...actionLine(one, reading))]);
  if (one.item.closed || buttons.length === 0) return [line];
  const value = encodeRef({ incident: one.incident.number, second: Number(one.item.id.slice(1)) });
  return [line, actions(...buttons.map((name) => button(LABELS[name][0], LABELS[name][1], value)))];
}

/** `3 action items` that are open; undefined where there is none. */
export function sayActions(incident: Pick<Incident, 'actions'>): string | undefined {
  const open = openActions(incident).length;
  if (open > 0) return some(open, 'action item');
  return incident.actions.length > 0 ? 'all action items closed' : undefined;
}
