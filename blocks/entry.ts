import { type Entry, type Incident, incidentId } from '../src/domain/incident.ts';
import { message, shorten } from './fit.ts';
import { notification } from './headline.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { link, moment, nameOf, plain, words } from './text.ts';

/** The private answer to *Add to timeline*. A 📌 gets a reaction instead of words. */
export function entryAdded(incident: Incident, entry: Entry, reading: Reading): Message {
  const url = entry.message.permalink ?? reading.permalink?.(entry.message);
  return message(notification(incident, 'on the timeline', entry.text), [
    lines([
      section(
        plain(`On the timeline of ${incidentId(incident.number)} at `),
        moment(entry.at, reading),
        plain(` by ${nameOf(entry.author, reading)}: `),
        ...words(shorten(entry.text, 600), reading),
        ...(url === undefined ? [] : [' ', link(url, 'message')]),
      ),
    ]),
  ]);
}
