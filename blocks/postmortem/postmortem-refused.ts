import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { doneLine } from '../done.ts';
import type { Message, Reading } from '../message.ts';

/** To who asked: a revision that was given up because what is in it cannot be checked for secrets. */
export function postmortemRefused(incident: Incident, revision: number, reading: Reading): Message {
  const id = incidentId(incident.number);
  return doneLine(
    incident,
    `postmortem revision ${revision} was not written: part of it could not be checked for secrets, so nothing left. \`postmortem ${id}\` tries again; if that ends the same, who runs Steady finds \`${id}/postmortem-${revision}\` in its log.`,
    reading,
  );
}
