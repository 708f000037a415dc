import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { proposedText, type QuestionAnswer } from '../../src/domain/investigation/conclusion.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { pickedTime, plainText, type Submitted, textInput, timeInput, typed } from './fields.ts';
import { readValidation, validationBlocks } from './validation.ts';

/** It is over: the cause as known, since when, and the five questions about it. */
export function resolveModal(incident: Incident, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.resolve,
    title: plainText(`Resolve ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Resolve'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What was it, and what fixed it?', {
        multiline: true,
        initial: proposedText(incident),
        placeholder: 'payments lowered our limit to 200 /s (E9); retry budget deployed (E12)',
      }),
      timeInput(INPUTS.at, 'Resolved', incident.conclusion?.effectiveAt, 'Empty means now'),
      ...validationBlocks(incident),
    ],
  };
}

export interface ResolveRead {
  readonly text?: string;
  readonly at?: Instant;
  readonly answers: readonly QuestionAnswer[];
}

export function readResolve(values: Submitted): ResolveRead {
  const [text, at] = [typed(values, INPUTS.words), pickedTime(values, INPUTS.at)];
  return {
    ...(text !== undefined && { text }),
    ...(at !== undefined && { at }),
    answers: readValidation(values),
  };
}
