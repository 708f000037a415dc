import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { type Guard, guardKey } from '../../src/domain/investigation/guards.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button, sayButtons } from '../controls.ts';
import { message, shorten } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { lines, section, small } from '../rich.ts';
import { bold, notation, sayNotation } from '../text.ts';

/** To one person alone: the trap, its reason, and one click to look or to go on. */
export function guardMessage(incident: Incident, guard: Guard, reading: Reading): Message {
  const says = shorten(guard.says, 1_000);
  const id = incidentId(incident.number);
  return message(notification(incident, sayNotation(says, reading)), [
    lines([section(bold(id), ' ', notation(says, reading))]),
    actions(
      ...sayButtons([{ label: 'Show', command: `${id} ${guard.show}` }]),
      button(ACTIONS.guardNotNow, 'Not now', encodeRef({ incident: incident.number, rest: guardKey(guard) })),
    ),
    small(`Only you see this · mute ${guard.kind}`),
  ]);
}
