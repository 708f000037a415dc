import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { summaryOf } from '../../src/domain/knowledge/entry.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { lines, section, small } from '../rich.ts';
import { bold, words } from '../text.ts';

/** To one person alone: what they noted before and the incident looks like. */
export function ownSuggestions(incident: Incident, own: readonly Shelved[], reading: Reading): Message {
  const keys = own.map(({ entry }) => brief(entry.key, 100));
  return message(notification(incident, 'you noted something like it', ...keys.slice(0, 1)), [
    lines([
      section(bold(incidentId(incident.number)), ' You noted something like it:'),
      ...own.map(({ entry }, index) =>
        section(bold(keys[index] ?? ''), '  ', ...words(brief(summaryOf(entry), 200), reading)),
      ),
    ]),
    actions(
      ...sayButtons(keys.map((key) => ({ label: `Show ${brief(key, 40)}`, command: `kb show ${key}` }))),
    ),
    small('Only you see this: it is yours'),
  ]);
}
