import type { Incident } from '../domain/incident.ts';
import { serviceLevelOf } from '../domain/knowledge/service-facts.ts';
import type { ServiceLevel } from '../domain/postmortem/service-level.ts';
import type { World } from './ports.ts';

/** What the service of an incident promises: by the configuration, else by the facts that were taken over. */
export function promisedLevel(
  { serviceLevel }: Pick<World, 'serviceLevel'>,
  { service, facts }: Pick<Incident, 'service' | 'facts'>,
): ServiceLevel | undefined {
  const configured = service === undefined ? undefined : serviceLevel?.(service);
  return configured ?? (facts && serviceLevelOf(facts.facts));
}
