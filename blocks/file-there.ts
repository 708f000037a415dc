import { type Incident, incidentId } from '../src/domain/incident.ts';
import { brief, message } from './fit.ts';
import { notification } from './headline.ts';
import type { Message } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, link } from './text.ts';

/** Tells whoever asked where a file is: in the thread already, or `elsewhere`, under the status card. */
export function fileIsThere(
  incident: Incident,
  what: string,
  permalink: string | undefined,
  elsewhere: boolean,
): Message {
  const where = elsewhere ? 'in the thread under the status card' : 'in this thread already';
  return message(notification(incident, `${what}: ${where}`), [
    lines([
      section(
        bold(`${incidentId(incident.number)} ${brief(what, 120)}`),
        ' is ',
        link(permalink, where),
        '.',
      ),
    ]),
  ]);
}
