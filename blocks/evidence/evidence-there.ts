import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, link } from '../text.ts';

/** Tells whoever asked by `/steady` where everyone sees the answer. Without a link it still says so. */
export function evidenceIsThere(incident: Incident, id: string, permalink: string | undefined): Message {
  const where = 'in the thread under the status card';
  return message(notification(incident, `${id} is ${where}`), [
    lines([
      section(
        bold(`${incidentId(incident.number)} ${id}`),
        ' is ',
        link(permalink, where),
        ', for all to see.',
      ),
    ]),
  ]);
}
