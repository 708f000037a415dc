import { SEVERITIES, type Severity } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import {
  choice,
  chosen,
  pickedTime,
  plainText,
  type Submitted,
  textInput,
  timeInput,
  typed,
} from './fields.ts';

export interface DeclareDraft {
  readonly title?: string;
  readonly severity?: Severity;
  readonly service?: string;
  readonly link?: string;
  readonly impactSince?: Instant;
  /** Where it will be declared, preselected: submitting confirms it. */
  readonly channel?: string;
}

/** Asks for a title and a severity; the rest is optional and can come later. Prefilled from an alert where there is one. */
export function declareModal(draft: DeclareDraft, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.declare,
    title: plainText('Declare an incident'),
    submit: plainText('Declare'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.title, 'What is happening?', {
        initial: draft.title,
        required: true,
        max: 200,
        placeholder: 'Checkout returns 500s',
      }),
      choice(
        INPUTS.severity,
        'Severity',
        [
          ['P1', 'P1 · customers cannot work'],
          ['P2', 'P2 · customers are hindered'],
          ['P3', 'P3 · few notice'],
          ['P4', 'P4 · nobody notices yet'],
        ],
        draft.severity ?? 'P2',
      ),
      {
        type: 'input',
        block_id: INPUTS.channel,
        label: plainText('Channel'),
        hint: plainText('The status card is posted here'),
        element: {
          type: 'conversations_select',
          action_id: INPUTS.channel,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(draft.channel === undefined
            ? { default_to_current_conversation: true }
            : { initial_conversation: draft.channel }),
        },
      },
      timeInput(INPUTS.impactStart, 'Impact since', draft.impactSince),
      textInput(INPUTS.link, 'Dashboard', { initial: draft.link, placeholder: 'https://…' }),
      textInput(INPUTS.service, 'Service', { initial: draft.service, max: 200 }),
    ],
  };
}

export interface DeclareRead extends DeclareDraft {
  readonly title: string;
}

export function readDeclare(values: Submitted): DeclareRead {
  const severity = SEVERITIES.find((one) => one === chosen(values, INPUTS.severity));
  const [service, link, impactSince, channel] = [
    typed(values, INPUTS.service),
    typed(values, INPUTS.link),
    pickedTime(values, INPUTS.impactStart),
    chosen(values, INPUTS.channel),
  ];
  return {
    title: typed(values, INPUTS.title) ?? '',
    ...(severity && { severity }),
    ...(service !== undefined && { service }),
    ...(link !== undefined && { link }),
    ...(impactSince !== undefined && { impactSince }),
    ...(channel !== undefined && { channel }),
  };
}
