import type { KeptSnapshot } from '../../backends/kept-reader.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import { incidentId } from '../../domain/incident.ts';
import type { IncidentRef } from '../../storage/store.ts';
import type { World } from '../ports.ts';

/** What was kept of an evidence's answer. Refuses where nothing was: what people pasted, and what is older than the store. */
export async function keptOf(
  { store }: Pick<World, 'store'>,
  ref: IncidentRef,
  note: EvidenceNote,
): Promise<KeptSnapshot> {
  const snapshot = await store.snapshot(ref.team, `${incidentId(ref.number)}/${note.id}`);
  if (snapshot === undefined || snapshot.length === 0)
    throw new RuleViolation(
      'nothing-kept',
      `Of ${note.id} only what its card shows was kept.`,
      note.reproduction.kind === 'supplied'
        ? []
        : [{ label: 'Show the card', command: `evidence ${note.id}` }],
    );
  const { tool, query, window, step } = note;
  return { tool, snapshot, query, window, ...(step !== undefined && { step }) };
}
