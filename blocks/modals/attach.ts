import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { leading, SIDES, type Side } from '../../src/domain/investigation/hypothesis.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { View } from '../message.ts';
import { choice, chosen, plainText, type Submitted } from './fields.ts';

/** Slack's cap on a select. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const MOST = 100;

/** Which evidence does what for which hypothesis; what is known already is chosen. */
export function attachModal(
  incident: Pick<Incident, 'number' | 'hypotheses' | 'evidence'>,
  known: { readonly hypothesis?: string; readonly evidence?: string },
  meta: Meta,
): View {
  const hypotheses = incident.hypotheses
    .slice(-MOST)
    .map((one) => [one.id, brief(`${one.id} ${one.statement}`, 75)] as const);
  const evidence = incident.evidence
    .slice(-MOST)
    .toReversed()
    .map((one) => [one.id, brief(`${one.id} ${one.source} · ${one.query}`, 75)] as const);
  return {
    type: 'modal',
    callback_id: CALLBACKS.attach,
    title: plainText(`${incidentId(incident.number)} evidence`.slice(0, 24)),
    submit: plainText('Attach'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      choice(INPUTS.evidence, 'Evidence', evidence, known.evidence),
      choice(INPUTS.side, 'What it does', [
        ['for', 'supports'],
        ['against', 'contradicts'],
        ['tests', 'bears on it'],
      ]),
      choice(INPUTS.hypothesis, 'Hypothesis', hypotheses, known.hypothesis ?? leading(incident)?.id),
    ],
  };
}

export interface AttachRead {
  readonly evidence: string;
  readonly hypothesis: string;
  readonly side: Side;
}

/** Undefined while something is not chosen. */
export function readAttach(values: Submitted): AttachRead | undefined {
  const evidence = chosen(values, INPUTS.evidence);
  const hypothesis = chosen(values, INPUTS.hypothesis);
  const side = SIDES.find((one) => one === chosen(values, INPUTS.side));
  return evidence === undefined || hypothesis === undefined || side === undefined
    ? undefined
    : { evidence, hypothesis, side };
}
