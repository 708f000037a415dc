import { RuleViolation } from '../domain/errors.ts';
import { type Incident, incidentId } from '../domain/incident.ts';
import { findIncident } from '../flows/incident-of.ts';
import type { Asked } from './call.ts';
import type { Call } from './command-row.ts';
import { maySee, mustBeThere, targetOf } from './target.ts';

/** The incident of an action item: its owner may settle it from anywhere, everybody else as the incident itself. */
export async function mayAction(call: Call, action: string): Promise<Incident> {
  const named = call.incident === undefined ? undefined : await owned(call, call.incident, action);
  return named ?? targetOf(call);
}

/** The same for a click or a form; what is not there for the person is refused as any other. */
export async function mayClickAction(asked: Asked, number: number, action: string): Promise<Incident> {
  const own = await owned(asked, number, action);
  if (own) return own;
  const incident = await findIncident(asked.bot.world.store, { team: asked.request.team, number });
  if (!incident || !(await maySee(asked, incident)))
    throw new RuleViolation('no-such-incident', `There is no ${incidentId(number)} that you can see.`);
  await mustBeThere(asked, incident);
  return incident;
}

async function owned({ bot, request }: Asked, number: number, action: string): Promise<Incident | undefined> {
  const incident = await findIncident(bot.world.store, { team: request.team, number });
  const item = incident?.actions.find((one) => one.id === action.toUpperCase());
  return item?.owner === request.by ? incident : undefined;
}
