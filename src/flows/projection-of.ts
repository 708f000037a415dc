import { type CadenceSettings, nextDueAt } from '../domain/cadence.ts';
import { type Incident, isOpen } from '../domain/incident.ts';
import type { Write } from '../storage/store.ts';

/** The row that says what is open and what is due, derived from the incident alone. */
export function projectionOf(incident: Incident, cadence: CadenceSettings): Write['projection'] {
  const dueAt = nextDueAt(incident, cadence);
  return {
    channel: incident.channel,
    title: incident.title,
    severity: incident.severity,
    phase: incident.phase,
    open: isOpen(incident),
    lead: incident.lead,
    ...(dueAt !== undefined && { dueAt }),
    ...(incident.promise && { promisedAt: incident.promise.dueAt }),
    declaredAt: incident.declaredAt,
  };
}
