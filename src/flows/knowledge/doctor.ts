import type { PersonId } from '../../domain/incident.ts';
import { type Knowledge, planConsolidation } from '../../domain/knowledge/consolidate.ts';
import { KINDS } from '../../domain/knowledge/entry.ts';
import type { Health } from '../../domain/knowledge/health.ts';
import { entriesOf } from '../../domain/knowledge/read-file.ts';
import { orgShelf, personalShelf, SHIPPED } from '../../domain/knowledge/shelf.ts';
import type { World } from '../ports.ts';
import { knowledgeIn, problemsOf, syncOrg } from './shelve.ts';

/** Looks at every tier that a person sees. */
export async function examine(world: World, team: string, person: PersonId): Promise<readonly Health[]> {
  const now = await world.store.now();
  const counted = async (shelf: string) =>
    (await world.store.countKnowledge(team, shelf)).reduce((all, { entries }) => all + entries, 0);
  const healthy = { problems: [], toTidy: 0, bloated: false, unpushed: 0 };
  const orgs = [];
  for (const org of world.knowledge?.orgs ?? []) {
    const shelf = orgShelf(org.name);
    const { files = new Map(), why } = await syncOrg(world.store, team, org);
    const knowledge = knowledgeIn(files);
    const state = org.repository?.state();
    orgs.push({
      shelf,
      entries: await counted(shelf),
      problems: problemsOf(files).map(({ path, line, why: what }) => `${path}:${line}: ${what}`),
      toTidy: planConsolidation(knowledge, now).steps.length,
      bloated: isBloated(knowledge, world.knowledge?.sleepWhen ?? 0),
      unpushed: state?.unpushed ?? 0,
      ...(why !== undefined && { why }),
      ...(state?.pulledAt !== undefined && { pulledAt: state.pulledAt }),
    });
  }
  return [
    { shelf: personalShelf(person), entries: await counted(personalShelf(person)), ...healthy },
    ...orgs,
    { shelf: SHIPPED, entries: await counted(SHIPPED), ...healthy },
  ];
}

function isBloated(knowledge: Knowledge, limit: number): boolean {
  return limit > 0 && KINDS.some((kind) => (knowledge[kind] ? entriesOf(knowledge[kind]).length : 0) > limit);
}
