import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { proposedText, type QuestionAnswer } from '../../src/domain/investigation/conclusion.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { pickedTime, plainText, type Submitted, textInput, timeInput, typed } from './fields.ts';
import { type LessonForm, lessonBlocks } from './lessons.ts';
import { answersSoFar, readValidation, validationBlocks } from './validation.ts';

/** What the form held when it was put away. */
export interface ResolveDraft {
  readonly text?: string;
  readonly at?: Instant;
  readonly answers: readonly QuestionAnswer[];
}

/** It is over: the cause as known, since when, the five questions about it, and what it taught. */
export function resolveModal(
  incident: Incident,
  meta: Meta,
  lessons: LessonForm,
  draft: ResolveDraft = { answers: [] },
): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.resolve,
    title: plainText(`Resolve ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Resolve'),
    close: plainText('Cancel'),
    notify_on_close: true,
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What was it, and what fixed it?', {
        multiline: true,
        initial: draft.text ?? proposedText(incident),
        placeholder: 'payments lowered our limit to 200 /s (E9); retry budget deployed (E12)',
      }),
      timeInput(INPUTS.at, 'Resolved', draft.at ?? incident.conclusion?.effectiveAt, 'Empty means now'),
      ...validationBlocks(incident, { answers: draft.answers }),
      ...lessonBlocks(lessons),
    ],
  };
}

export interface ResolveRead {
  readonly text?: string;
  readonly at?: Instant;
  readonly answers: readonly QuestionAnswer[];
}

export function readResolve(values: Submitted): ResolveRead {
  return { ...readResolveDraft(values), answers: readValidation(values) };
}

/** What was filled in so far. */
export function readResolveDraft(values: Submitted): ResolveDraft {
  const [text, at] = [typed(values, INPUTS.words), pickedTime(values, INPUTS.at)];
  return {
    ...(text !== undefined && { text }),
    ...(at !== undefined && { at }),
    answers: answersSoFar(values),
  };
}
