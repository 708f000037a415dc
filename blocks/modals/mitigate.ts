import { type Incident, incidentId } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { pickedTime, plainText, type Submitted, textInput, timeInput, typed } from './fields.ts';

/** Impact has ended: what ended it, and when. Both may stay empty. */
export function mitigateModal(incident: Pick<Incident, 'number'>, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.mitigate,
    title: plainText(`Mitigate ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Mitigated'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What ended the impact?', {
        multiline: true,
        placeholder: 'retry budget deployed; 500s at 0.1 /s (E12)',
      }),
      timeInput(INPUTS.at, 'Since', undefined, 'Empty means now'),
    ],
  };
}

export interface MitigateRead {
  readonly text?: string;
  readonly at?: Instant;
}

export function readMitigate(values: Submitted): MitigateRead {
  const [text, at] = [typed(values, INPUTS.words), pickedTime(values, INPUTS.at)];
  return { ...(text !== undefined && { text }), ...(at !== undefined && { at }) };
}
