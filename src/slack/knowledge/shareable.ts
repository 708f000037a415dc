import { RuleViolation } from '../../domain/errors.ts';
import { incidentId } from '../../domain/incident.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Asked } from '../call.ts';

/**
 * What is said where a private incident is, is shared only by somebody who was told who will see it. Answers what is to be shared;
 * `command` says it again, `alone` says it for the asker alone.
 */
export async function shareable(
  { bot, request }: Asked,
  typed: string,
  command: string,
  alone?: string,
): Promise<string> {
  const [, confirmed] = /^confirmed\s+([\s\S]+)$/i.exec(typed) ?? [];
  if (confirmed !== undefined) return confirmed;
  const { channel, team, direct } = request;
  const here = channel === undefined || direct ? undefined : await bot.world.store.inChannel(team, channel);
  const incident = here && (await findIncident(bot.world.store, here.ref));
  if (!incident?.private) return typed;
  throw new RuleViolation(
    'private-incident',
    `${incidentId(incident.number)} is private; what you save for the team is seen by everyone there.`,
    [
      { label: 'Save it for everyone', command: `${command} confirmed ${typed}` },
      ...(alone === undefined ? [] : [{ label: 'Save it for me', command: `${alone} ${typed}` }]),
    ],
  );
}
