import { incidentId } from '../src/domain/incident.ts';
import { message, some } from './fit.ts';
import { plainNotification } from './headline.ts';
import { type IncidentSummary, incidentLine } from './incident-line.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, code } from './text.ts';

/** Open incidents, the most urgent promise first as given. */
export function listMessage(open: readonly IncidentSummary[], reading: Reading): Message {
  if (open.length === 0)
    return message('No open incidents', [
      lines([section('No open incidents. ', code('declare P2 checkout is slow'), ' starts one.')]),
    ]);
  return message(
    plainNotification(
      `${some(open.length, 'open incident')}: ${open.map((one) => incidentId(one.number)).join(', ')}`,
    ),
    [
      lines([section(bold(some(open.length, 'open incident')))]),
      ...open.map((one) => lines([section(...incidentLine(one, reading))])),
    ],
  );
}
