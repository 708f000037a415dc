import type { Command } from '../../domain/command.ts';
import { type Answer, evidence } from '../../domain/evidence.ts';
import { type EvidenceNote, noteOf } from '../../domain/evidence-note.ts';
import { type Incident, incidentId, type PersonId } from '../../domain/incident.ts';
import type { IncidentRef, OutboxPost } from '../../storage/store.ts';
import { type Asker, act } from '../act.ts';
import type { World } from '../ports.ts';

export interface RecordingOptions {
  /** What is posted of the notes. */
  readonly posts: (notes: readonly EvidenceNote[]) => readonly OutboxPost[];
  /** The planned test of a hypothesis that they were asked for. */
  readonly test?: Extract<Command, { type: 'record-evidence' }>['test'];
  /** The evidence whose query was asked again. */
  readonly again?: string;
}

/**
 * Answers become E1, E2 … of an incident, in the order given and in one decision; their bytes are kept beside them. What is to be
 * posted is drawn from the notes, and goes out once: a card for each, one for all, or none.
 */
export async function recordAnswers(
  world: World,
  ref: IncidentRef,
  answers: readonly Answer[],
  asker: Asker,
  { posts, test, again }: RecordingOptions,
): Promise<{ readonly incident: Incident; readonly notes: readonly EvidenceNote[] }> {
  const commands = answers.map(
    (answer): Command => ({
      type: 'record-evidence',
      evidence: (id) => ({
        ...noteOf(evidence(answer, id, asker.by)),
        ...(again !== undefined && { again }),
      }),
      ...(test && { test }),
    }),
  );
  const newest = (incident: Incident) => incident.evidence.slice(incident.evidence.length - answers.length);
  const { after, events } = await act(world, ref, commands, asker, {
    posts: (incident) => posts(newest(incident)),
    snapshots: (incident) =>
      newest(incident).flatMap(({ id }, index) => {
        const answer = answers[index];
        return answer ? [{ key: `${incidentId(ref.number)}/${id}`, bytes: answer.snapshot }] : [];
      }),
  });
  const notes = events.flatMap(({ event }) => (event.type === 'evidence-recorded' ? [event.evidence] : []));
  return { incident: after, notes };
}

/** Who records it, for the timeline and so that it is recorded once. */
export function recorderOf(asking: {
  readonly by: PersonId;
  readonly via?: Asker['via'];
  readonly request?: Pick<Asker, 'key' | 'resumed'>;
}): Asker {
  const { key, resumed } = asking.request ?? {};
  return {
    by: asking.by,
    ...(asking.via && { via: asking.via }),
    ...(key !== undefined && { key }),
    ...(resumed && { resumed }),
  };
}
