import { type Incident, incidentId } from '../src/domain/incident.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { message } from './fit.ts';
import { notification } from './headline.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, notation } from './text.ts';

/** Characters of a sentence that a button may carry into its modal. */
const CARRIED = 1_500;

/** A hypothesis lacks its disproof where no modal can be opened: the button opens it, with the sentence filled in. */
export function stateButton(incident: Incident, statement: string, reading: Reading): Message {
  const said =
    statement === ''
      ? 'What do you think it is, and what would prove it wrong? `hypothesis … disproof: …`, or:'
      : 'What would prove it wrong? Say it with `disproof: …`, or:';
  const rest = statement === '' || statement.length > CARRIED ? {} : { rest: `says:${statement}` };
  return message(notification(incident, 'a hypothesis needs its disproof'), [
    lines([section(bold(incidentId(incident.number)), ' ', notation(said, reading))]),
    actions(
      button(
        ACTIONS.stateHypothesis,
        statement === '' ? 'State a hypothesis' : 'Say what would disprove it',
        encodeRef({ incident: incident.number, ...rest }),
        'primary',
      ),
    ),
  ]);
}

/** A hypothesis was ruled out in words: the form for the next is one click away. */
export function disprovedButton(incident: Incident, hypothesis: string, reading: Reading): Message {
  const said = ` ${hypothesis} is disproved, and stays on the board as ruled out. What is it instead? \`hypothesis … disproof: …\`, or:`;
  return message(notification(incident, `${hypothesis} is disproved`), [
    lines([section(bold(incidentId(incident.number)), notation(said, reading))]),
    actions(
      button(ACTIONS.stateHypothesis, 'State the next', encodeRef({ incident: incident.number }), 'primary'),
    ),
  ]);
}
