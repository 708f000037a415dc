import { reportCard } from '../../../blocks/evidence/report-card.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { choosersOf } from '../../domain/signals/choosers.ts';
import type { Report } from '../../domain/signals/report.ts';
import { peopleOf, readingFor } from '../reading.ts';
import { type Office, type Plan, underCard } from './plan.ts';

/** In the thread that asked; under the card where nothing did, naming the asker. */
export async function planReport(
  office: Office,
  incident: Incident,
  { report, thread, for: asker }: Extract<Post, { kind: 'report' }>,
): Promise<Plan> {
  const place = thread ? { channel: thread.channel, thread: thread.ts } : await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  const people = [...peopleOf(incident), asker, ...choosersOf(report)];
  const reading = await readingFor(office, incident.team, people);
  return {
    do: 'post',
    to: place,
    message: reportCard(report, { incident, ...(!thread && { asker }) }, reading),
    binding: { kind: 'report', id: firstOf(report) ?? '', incident: incident.number },
  };
}

/** The first evidence of a report: what it is known by. */
function firstOf(report: Report): string | undefined {
  if (report.kind === 'compare') return report.now?.id;
  if (report.kind === 'spotlight') return report.bad.evidence?.id;
  return report.lines.flatMap(({ amounts }) => amounts).find(({ evidence }) => evidence?.id)?.evidence?.id;
}
