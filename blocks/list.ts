import type { Button } from '@slack/types';
import { incidentId, isOpen } from '../src/domain/incident.ts';
import { ACTIONS, encodeRef, numbered } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { message, some } from './fit.ts';
import { plainNotification } from './headline.ts';
import { type IncidentSummary, incidentLine } from './incident-line.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, code } from './text.ts';

/** Incidents with a button of their own; the others are reached by their id. */
const BUTTONS = 8;

/** Incidents in the order given, open ones counted; each with what its state is and when it speaks next. */
export function listMessage(incidents: readonly IncidentSummary[], reading: Reading): Message {
  if (incidents.length === 0)
    return message('No open incidents', [
      lines([section('No open incidents. ', code('declare P2 checkout is slow'), ' starts one.')]),
    ]);
  const open = incidents.filter(isOpen).length;
  const ended = incidents.length - open;
  const head = [
    ...(open > 0 || ended === 0 ? [some(open, 'open incident')] : []),
    ...(ended > 0 ? [`${some(ended, 'incident')} ended`] : []),
  ].join(', ');
  const ids = incidents.map((one) => incidentId(one.number)).join(', ');
  return message(plainNotification(`${head}: ${ids}`), [
    lines([section(bold(head))]),
    ...incidents.map((one) => lines([section(...incidentLine(one, reading))])),
    actions(...incidents.slice(0, BUTTONS).map(pick)),
  ]);
}

function pick({ number }: IncidentSummary, index: number): Button {
  const id = incidentId(number);
  return button(numbered(ACTIONS.pickIncident, index), `Status of ${id}`, encodeRef({ incident: number }));
}
