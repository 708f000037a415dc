import { openActions } from '../src/domain/action-item.ts';
import { type Incident, incidentId, type PersonId } from '../src/domain/incident.ts';
import { type ActionButton, type ActionOf, actionBlocks, actionLine, sayActions } from './action-item.ts';
import { message, some } from './fit.ts';
import { notification, plainNotification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, code, nameOf, notation } from './text.ts';

/** Action items with buttons in one message; the rest is reached by its command. */
const WITH_BUTTONS = 10;
const LISTED = 50;

/** `actions`: everything of one incident, open ones first. */
export function actionsOf(incident: Incident, reading: Reading): Message {
  const id = incidentId(incident.number);
  const all = [...openActions(incident), ...incident.actions.filter((one) => one.closed)];
  if (all.length === 0)
    return message(notification(incident, 'no action items'), [
      lines([
        section(
          bold(id),
          ' has no action items. ',
          code('action Alert on pool use above 80 % @Mara due:fri'),
          ' adds one.',
        ),
      ]),
    ]);
  const said = sayActions(incident) ?? '';
  return message(notification(incident, said), [
    lines([section(bold(`${id}: ${said}`))]),
    ...all.slice(0, LISTED).map((item) => lines([section(...actionLine({ incident, item }, reading))])),
    ...more(all.length - LISTED),
    lines([
      section(
        code('action A1 done'),
        ', ',
        code('action A1 drop <why>'),
        ', ',
        code('action A1 @Mara due:fri'),
      ),
    ]),
  ]);
}

/** `actions mine`: what one person has to do, of all incidents, the earliest date first. */
export function actionsMine(items: readonly ActionOf[], reading: Reading): Message {
  if (items.length === 0)
    return message('No action items of yours', [lines([section('No open action item is yours.')])]);
  return asked(
    items,
    ['done', 'next-week', 'drop', 'hand'],
    `${some(items.length, 'action item')} of yours`,
    reading,
  );
}

/** To the owner, on the morning it is due: everything of that day in one message. Closed ones stay, without their buttons. */
export function actionsDue(items: readonly ActionOf[], reading: Reading): Message {
  const open = items.filter(({ item }) => !item.closed);
  const head =
    open.length === 0
      ? `Nothing of ${items.length === 1 ? 'it' : 'these'} is open any more`
      : `${some(open.length, 'action item')} of yours ${open.length === 1 ? 'is' : 'are'} due`;
  return asked(items, ['done', 'next-week', 'drop', 'hand'], head, reading);
}

/** To the lead, once: what nobody does yet, or has no date. */
export function actionsUnnamed(items: readonly ActionOf[], reading: Reading): Message {
  const head = `Who does ${items.length === 1 ? 'this' : 'these'}, and until when?`;
  return asked(items, ['hand', 'done', 'drop'], head, reading);
}

/** To the lead: their owner has left. */
export function actionsOrphaned(owner: PersonId, items: readonly ActionOf[], reading: Reading): Message {
  const head = `The account of ${nameOf(owner, reading)} is deactivated. Who takes ${items.length === 1 ? 'this' : 'these'}?`;
  return asked(items, ['hand', 'done', 'drop'], head, reading);
}

/** One line in the thread that added it, with a quiet hint to its author where nobody could tell when it is done. */
export function actionHint(incident: Incident, item: string, why: string, reading: Reading): Message {
  const says = `${item}: ${why} \`action ${item} <better words>\` changes it.`;
  return message(notification(incident, says.replaceAll('`', '')), [
    lines([section(bold(incidentId(incident.number)), ' ', notation(says, reading))]),
  ]);
}

function asked(
  items: readonly ActionOf[],
  buttons: readonly ActionButton[],
  head: string,
  reading: Reading,
): Message {
  const ids = [...new Set(items.map(({ incident }) => incidentId(incident.number)))].join(', ');
  const blocks: readonly Block[] = items
    .slice(0, WITH_BUTTONS)
    .flatMap((one) => actionBlocks(one, buttons, reading));
  return message(plainNotification(`${ids} · ${head}`), [
    lines([section(bold(head))]),
    ...blocks,
    ...more(items.length - WITH_BUTTONS),
  ]);
}

function more(n: number): readonly Block[] {
  return n > 0 ? [lines([section(`${n} more: `, code('actions mine'))])] : [];
}
