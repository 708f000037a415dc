import { revisionOf } from '../../../blocks/postmortem/revision-of.ts';
import { type Incident, incidentId, STEADY } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { incidentOf } from '../../flows/incident-of.ts';
import type { Office } from '../delivery/plan.ts';
import type { Place } from '../outbound/contract.ts';
import { writeCanvas } from './write-canvas.ts';
import { writtenDocument } from './written-document.ts';

/**
 * Makes the files and the canvas of one revision and puts on the timeline that it is out. All of it may be done again after a
 * crash: a file's id is remembered before it is shared, the canvas's before anybody sees it, and the event comes once.
 */
export async function makePostmortem(
  office: Office,
  ref: Incident,
  revision: number,
  place: Place,
): Promise<void> {
  const { door, world } = office;
  const incident = await incidentOf(world.store, ref);
  const { document, files } = await writtenDocument(office, incident, revision);
  for (const { name, title, content } of files) {
    const key = `file/${incidentId(incident.number)}/postmortem-${revision}/${name}`;
    const known = await world.store.recall(incident.team, key);
    await door.share(
      place,
      { content: textOf(content), about: () => ({ name, title }) },
      {
        ...(typeof known === 'string' && { known }),
        remember: (id) => world.store.remember(incident.team, key, id),
      },
    );
  }
  const canvas = await writeCanvas(office, incident, document, revision);
  await act(
    world,
    incident,
    { type: 'postmortem-out', revision, document: revisionOf(document, incident.version), ...canvas },
    { by: STEADY },
  );
}

/** Redacted before it was written; a picture's bytes in a page look like a secret to whoever looks for one. */
function textOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
