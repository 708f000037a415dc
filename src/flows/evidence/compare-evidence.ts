import type { Comparison } from '../../domain/comparison.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { sameQuestion } from '../../domain/evidence-difference.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { IncidentRef } from '../../storage/store.ts';
import type { World } from '../ports.ts';
import { keptOf } from './kept-of.ts';

/** Two evidences of one query, compared by what was kept of both; nothing is asked anew. */
export async function compareEvidence(
  world: Pick<World, 'store' | 'answers'>,
  ref: IncidentRef,
  before: EvidenceNote,
  after: EvidenceNote,
  signal: AbortSignal,
): Promise<Comparison> {
  if (before.id === after.id)
    throw new RuleViolation(
      'compare-itself',
      `${before.id} is the same as itself. Name two: \`evidence E7 vs E9\`.`,
    );
  if (!sameQuestion(before, after))
    throw new RuleViolation(
      'compare-different',
      `${before.id} and ${after.id} asked different things, so their numbers are not comparable. *Re-run now* on a card asks its query again.`,
    );
  const limits = [before, after].flatMap(({ id, partial }) =>
    partial === undefined ? [] : [`${id} is partial: ${partial}`],
  );
  const kept = await Promise.all([keptOf(world, ref, before), keptOf(world, ref, after)]);
  return world.answers.compare(...kept, limits, signal);
}
