import type { Climbed, Incident, IncidentEvent } from '../incident.ts';
import { type Evolvers, onPromise } from './promise.ts';

/** What Steady itself noticed. */
export const WATCH = {
  nudged: (incident, event, { at }) =>
    climb(incident, event.promise, { rung: event.rung, at, asked: event.asked }),
  unreachable: (incident, event, { at }) =>
    onPromise(incident, event.promise, (promise) => ({
      ...promise,
      unreachable: [...promise.unreachable, { person: event.person, why: event.why, at }],
    })),
  'channel-lost': (incident, event) => ({ ...incident, channelLost: event.why }),
  'channel-back': (incident) => {
    const { channelLost: _back, ...rest } = incident;
    return rest;
  },
  'channel-shared': (incident) => ({ ...incident, shared: true }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

function climb(incident: Incident, number: number, climbed: Climbed): Incident {
  return onPromise(incident, number, (promise) => ({ ...promise, climbed: [...promise.climbed, climbed] }));
}
