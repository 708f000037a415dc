import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** Which guards stay silent. */
export const GUARDS = {
  'guard-muted': (incident, { guard }) => ({ ...incident, muted: [...incident.muted, guard] }),
  'guard-unmuted': (incident, { guard }) => ({
    ...incident,
    muted: incident.muted.filter((one) => one !== guard),
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
