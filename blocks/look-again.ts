import { type Incident, incidentId } from '../src/domain/incident.ts';
import type { InterimAs } from '../src/domain/investigation/interim.ts';
import { message } from './fit.ts';
import { notification } from './headline.ts';
import { interimBlocks } from './investigation/interim.ts';
import { openTestBlocks } from './investigation/open-tests.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, notation } from './text.ts';

/** The time came that somebody named: what is still to test, and where it stands. */
export function lookAgain(incident: Incident, as: InterimAs, seq: number, reading: Reading): Message {
  const line = ` was ${as} until now; it is time to look again. \`status\` shows where it stands.`;
  return message(notification(incident, 'time to look again', incident.title), [
    lines([section(bold(incidentId(incident.number)), notation(line, reading))]),
    ...interimBlocks(incident, seq, reading),
  ]);
}

/** To whoever leads by now: what was left open before them. */
export function handedTests(incident: Incident, reading: Reading): Message {
  return message(notification(incident, 'still to test', incident.title), [
    lines([section(bold(incidentId(incident.number)), ' is yours, and these are left open:')]),
    ...openTestBlocks(incident, reading),
  ]);
}
