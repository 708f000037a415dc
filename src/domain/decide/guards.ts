import { RuleViolation } from '../errors.ts';
import { incidentId } from '../incident.ts';
import type { GuardCommand } from '../investigation/commands.ts';
import type { Deciders } from './rules.ts';

/** Guards are muted for one incident, and the timeline says by whom. */
export const GUARDS: Deciders<GuardCommand> = {
  'mute-guard': (incident, { guard }) => {
    if (incident.muted.includes(guard))
      throw new RuleViolation(
        'muted-already',
        `${guard} is muted in ${incidentId(incident.number)} already.`,
      );
    return [{ type: 'guard-muted', guard }];
  },
  'unmute-guard': (incident, { guard }) => {
    if (!incident.muted.includes(guard))
      throw new RuleViolation('not-muted', `${guard} is not muted in ${incidentId(incident.number)}.`);
    return [{ type: 'guard-unmuted', guard }];
  },
};
