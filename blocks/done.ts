import { type Incident, incidentId } from '../src/domain/incident.ts';
import { message, shorten } from './fit.ts';
import { notification } from './headline.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, notation, sayNotation } from './text.ts';

/** One line that says what was just done, for the thread that asked. `text` uses the notation of `RuleViolation`. */
export function doneLine(incident: Incident, text: string, reading: Reading): Message {
  const shown = shorten(text, 2_500);
  return message(notification(incident, sayNotation(shown, reading)), [
    lines([section(bold(incidentId(incident.number)), ' ', notation(shown, reading))]),
  ]);
}
