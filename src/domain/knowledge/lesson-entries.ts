import type { LessonChoice } from '../distillation.ts';
import { linkOf } from '../evidence-note.ts';
import { type Incident, incidentId } from '../incident.ts';
import type { Instant } from '../time.ts';
import { dayOf, type Entry, type Kind, TYPE_OF } from './entry.ts';
import { allLessons, type Lesson } from './lessons.ts';
import { provenBy } from './proven-by.ts';

/** What a person chose to keep, as entries dated `at`: drawn from the timeline as it stands, in their words where they changed them. */
export function lessonEntries(
  incident: Incident,
  { keep }: LessonChoice,
  at: Instant,
): readonly { readonly kind: Kind; readonly entry: Entry }[] {
  return allLessons(incident).flatMap((lesson) => {
    const kept = keep.find((one) => one.id === lesson.id);
    if (!kept) return [];
    const entry: Entry = {
      at: Math.floor(at / 1_000) * 1_000,
      key: lesson.key,
      type: TYPE_OF[lesson.kind],
      tags: tagsOf(incident),
      used: 0,
      lastUsed: dayOf(at),
      pinned: false,
      body: bodyOf(incident, lesson, kept.text ?? lesson.text),
    };
    return [{ kind: lesson.kind, entry }];
  });
}

function bodyOf(incident: Incident, { proof, named }: Lesson, text: string): string {
  const note = incident.evidence.find((one) => one.id === proof);
  const links = incident.evidence.flatMap((one) =>
    named.includes(one.id) ? [`- ${one.id} of ${incidentId(incident.number)}: ${linkOf(one)}`] : [],
  );
  return [
    text,
    ...(note ? ['', ...provenBy(note, incident.number)] : []),
    ...(links.length > 0 ? ['', ...links] : []),
  ].join('\n');
}

/** The service, as a tag; `recall` finds the rest by its words. */
function tagsOf({ service }: Incident): readonly string[] {
  const tag = service
    ?.toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return tag ? [tag] : [];
}
