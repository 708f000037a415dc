import { type Incident, incidentId } from '../../domain/incident.ts';
import { type Diagram, diagramOf } from '../../flows/pictures/diagram.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { PATIENCE } from './evidence-again.ts';
import { pictureFile, shareOnce } from './evidence-files.ts';
import { refuseWhereShared } from './evidence-place.ts';

/** The incident as pictures in the thread; each once as long as nothing new happened. */
export async function shareDiagrams(
  asked: Asked,
  incident: Incident,
  which: readonly Diagram[],
): Promise<Said> {
  await refuseWhereShared(asked, incident);
  let said: Said = { kind: 'posted' };
  for (const one of which) {
    const key = `${incidentId(incident.number)}/diagram-${one}-${incident.version}`;
    const shared = await shareOnce(asked, incident, key, one, async () => {
      const { name } = await readingOf(asked, incident);
      const signal = AbortSignal.timeout(PATIENCE);
      return pictureFile(await diagramOf(asked.bot.world, incident, one, name, signal));
    });
    if (shared.kind !== 'posted') said = shared;
  }
  return said;
}
