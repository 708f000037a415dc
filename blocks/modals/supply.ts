import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { IncidentSummary } from '../incident-line.ts';
import type { View } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, ours, plain } from '../text.ts';
import { plainText, type Submitted, textInput, typed } from './fields.ts';
import { incidentChoice, readIncident } from './incident-choice.ts';

export interface Supply {
  /** What the message says. */
  readonly text: string;
  /** The name of the file that is kept as well. */
  readonly file?: string;
  /** Who will see it, where the message is not for everybody: `#checkout`. */
  readonly audience?: string;
}

/** *Save as evidence*: what is kept, to be read once more, and how it was got. Asks which incident where several are open. */
export function supplyModal(
  { text, file, audience }: Supply,
  open: readonly IncidentSummary[],
  meta: Meta,
): View {
  const notes = [
    ...(audience === undefined
      ? []
      : [
          section(
            bold('Not everybody can read this message. '),
            plain(`Once it is saved, everyone in ${brief(audience, 80)} can read what is kept of it.`),
          ),
        ]),
    ...(file === undefined ? [] : [section(ours('The file '), bold(brief(file, 80)), ours(' is kept.'))]),
  ];
  return {
    type: 'modal',
    callback_id: CALLBACKS.supply,
    title: plainText('Save as evidence'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      ...(notes.length === 0 ? [] : [lines(notes)]),
      ...(meta.incident === undefined && open.length > 0 ? [incidentChoice(open)] : []),
      textInput(INPUTS.title, 'How was it got?', {
        placeholder: 'kubectl get pods -n shop',
        hint: 'The command or the page, so that others can do the same',
        max: 500,
      }),
      ...(file === undefined
        ? [
            textInput(INPUTS.words, 'What is kept', {
              initial: text,
              multiline: true,
              required: true,
              hint: 'Secrets are taken out. It is marked as supplied by you; the message is linked.',
            }),
          ]
        : []),
    ],
  };
}

export interface SupplyRead {
  readonly how?: string;
  readonly text: string;
  readonly incident?: number;
}

export function readSupply(values: Submitted): SupplyRead {
  const incident = readIncident(values);
  const how = typed(values, INPUTS.title)?.trim();
  return {
    text: typed(values, INPUTS.words) ?? '',
    ...(how && { how }),
    ...(incident !== undefined && { incident }),
  };
}
