import { type Incident, incidentId } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { pickedTime, plainText, type Submitted, textInput, timeInput, typed } from './fields.ts';

/** It is over: the cause as known, and when. Both may stay empty. */
export function resolveModal(incident: Pick<Incident, 'number'>, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.resolve,
    title: plainText(`Resolve ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Resolve'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What was it?', {
        multiline: true,
        placeholder: 'payments lowered our limit to 200 /s (E9); retry budget deployed',
      }),
      timeInput(INPUTS.at, 'Resolved', undefined, 'Empty means now'),
    ],
  };
}

export interface ResolveRead {
  readonly text?: string;
  readonly at?: Instant;
}

export function readResolve(values: Submitted): ResolveRead {
  const [text, at] = [typed(values, INPUTS.words), pickedTime(values, INPUTS.at)];
  return { ...(text !== undefined && { text }), ...(at !== undefined && { at }) };
}
