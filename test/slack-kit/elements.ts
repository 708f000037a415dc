import type { ElementValue } from '../../src/sandbox/page-contract.ts';
import { isRecord } from '../../src/sandbox/slack/block-kit/check.ts';
import { elementsOf } from '../../src/sandbox/slack/present/view.ts';
import type { Json, State } from './types.ts';

export type Found = { readonly block: Json; readonly element: Json };

/** The element that a person means by its label: a button's or option holder's text, its action_id, its block's label or id. */
export function elementNamed(blocks: unknown, name: string): Found | undefined {
  const all = elementsOf(blocks);
  return (
    all.find(({ element }) => textOf(element.text) === name || element.action_id === name) ??
    all.find(({ block }) => textOf(block.label) === name || block.block_id === name) ??
    all.find(({ element }) => textOf(element.placeholder) === name) ??
    all.find(({ element }) => textOf(element.text).includes(name))
  );
}

/** What choosing or typing `value` into an element makes of its state. */
export function enteredValue(state: State, element: Json, value: string | readonly string[]): ElementValue {
  const type = String(element.type);
  const one = typeof value === 'string' ? value : (value[0] ?? '');
  const many = typeof value === 'string' ? [value] : value;
  if (type.startsWith('multi_')) {
    if (type === 'multi_users_select')
      return { type, selected_users: many.map((name) => personId(state, name)) };
    if (type === 'multi_static_select')
      return { type, selected_options: many.map((name) => option(element, name)) };
    if (type === 'multi_channels_select')
      return { type, selected_channels: many.map((name) => channelId(state, name)) };
    return { type, selected_conversations: many.map((name) => channelId(state, name)) };
  }
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
    case 'external_select':
      return { type, selected_option: option(element, one) };
    case 'checkboxes':
      return { type, selected_options: many.map((name) => option(element, name)) };
    case 'users_select':
      return { type, selected_user: personId(state, one) };
    case 'channels_select':
      return { type, selected_channel: channelId(state, one) };
    case 'conversations_select':
      return { type, selected_conversation: channelId(state, one) };
    case 'datepicker':
      return { type, selected_date: one };
    case 'timepicker':
      return { type, selected_time: one };
    case 'datetimepicker':
      return { type, selected_date_time: Number(one) };
    default:
      return { type, value: one };
  }
}

function option(element: Json, name: string): Json {
  const groups = list(element.option_groups).flatMap((group) => (isRecord(group) ? list(group.options) : []));
  const found = [...list(element.options), ...groups]
    .filter(isRecord)
    .find((candidate) => textOf(candidate.text) === name || candidate.value === name);
  if (found === undefined) throw new Error(`There is no option “${name}” in ${JSON.stringify(element)}.`);
  return found;
}

function personId(state: State, name: string): string {
  const found = [...state.users.values()].find((user) => user.id === name || user.realName === name);
  if (found === undefined) throw new Error(`Nobody is called ${name}.`);
  return found.id;
}

function channelId(state: State, name: string): string {
  const bare = name.replace(/^#/, '');
  const found = [...state.conversations.values()].find((item) => item.id === bare || item.name === bare);
  if (found === undefined) throw new Error(`There is no channel ${name}.`);
  return found.id;
}

function textOf(value: unknown): string {
  return isRecord(value) && typeof value.text === 'string' ? value.text : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
