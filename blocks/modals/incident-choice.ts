import type { InputBlock } from '@slack/types';
import { INPUTS } from '../action-ids.ts';
import { titleLine } from '../headline.ts';
import type { IncidentSummary } from '../incident-line.ts';
import { choice, chosen, type Submitted } from './fields.ts';

/** Slack takes 100 options. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const OPTIONS_SHOWN = 100;

/** Which incident? For modals that ask along the way. Needs at least one incident; the 100 first are offered. */
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
