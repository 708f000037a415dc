import { type Incident, incidentId } from '../../src/domain/incident.ts';
import {
  METHODS,
  type Method,
  STRATEGIES,
  type Strategy,
} from '../../src/domain/investigation/hypothesis.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { View } from '../message.ts';
import { choice, chosen, plainText, type Submitted, textInput, typed } from './fields.ts';

export interface HypothesisDraft {
  readonly statement?: string;
  readonly disproof?: string;
  /** The one that it narrows. */
  readonly parent?: { readonly id: string; readonly statement: string };
}

const APPROACHES: readonly (readonly [string, string])[] = [
  ['none', 'no particular one'],
  ['differential', 'differential: what differs between good and bad'],
  ['bisection', 'bisection: halve what it can be'],
];
const SIGNALS: readonly (readonly [string, string])[] = [
  ['none', 'no particular ones'],
  ['golden-signals', 'golden signals: latency, traffic, errors, saturation'],
  ['red', 'RED: rate, errors, duration'],
  ['use', 'USE: utilisation, saturation, errors'],
];

/** What somebody thinks it is, and what would prove it wrong: without the second it is not one. */
export function hypothesisModal(
  incident: Pick<Incident, 'number'>,
  { statement, disproof, parent }: HypothesisDraft,
  meta: Meta,
): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.hypothesis,
    title: plainText(`${incidentId(incident.number)} hypothesis`.slice(0, 24)),
    submit: plainText('State it'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.statement, parent ? `What is it, within ${parent.id}?` : 'What do you think it is?', {
        initial: statement,
        required: true,
        max: 1_000,
        placeholder: 'the payments upstream limits us; our retries multiply it',
        hint: parent ? brief(`${parent.id}: ${parent.statement}`, 140) : 'One sentence',
      }),
      textInput(INPUTS.disproof, 'What would prove it wrong?', {
        initial: disproof,
        required: true,
        max: 1_000,
        placeholder: '429s stay level when our retry rate halves',
        hint: 'Something a query can show',
      }),
      choice(INPUTS.strategy, 'Strategy', APPROACHES, 'none'),
      choice(INPUTS.method, 'Signals', SIGNALS, 'none'),
    ],
  };
}

export interface HypothesisRead {
  readonly statement: string;
  readonly disproof: string;
  readonly strategy?: Strategy;
  readonly method?: Method;
}

export function readHypothesisModal(values: Submitted): HypothesisRead {
  const strategy = STRATEGIES.find((one) => one === chosen(values, INPUTS.strategy));
  const method = METHODS.find((one) => one === chosen(values, INPUTS.method));
  return {
    statement: typed(values, INPUTS.statement) ?? '',
    disproof: typed(values, INPUTS.disproof) ?? '',
    ...(strategy && { strategy }),
    ...(method && { method }),
  };
}
