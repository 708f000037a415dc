import type { ActionsBlock, Button, Overflow, StaticSelect } from '@slack/types';
import { ACTIONS, numbered } from './action-ids.ts';
import { brief } from './fit.ts';
import type { Element, Option } from './message.ts';
import { encodeSnooze } from './snooze-choice.ts';

/** Slack's limit on a button's value. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const VALUE_LIMIT = 2000;

export function button(
  actionId: string,
  label: string,
  value?: string,
  style?: 'primary' | 'danger',
): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: brief(label, 70) || '…', emoji: false },
    ...(value !== undefined && { value }),
    ...(style && { style }),
  };
}

export function actions(...elements: readonly Element[]): ActionsBlock {
  return { type: 'actions', elements: [...elements] };
}

/** Buttons that say a command for the person; a command too long for a button's value has none. At most 25 fit a row. */
export function sayButtons(steps: readonly { readonly label: string; readonly command: string }[]): Button[] {
  return steps
    .filter(({ command }) => command !== '' && command.length <= VALUE_LIMIT)
    .slice(0, 25)
    .map(({ label, command }, index) => button(numbered(ACTIONS.say, index), label, command));
}

export function option(label: string, value: string): Option {
  return { text: { type: 'plain_text', text: brief(label, 75) || '…', emoji: false }, value };
}

export function overflow(actionId: string, options: readonly Option[]): Overflow {
  return { type: 'overflow', action_id: actionId, options: [...options] };
}

/** What *Snooze* offers: one click each, reason and time together. The channel sees the reason. */
export const SNOOZES: readonly { readonly length: string; readonly says: string; readonly reason: string }[] =
  [
    { length: '15m', says: '15 min', reason: 'waiting for a deploy' },
    { length: '15m', says: '15 min', reason: 'waiting for a measurement' },
    { length: '30m', says: '30 min', reason: 'waiting for a vendor' },
    { length: '30m', says: '30 min', reason: 'waiting for a restore' },
    { length: '1h', says: '60 min', reason: 'watching recovery' },
  ];

export function snoozeMenu(incident: number, promise: number): StaticSelect {
  return {
    type: 'static_select',
    action_id: ACTIONS.snooze,
    placeholder: { type: 'plain_text', text: 'Snooze', emoji: false },
    options: SNOOZES.map(({ length, says, reason }) =>
      option(`${says} · ${reason}`, encodeSnooze({ incident, promise, length, reason })),
    ),
  };
}
