import type { Incident } from '../../domain/incident.ts';
import { dayOf } from '../../domain/knowledge/entry.ts';
import { isPersonal } from '../../domain/knowledge/shelf.ts';
import type { KnowledgeUse, UsedRef } from '../../domain/knowledge/suggestion.ts';
import { type Asker, act } from '../act.ts';
import type { World } from '../ports.ts';

/**
 * Records that something known was of use in an incident: counted once for the entry, and on the timeline once for each way. What
 * a person keeps for themselves is counted only: others read the timeline.
 */
export async function useKnowledge(
  world: World,
  incident: Incident,
  { of, name, how }: { readonly of: UsedRef; readonly name: string; readonly how: KnowledgeUse },
  asker: Asker,
): Promise<void> {
  if (of.kind === 'entry') {
    const day = dayOf(await world.store.now());
    await world.store.countUse(incident.team, of.shelf, of.id, day, incident.number);
    if (isPersonal(of.shelf)) return;
  }
  // What was asked may have put something else on the timeline under its own key.
  const key = asker.key === undefined ? {} : { key: `${asker.key}/${how}` };
  await act(world, incident, { type: 'use-knowledge', of, name, how }, { ...asker, ...key });
}
