import type { Incident } from '../domain/incident.ts';
import type { IncidentRef } from '../storage/store.ts';

/** The newest state of incidents that this process itself wrote: a guess, which the timeline's version proves or refutes. */
export interface Latest {
  get(ref: IncidentRef): Incident | undefined;
  set(incident: Incident): void;
}

/** How many incidents are kept in mind; the one written longest ago goes first. */
const KEPT = 200;

export function createLatest(): Latest {
  const known = new Map<string, Incident>();
  const keyOf = ({ team, number }: IncidentRef) => `${team}/${number}`;
  return {
    get: (ref) => known.get(keyOf(ref)),
    set: (incident) => {
      const key = keyOf(incident);
      known.delete(key);
      known.set(key, incident);
      if (known.size > KEPT) for (const oldest of known.keys()) return void known.delete(oldest);
    },
  };
}
