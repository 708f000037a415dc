import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { BUGFIX_PARTS, type BugfixPart, type BugfixParts } from '../../src/domain/investigation/record.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { View } from '../message.ts';
import { type InputName, plainText, type Submitted, textInput, typed } from './fields.ts';

/** What is right instead. */
export function correctionModal(incident: Pick<Incident, 'number'>, statement: string, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.correction,
    title: plainText(`${incidentId(incident.number)} correction`.slice(0, 24)),
    submit: plainText('Say so'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What is right instead?', {
        required: true,
        max: 1_000,
        hint: brief(statement, 140) || 'One sentence',
      }),
    ],
  };
}

export function readCorrection(values: Submitted): string {
  return typed(values, INPUTS.words) ?? '';
}

const INPUT: Readonly<Record<BugfixPart, InputName>> = {
  symptom: INPUTS.fixSymptom,
  mechanism: INPUTS.fixMechanism,
  introduced: INPUTS.fixIntroduced,
  test: INPUTS.fixTest,
  fix: INPUTS.fix,
  ran: INPUTS.fixRan,
};

/** Every part of a fix report; Slack itself refuses it while one is empty, and so do the rules. */
export function bugfixModal(incident: Pick<Incident, 'number'>, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.bugfix,
    title: plainText(`${incidentId(incident.number)} fix report`.slice(0, 24)),
    submit: plainText('Record it'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: BUGFIX_PARTS.map(({ name, asks }) =>
      textInput(INPUT[name], asks, { required: true, multiline: true }),
    ),
  };
}

export function readBugfix(values: Submitted): BugfixParts {
  return Object.fromEntries(
    BUGFIX_PARTS.map(({ name }) => [name, typed(values, INPUT[name]) ?? '']),
  ) as BugfixParts;
}
