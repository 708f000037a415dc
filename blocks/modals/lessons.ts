import type { Audience, LessonChoice } from '../../src/domain/distillation.ts';
import type { Lesson } from '../../src/domain/knowledge/lessons.ts';
import { ACTIONS, encodeRef, INPUTS } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief } from '../fit.ts';
import type { Block } from '../message.ts';
import { small } from '../rich.ts';
import { boxes, chosen, radio, type Submitted, textInput, ticked, typed } from './fields.ts';

/** Who may know it, and so what the form has to ask or say. */
export interface LessonAudience {
  /** The organisation whose knowledge is shared; without one it is kept for whoever closes. */
  readonly org?: string;
  /** What was learned in a private incident leaves its channel only after somebody was told who will see it. */
  readonly private: boolean;
  /** As the workspace calls itself. */
  readonly workspace: string;
}

export interface LessonForm {
  readonly incident: number;
  readonly lessons: readonly Lesson[];
  readonly audience: LessonAudience;
  /** What was chosen before, here or by whoever proposed the end. */
  readonly choice?: Partial<LessonChoice>;
  /** Show the words of what is kept, to be changed. */
  readonly editing?: boolean;
}

const TEXTS = [
  INPUTS.lesson1,
  INPUTS.lesson2,
  INPUTS.lesson3,
  INPUTS.lesson4,
  INPUTS.lesson5,
  INPUTS.lesson6,
  INPUTS.lesson7,
  INPUTS.lesson8,
] as const;
/** How many lessons a form has room for; the timeline proposes no more. */
export const LESSONS_AT_MOST = TEXTS.length;

const KIND = { incidents: 'Summary', facts: 'Fact', queries: 'Query', patterns: 'Pattern' } as const;

/** What it taught: ticked boxes, because keeping it all is the rule; the words only for those who want to change them. */
export function lessonBlocks({ incident, lessons, audience, choice = {}, editing }: LessonForm): Block[] {
  const shown = lessons.slice(0, LESSONS_AT_MOST);
  const kept = shown.filter((one) => !choice.out?.includes(one.id));
  return [
    { type: 'divider' },
    ...(editing
      ? kept.map((one) =>
          textInput(TEXTS[shown.indexOf(one)] ?? INPUTS.lesson1, labelOf(one, 140), {
            initial: wordsOf(one, choice),
            multiline: true,
            hint:
              one.proof === undefined
                ? 'Empty it to leave it out'
                : `Empty it to leave it out. The query, window and link of ${one.proof} are kept with it`,
          }),
        )
      : [
          boxes(
            INPUTS.keptLessons,
            'Kept for next time',
            shown.map((one) => ({
              value: one.id,
              label: labelOf(one),
              about: choice.keep?.find(({ id }) => id === one.id)?.text ?? one.about,
            })),
            kept.map((one) => one.id),
          ),
          actions(button(ACTIONS.editLessons, 'Change the words', encodeRef({ incident }))),
        ]),
    ...audiencePart(audience, choice.audience),
    textInput(INPUTS.lessonsReason, 'Nothing worth keeping? Say why', {
      initial: choice.reason,
      placeholder: 'known already: the third time this month',
      max: 300,
    }),
  ];
}

/** Without the incident's number, which all of them begin with. */
function labelOf({ kind, key }: Lesson, max = 75): string {
  return brief(`${KIND[kind]}: ${key.replace(/^INC-\d+ /, '')}`, max);
}

function wordsOf(lesson: Lesson, { keep }: Partial<LessonChoice>): string {
  return keep?.find((one) => one.id === lesson.id)?.text ?? lesson.text;
}

function audiencePart({ org, private: secret, workspace }: LessonAudience, before?: Audience): Block[] {
  if (org === undefined)
    return [small('Kept for you alone: no team’s knowledge is configured. Saved once the incident is over.')];
  const everyone = `everyone in ${brief(workspace, 30)} can recall it`;
  if (!secret) return [small(`Kept for ${brief(org, 60)}: ${everyone}. Saved once the incident is over.`)];
  return [
    radio(
      INPUTS.lessonsFor,
      'This incident is private. Who may know what it taught?',
      [
        ['me', 'Keep it for me'],
        ['team', `For ${brief(org, 20)}: ${everyone}`],
      ],
      before ?? 'me',
    ),
  ];
}

/** What a form says; ids are looked up in `lessons`, as they were when it was opened. */
export interface LessonsRead {
  readonly keep: readonly { readonly id: string; readonly text?: string }[];
  readonly out: readonly string[];
  readonly audience?: Audience;
  readonly reason?: string;
}

/** `offered` are the ids of the lessons in the order of the form. */
export function readLessons(values: Submitted, offered: readonly string[]): LessonsRead {
  const boxed = ticked(values, INPUTS.keptLessons);
  const keep = offered.flatMap((id, index) => {
    if (boxed) return boxed.includes(id) ? [{ id }] : [];
    const name = TEXTS[index];
    const text = name && typed(values, name);
    return text === undefined ? [] : [{ id, text }];
  });
  const audience = chosen(values, INPUTS.lessonsFor);
  const reason = typed(values, INPUTS.lessonsReason);
  return {
    keep,
    out: offered.filter((id) => keep.every((one) => one.id !== id)),
    ...((audience === 'me' || audience === 'team') && { audience }),
    ...(reason !== undefined && { reason }),
  };
}
