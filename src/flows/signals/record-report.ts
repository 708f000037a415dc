import { linkOf } from '../../domain/evidence-note.ts';
import { type Incident, incidentId, type MessageRef, type PersonId } from '../../domain/incident.ts';
import type { Report } from '../../domain/signals/report.ts';
import type { IncidentRef } from '../../storage/store.ts';
import type { Asker } from '../act.ts';
import { recordAnswers, recorderOf } from '../evidence/record-answers.ts';
import type { World } from '../ports.ts';
import { row } from '../row.ts';
import { citeByLink, type Gathered } from './gathered.ts';

export interface Recording {
  readonly by: PersonId;
  readonly via?: MessageRef;
  /** What asked, so that it is recorded once. */
  readonly request?: Pick<Asker, 'key' | 'resumed'>;
  /** The thread that the card goes to; the status card's where there is none. */
  readonly thread?: MessageRef;
}

/**
 * Every answer becomes evidence of the incident, and one card tells what they say together. Answers the key of the card's row,
 * undefined where not one query was answered: then there is nothing to record, and the report is told as it is.
 */
export async function recordReport(
  world: World,
  ref: IncidentRef,
  gathered: Gathered,
  recording: Recording,
): Promise<{ readonly incident: Incident; readonly id: string } | undefined> {
  const { answers } = gathered;
  if (answers.length === 0) return undefined;
  const { incident, notes } = await recordAnswers(world, ref, answers, recorderOf(recording), {
    posts: (recorded) => {
      const report: Report = gathered.report((answer) => {
        const note = recorded[answers.indexOf(answer)];
        const url = note && linkOf(note);
        return note ? { id: note.id, ...(url !== undefined && { url }) } : citeByLink(answer);
      });
      return [
        row(reportKey(ref, recorded[0]?.id ?? ''), {
          kind: 'report',
          incident: ref.number,
          report,
          for: recording.by,
          ...(recording.thread && { thread: recording.thread }),
        }),
      ];
    },
  });
  return { incident, id: notes[0]?.id ?? '' };
}

function reportKey(ref: IncidentRef, first: string): string {
  return `${incidentId(ref.number)}/report-${first}`;
}
