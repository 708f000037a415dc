import type { PeopleCommand } from '../command.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, type IncidentEvent, incidentId, type PersonId } from '../incident.ts';
import { type Bare, type Deciders, mustBeOpen } from './rules.ts';

/** Who does what. */
export const PEOPLE: Deciders<PeopleCommand> = {
  'take-lead': (incident, _command, { by }) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    if (incident.lead === by) throw new RuleViolation('leads-already', `You lead ${id}.`);
    return [{ type: 'lead-changed', lead: by, was: incident.lead, how: 'taken' }];
  },
  'give-lead': (incident, { to }, { by }) => giveLead(incident, to, by),
  'give-role': (incident, command, { by }) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    const { role } = command;
    if (role === 'lead') return giveLead(incident, command.to, by);
    const was = incident[role];
    if (was === command.to) throw new RuleViolation('role-already', `@{${command.to}} is ${role} of ${id}.`);
    return [{ type: 'role-given', role, person: command.to, ...(was !== undefined && { was }) }];
  },
  offer: (incident, command) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    const holder = incident[command.role];
    if (holder === command.to)
      throw new RuleViolation('role-already', `@{${command.to}} is ${command.role} of ${id}.`);
    return [{ type: 'handoff-offered', role: command.role, to: command.to }];
  },
  'accept-offer': (incident, command, { by }) => {
    const offer = theOffer(incident, command.seq, by);
    if (offer.role === 'lead')
      return [{ type: 'lead-changed', lead: by, was: incident.lead, how: 'handed-off' }];
    const was = incident[offer.role];
    return [{ type: 'role-given', role: offer.role, person: by, ...(was !== undefined && { was }) }];
  },
  'decline-offer': (incident, command, { by }) => [
    { type: 'handoff-declined', role: theOffer(incident, command.seq, by).role },
  ],
  join: (incident, command) =>
    incident.joined.some((one) => one.person === command.person)
      ? []
      : [{ type: 'joined', person: command.person }],
};

function theOffer(incident: Incident, seq: number, by: PersonId): NonNullable<Incident['offer']> {
  const { offer } = incident;
  if (!offer || offer.seq !== seq) throw new RuleViolation('offer-gone', 'That hand-off is settled already.');
  if (offer.to !== by) throw new RuleViolation('offer-not-yours', `Only @{${offer.to}} can answer that.`);
  return offer;
}

function giveLead(incident: Incident, to: PersonId, by: PersonId): readonly Bare<IncidentEvent>[] {
  mustBeOpen(incident);
  if (incident.lead === to)
    throw new RuleViolation('leads-already', `@{${to}} leads ${incidentId(incident.number)}.`);
  return [{ type: 'lead-changed', lead: to, was: incident.lead, how: to === by ? 'taken' : 'assigned' }];
}
