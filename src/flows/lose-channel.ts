import { RuleViolation } from '../domain/errors.ts';
import type { IncidentRef } from '../storage/store.ts';
import { act } from './act.ts';
import { findIncident } from './incident-of.ts';
import type { World } from './ports.ts';

/**
 * Notes that the incident's own channel is lost; false where Slack refused another place. A nudge that cannot be said in the
 * channel is planned again: by direct message then.
 */
export async function loseChannel(
  world: World,
  ref: IncidentRef,
  place: string | undefined,
  why: string,
): Promise<boolean> {
  const incident = await findIncident(world.store, ref);
  if (!incident || incident.channel !== place) return false;
  try {
    await act(world, incident, { type: 'lose-channel', why }, { by: 'steady' });
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
  }
  return true;
}
