import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { PARTS, type PartName } from '../../src/domain/postmortem/parts.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { INPUT_LIMIT, type InputName, plainText, type Submitted, textInput, typed } from './fields.ts';

const INPUT: Readonly<Record<PartName, InputName>> = {
  factors: INPUTS.factors,
  well: INPUTS.well,
  badly: INPUTS.badly,
  lessons: INPUTS.lessons,
  observability: INPUTS.observability,
};

/** What only people can say, with what was said so far: one line for each thing. */
export function postmortemModal(incident: Pick<Incident, 'number' | 'contributed'>, meta: Meta): View {
  const words = incident.contributed.words;
  const seen = words.map(({ part, seq }) => `${part}:${seq}`).join(' ');
  return {
    type: 'modal',
    callback_id: CALLBACKS.postmortem,
    title: plainText(`${incidentId(incident.number)} postmortem`.slice(0, 24)),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta({ ...meta, incident: incident.number, about: seen }),
    blocks: PARTS.map(({ name, title, asks }) =>
      textInput(INPUT[name], title, {
        multiline: true,
        hint: asks,
        initial: words.find((one) => one.part === name)?.text,
      }),
    ),
  };
}

/** What the form holds; a text that did not fit it is only added to. */
export function readPostmortem(
  values: Submitted,
  meta: Meta,
  incident: Pick<Incident, 'contributed'>,
): readonly { readonly part: PartName; readonly text: string; readonly seen: number }[] {
  const seen = new Map(
    (meta.about ?? '').split(' ').map((one) => one.split(':') as [string, string | undefined]),
  );
  return PARTS.map(({ name }) => {
    const now = incident.contributed.words.find((one) => one.part === name)?.text ?? '';
    const whole = now.length <= INPUT_LIMIT;
    return {
      part: name,
      text: typed(values, INPUT[name]) ?? '',
      seen: whole ? Number(seen.get(name) ?? 0) : 0,
    };
  });
}
