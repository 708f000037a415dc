import { type Incident, isOpen, STEADY } from '../../domain/incident.ts';
import { type ServiceFacts, serviceFactsOf, servicesKnown } from '../../domain/knowledge/service-facts.ts';
import type { Shelved } from '../../domain/knowledge/shelf.ts';
import { act } from '../act.ts';
import type { World } from '../ports.ts';
import { shelvesFor } from './recall.ts';
import { shelvedOf } from './shelve.ts';

const CANDIDATES = 100;

/** What is known of a service by what everybody may see; with `person`, by what they keep for themselves as well. */
export async function serviceFacts(
  world: Pick<World, 'store' | 'knowledge'>,
  team: string,
  service: string,
  person?: string,
): Promise<ServiceFacts> {
  return serviceFactsOf(await factsNaming(world, team, [service], person), service);
}

/**
 * Takes over what facts say of an incident's service: dashboard, dataset, repository, owner. Where nobody named the service, the one
 * that its title names is taken, if facts know exactly one of its words. Nothing that a person said is changed.
 */
export async function takeFacts(world: World, incident: Incident): Promise<void> {
  if (!isOpen(incident)) return;
  const words = incident.title
    .toLowerCase()
    .split(/[^\p{L}\p{N}_.-]+/u)
    .filter(Boolean);
  const service = incident.service ?? (await onlyService(world, incident.team, words));
  if (service === undefined) return;
  const facts = await serviceFacts(world, incident.team, service);
  if (Object.keys(facts).length === 0) return;
  await act(world, incident, { type: 'take-facts', service, facts }, { by: STEADY });
}

async function onlyService(
  world: World,
  team: string,
  words: readonly string[],
): Promise<string | undefined> {
  const known = servicesKnown(await factsNaming(world, team, words));
  const named = known.filter((name) => words.includes(name.toLowerCase()));
  return named.length === 1 ? named[0] : undefined;
}

async function factsNaming(
  world: Pick<World, 'store' | 'knowledge'>,
  team: string,
  words: readonly string[],
  person?: string,
): Promise<readonly Shelved[]> {
  const shelves = shelvesFor(world, person);
  // The index finds nothing by words of one or two letters.
  const rows = words.every((word) => word.length < 3)
    ? await world.store.knowledge(team, shelves, 'facts')
    : await world.store.searchKnowledge(team, shelves, words, CANDIDATES);
  return rows.map(shelvedOf);
}
