import type { Meta } from '../../../blocks/action-ids.ts';
import { asInitial, type Submitted } from '../../../blocks/modals/fields.ts';
import {
  LESSONS_AT_MOST,
  type LessonForm,
  type LessonsRead,
  readLessons,
} from '../../../blocks/modals/lessons.ts';
import { type ResolveDraft, readResolveDraft } from '../../../blocks/modals/resolve.ts';
import type { LessonChoice } from '../../domain/distillation.ts';
import type { Incident } from '../../domain/incident.ts';
import type { QuestionAnswer } from '../../domain/investigation/conclusion.ts';
import { lessonsOf, OF_A_KIND } from '../../domain/knowledge/lessons.ts';
import { teamOrg } from '../../flows/knowledge/keep-lessons.ts';
import type { Json } from '../../storage/store.ts';
import type { Asked } from '../call.ts';

/** What somebody had filled in when they put the closing form away. */
export interface PutAway {
  readonly resolve: ResolveDraft;
  readonly choice: Partial<LessonChoice>;
}

/** What was learned, as the form shows it: what was put away, else what was sent before, else all that the timeline proposes. */
export function lessonForm(
  { bot }: Asked,
  incident: Incident,
  choice: Partial<LessonChoice> | undefined = sentBefore(incident),
): LessonForm {
  const org = teamOrg(bot.world)?.name;
  return {
    incident: incident.number,
    lessons: lessonsOf(incident).slice(0, LESSONS_AT_MOST),
    audience: {
      private: incident.private,
      workspace: bot.rules.workspace,
      ...(org !== undefined && { org }),
    },
    ...(choice && { choice }),
  };
}

function sentBefore({ distillation }: Incident): LessonChoice | undefined {
  return distillation?.state === 'drafted' ? distillation.choice : undefined;
}

/** The lessons of a form by place, as its private metadata names them: ids of the timeline, nothing else. */
export function offeredIn(form: Pick<LessonForm, 'lessons'>): string {
  return form.lessons.map((one) => one.id).join(' ');
}

/** What the form's boxes and words choose; words that nobody changed follow the timeline until it is over. */
export function choiceFrom(
  { bot }: Asked,
  incident: Incident,
  { keep, out, audience, reason }: LessonsRead,
  held?: Partial<LessonChoice>,
  answers: readonly QuestionAnswer[] = [],
): LessonChoice {
  const before = [...(held?.keep ?? []), ...(sentBefore(incident)?.keep ?? [])];
  const proposed = new Map(lessonsOf(incident).map((one) => [one.id, asInitial(one.text).trim()]));
  const kept = keep.map(({ id, text }) => {
    const words = text ?? before.find((one) => one.id === id && one.text !== undefined)?.text;
    return words === undefined || words === proposed.get(id) ? { id } : { id, text: words };
  });
  const mine = incident.private ? (audience ?? 'me') : 'team';
  return bot.world.redact({
    keep: kept.length === 0 ? [] : [...kept, ...namedBy(answers, [...kept.map((one) => one.id), ...out])],
    out,
    audience: teamOrg(bot.world) ? mine : 'me',
    ...(reason !== undefined && { reason }),
  });
}

/** Evidence that an answer of this very form names was not there to be ticked; where there is room, its query is kept as well. */
function namedBy(answers: readonly QuestionAnswer[], offered: readonly string[]): readonly { id: string }[] {
  const fresh = answers.flatMap((one) => (one.says === 'yes' ? [`query/${one.evidence}`] : []));
  const room = OF_A_KIND - offered.filter((id) => id.startsWith('query/')).length;
  return [...new Set(fresh)]
    .filter((id) => !offered.includes(id))
    .slice(0, Math.max(0, room))
    .map((id) => ({ id }));
}

export function lessonsRead(values: Submitted, about = ''): LessonsRead {
  return readLessons(values, about === '' ? [] : about.split(' '));
}

function keyOf(incident: number, person: string, interim?: number): string {
  return `closing/${incident}${interim === undefined ? '' : `/${interim}`}/${person}`;
}

/** Keeps what was filled in, secrets taken out, for when the same person opens it again. */
export async function putAway(
  asked: Asked,
  incident: Incident,
  values: Submitted,
  { about, seq }: Pick<Meta, 'about' | 'seq'>,
): Promise<void> {
  const { bot, request } = asked;
  const before = await takeUp(asked, incident, seq);
  const held: PutAway = {
    resolve: readResolveDraft(values),
    choice: choiceFrom(asked, incident, lessonsRead(values, about), before?.choice),
  };
  const { value } = bot.redactor.redactLeaves(held);
  const key = keyOf(incident.number, request.by, seq);
  await bot.world.store.remember(request.team, key, value as unknown as Json);
}

/** `interim` is the seq of a conclusion that ends nothing: its questions are a form of their own. */
export async function takeUp(
  { bot, request }: Asked,
  incident: Incident,
  interim?: number,
): Promise<PutAway | undefined> {
  const held = await bot.world.store.recall(request.team, keyOf(incident.number, request.by, interim));
  return (held ?? undefined) as PutAway | undefined;
}

export async function throwAway(
  { bot, request }: Asked,
  incident: Incident,
  interim?: number,
): Promise<void> {
  await bot.world.store.remember(request.team, keyOf(incident.number, request.by, interim), null);
}
