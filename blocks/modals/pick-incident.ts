import type { InputBlock } from '@slack/types';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { titleLine } from '../headline.ts';
import type { IncidentSummary } from '../incident-line.ts';
import type { View } from '../message.ts';
import { choice, chosen, plainText, type Submitted } from './fields.ts';

/** Slack takes 100 options; `rest` says how many more there are. */
export const OPTIONS_SHOWN = 100;

/** Which incident? For shortcuts outside an incident's channel. */
export function pickIncidentModal(open: readonly IncidentSummary[], meta: Meta): View {
  const rest = open.length - OPTIONS_SHOWN;
  return {
    type: 'modal',
    callback_id: CALLBACKS.pickIncident,
    title: plainText('Which incident?'),
    ...(open.length > 0 && { submit: plainText('Go on') }),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      ...(open.length > 0 ? [incidentChoice(open)] : []),
      ...(open.length === 0
        ? [{ type: 'section' as const, text: plainText('No incident is open. Declare one first.') }]
        : rest > 0
          ? [
              {
                type: 'section' as const,
                text: plainText(`${rest} older ones are not listed: use the command with their id.`),
              },
            ]
          : []),
    ],
  };
}

/** The select itself, for modals that ask along the way. Needs at least one incident. */
export function incidentChoice(open: readonly IncidentSummary[]): InputBlock {
  return choice(
    INPUTS.incident,
    'Incident',
    open.slice(0, OPTIONS_SHOWN).map((one) => [`${one.number}`, titleLine(one, 60)] as const),
    `${open[0]?.number}`,
  );
}

export function readIncident(values: Submitted): number | undefined {
  const number = Number(chosen(values, INPUTS.incident));
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
