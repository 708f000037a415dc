import { expect, test } from 'vitest';
import { everyInput } from './canned-blocks.ts';
import { pageModule } from './page-module.ts';

type Values = Record<string, Record<string, Record<string, unknown>>>;
const { stateValues, actionOf, missingFields, initialValue } = await pageModule<{
  stateValues(blocks: readonly unknown[], given?: Values, conversation?: string): Values;
  actionOf(element: unknown, blockId: string, value?: unknown): Record<string, unknown>;
  missingFields(blocks: readonly unknown[], values: Values): Record<string, string>;
  initialValue(element: unknown): unknown;
}>('blocks/values.js');

test('an untouched form holds what its elements began with', () => {
  const values = stateValues(everyInput, {}, 'C0INC');
  expect(values.title?.v).toEqual({ type: 'plain_text_input', value: null });
  expect(values.severity?.v).toMatchObject({ type: 'static_select', selected_option: { value: 'P2' } });
  expect(values.where?.v).toEqual({ type: 'conversations_select', selected_conversation: 'C0INC' });
  expect(values.lead?.v).toEqual({ type: 'users_select', selected_user: 'U0KAI' });
  expect(values.day?.v).toEqual({ type: 'datepicker', selected_date: '2026-11-23' });
  expect(values.time?.v).toEqual({ type: 'timepicker', selected_time: '13:58' });
  expect(values.due?.v).toEqual({ type: 'datetimepicker', selected_date_time: 1_795_446_000 });
  expect(values.kind?.v).toMatchObject({ type: 'radio_buttons', selected_option: { value: 'incident' } });
  expect(values.also?.v).toEqual({ type: 'checkboxes', selected_options: [] });
  expect(values.who?.v).toEqual({ type: 'multi_users_select', selected_users: [] });
  expect(values.intro).toBeUndefined();
});

test('what was given wins, for blocks that still exist', () => {
  const given = { title: { v: { type: 'plain_text_input', value: 'x' } }, gone: { v: { value: 'y' } } };
  const values = stateValues(everyInput, given);
  expect(values.title).toEqual(given.title);
  expect(values.gone).toBeUndefined();
});

test('buttons and menus hold no value of their own', () => {
  expect(initialValue({ type: 'button' })).toBeUndefined();
  expect(initialValue({ type: 'overflow' })).toBeUndefined();
});

test('an action says which element and what it carries', () => {
  const text = { type: 'plain_text', text: 'Go' };
  expect(actionOf({ type: 'button', action_id: 'go', text, value: 'INC-1', style: 'primary' }, 'b')).toEqual({
    type: 'button',
    action_id: 'go',
    block_id: 'b',
    text,
    value: 'INC-1',
    style: 'primary',
  });
  expect(actionOf({ type: 'users_select', action_id: 'u' }, 'b', { selected_user: 'U1' })).toEqual({
    type: 'users_select',
    action_id: 'u',
    block_id: 'b',
    selected_user: 'U1',
  });
});

test('required fields must be filled, optional ones need not', () => {
  expect(missingFields(everyInput, stateValues(everyInput))).toEqual({
    title: 'Please complete this required field.',
  });
  const given = { title: { v: { type: 'plain_text_input', value: 'down' } } };
  expect(missingFields(everyInput, stateValues(everyInput, given))).toEqual({});
});

test('a form opened beside a direct message does not choose it where only channels are allowed', () => {
  expect(stateValues(everyInput, {}, 'D0APP').where?.v).toEqual({
    type: 'conversations_select',
    selected_conversation: null,
  });
});
