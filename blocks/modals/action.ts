import type { ActionItem } from '../../src/domain/action-item.ts';
import { type Incident, incidentId, type PersonId } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/time.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { View } from '../message.ts';
import { clean } from '../text.ts';
import { chosen, pickedTime, plainText, type Submitted, textInput, timeInput, typed } from './fields.ts';

type Of = Pick<Incident, 'number'>;

/** Who does it, and until when. */
export function actionHandModal(incident: Of, item: ActionItem, meta: Meta): View {
  const owner = /^[UW][A-Z0-9]{1,30}$/.test(item.owner ?? '') ? item.owner : undefined;
  return {
    ...frame(incident, item, meta, CALLBACKS.actionHand, 'Hand over'),
    blocks: [
      about(item),
      {
        type: 'input',
        block_id: INPUTS.person,
        label: plainText('Who does it?'),
        element: {
          type: 'users_select',
          action_id: INPUTS.person,
          ...(owner !== undefined && { initial_user: owner }),
        },
      },
      timeInput(INPUTS.at, 'Until when?', item.dueAt, 'They hear of it on the morning of that day'),
    ],
  };
}

export interface ActionHandRead {
  readonly owner?: PersonId;
  readonly dueAt?: Instant;
}

export function readActionHand(values: Submitted): ActionHandRead {
  const owner = chosen(values, INPUTS.person);
  const dueAt = pickedTime(values, INPUTS.at);
  return { ...(owner !== undefined && { owner }), ...(dueAt !== undefined && { dueAt }) };
}

/** Why it is dropped; whoever reads the postmortem will ask. */
export function actionDropModal(incident: Of, item: ActionItem, meta: Meta): View {
  return {
    ...frame(incident, item, meta, CALLBACKS.actionDrop, 'Drop it'),
    blocks: [
      about(item),
      textInput(INPUTS.words, 'Why is it dropped?', {
        required: true,
        max: 1_000,
        placeholder: 'the service is being retired',
      }),
    ],
  };
}

export function readActionDrop(values: Submitted): string {
  return typed(values, INPUTS.words) ?? '';
}

function frame(incident: Of, item: ActionItem, meta: Meta, callback: string, submit: string) {
  return {
    type: 'modal' as const,
    callback_id: callback,
    title: plainText(`${incidentId(incident.number)} ${item.id}`.slice(0, 24)),
    submit: plainText(submit),
    close: plainText('Cancel'),
    private_metadata: encodeMeta({ ...meta, incident: incident.number, about: item.id }),
  };
}

function about({ text }: ActionItem) {
  return { type: 'section' as const, text: plainText(brief(clean(text), 600) || '…') };
}
