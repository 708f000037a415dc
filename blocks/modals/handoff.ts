import { type Incident, incidentId, type PersonId, ROLES, type Role } from '../../src/domain/incident.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { choice, chosen, plainText, type Submitted } from './fields.ts';

/** To whom, and which role. The other accepts with a click; until then nothing has changed hands. */
export function handoffModal(
  incident: Pick<Incident, 'number'>,
  meta: Meta,
  { role = 'lead', person }: { readonly role?: Role; readonly person?: PersonId } = {},
): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.handOff,
    title: plainText(`Hand off ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Offer it'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      {
        type: 'input',
        block_id: INPUTS.person,
        label: plainText('To'),
        hint: plainText('They are asked, and accept with a click. Until then it stays with you'),
        element: {
          type: 'users_select',
          action_id: INPUTS.person,
          ...(person !== undefined && { initial_user: person }),
        },
      },
      choice(
        INPUTS.role,
        'Role',
        ROLES.map((one) => [one, one] as const),
        role,
      ),
    ],
  };
}

export interface HandoffRead {
  readonly to?: PersonId;
  readonly role: Role;
}

export function readHandoff(values: Submitted): HandoffRead {
  const to = chosen(values, INPUTS.person);
  return {
    role: ROLES.find((one) => one === chosen(values, INPUTS.role)) ?? 'lead',
    ...(to !== undefined && { to }),
  };
}
