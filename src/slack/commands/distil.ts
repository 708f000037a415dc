import { doneLine } from '../../../blocks/done.ts';
import type { LessonsRead } from '../../../blocks/modals/lessons.ts';
import { isPlaceholder } from '../../domain/decide/hypotheses.ts';
import type { LessonChoice } from '../../domain/distillation.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId, isOpen } from '../../domain/incident.ts';
import type { QuestionAnswer } from '../../domain/investigation/conclusion.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { choiceFrom, takeUp, throwAway } from '../forms/closing-form.ts';
import { openDistil } from '../forms/open-closing.ts';
import { targetOf } from '../target.ts';

/** What an incident taught, where it ended without its closing form. */
export const DISTIL: readonly CommandRow[] = [
  {
    name: 'distil',
    also: ['distill', 'lessons', 'what did we learn'],
    group: 'know',
    usage: 'distil',
    summary: 'Keep what an incident taught: summary, facts, queries and pattern, proposed by its timeline.',
    examples: ['distil', 'INC-42 distil'],
    options: [],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      if (call.request.trigger !== undefined) return openDistil(call, incident);
      throw new RuleViolation('needs-click', 'Slack opens a form only from a click:', [
        { label: 'Keep what it taught', command: `${incidentId(incident.number)} distil` },
      ]);
    },
  },
];

/** What is wrong with the choice, in words for under the reason; undefined where something is kept, or it is said why nothing is. */
export function whyReasonNeeded({ keep, reason }: LessonsRead): string | undefined {
  return keep.length > 0 || !isPlaceholder(reason ?? '')
    ? undefined
    : 'Nothing is kept. Why is there nothing worth keeping? A few words are enough.';
}

/** The choice of a form; undefined where it says nothing that could be kept in mind. */
export async function chosenLessons(
  asked: Asked,
  incident: Incident,
  read: LessonsRead,
  answers: readonly QuestionAnswer[],
): Promise<LessonChoice | undefined> {
  if (whyReasonNeeded(read) !== undefined) return undefined;
  return choiceFrom(asked, incident, read, (await takeUp(asked, incident))?.choice, answers);
}

/** The form of what it taught, alone. */
export async function distilWith(asked: Asked, incident: Incident, read: LessonsRead): Promise<Said> {
  const choice = choiceFrom(asked, incident, read, (await takeUp(asked, incident))?.choice);
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'draft-distillation', choice },
    askerOf(asked.request),
  );
  await throwAway(asked, incident);
  const line = isOpen(after)
    ? 'what it taught is kept in mind, and saved once it is over.'
    : choice.keep.length === 0
      ? 'nothing of it is kept, and the timeline says why.'
      : 'what it taught is being saved; you hear where.';
  return { kind: 'private', message: doneLine(after, line, await readingOf(asked, after)) };
}
