import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { IncidentSummary } from '../incident-line.ts';
import type { View } from '../message.ts';
import { plainText, type Submitted, textInput, typed } from './fields.ts';
import { incidentChoice, readIncident } from './incident-choice.ts';

/** *Add to timeline*: the message's text, to be edited before it is kept. Asks which incident where several are open. */
export function entryModal(text: string, open: readonly IncidentSummary[], meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.entry,
    title: plainText('Add to timeline'),
    submit: plainText('Add'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      ...(meta.incident === undefined && open.length > 0 ? [incidentChoice(open)] : []),
      textInput(INPUTS.words, 'What the timeline keeps', {
        initial: text,
        multiline: true,
        required: true,
        hint: 'The message itself is linked',
      }),
    ],
  };
}

export interface EntryRead {
  readonly text: string;
  readonly incident?: number;
}

export function readEntry(values: Submitted): EntryRead {
  const incident = readIncident(values);
  return { text: typed(values, INPUTS.words) ?? '', ...(incident !== undefined && { incident }) };
}
