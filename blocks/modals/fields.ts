import type { InputBlock, PlainTextElement } from '@slack/types';
import type { Instant } from '../../src/domain/time.ts';
import type { INPUTS } from '../action-ids.ts';
import { option } from '../controls.ts';
import { brief, count, upTo } from '../fit.ts';
import type { Option } from '../message.ts';
import { clean } from '../text.ts';

/** Slack's cap on a text input. https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const INPUT_LIMIT = 3000;
export type InputName = (typeof INPUTS)[keyof typeof INPUTS];

/** What a submitted view carries: `view.state.values`, by block and action. */
export type Submitted = Readonly<Record<string, Readonly<Record<string, SubmittedValue>>>>;
export interface SubmittedValue {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
  readonly selected_user?: string | null;
  readonly selected_conversation?: string | null;
  /** Seconds since the epoch. */
  readonly selected_date_time?: number | null;
}

export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** A text as an input shows it to begin with, and sends it back where nobody changed it. */
export function asInitial(text: string, max = INPUT_LIMIT): string {
  return upTo(clean(text.slice(0, 4 * max)), max);
}

/** What a text input begins with and asks for. An initial text that is too long is cut, and the hint says so. */
export interface TextInput {
  readonly initial?: string | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly required?: boolean;
  readonly max?: number;
}

export function textInput(name: InputName, label: string, input: TextInput = {}): InputBlock {
  const max = input.max ?? INPUT_LIMIT;
  const all = input.initial ?? '';
  const initial = asInitial(all, max);
  const hint =
    all.length > max
      ? `Only the first ${count(initial.length)} of ${count(all.length)} characters fit here`
      : input.hint;
  return {
    type: 'input',
    block_id: name,
    label: plainText(label),
    optional: input.required !== true,
    ...(hint !== undefined && { hint: plainText(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: name,
      multiline: input.multiline ?? false,
      max_length: max,
      ...(initial !== '' && { initial_value: initial }),
      ...(input.placeholder !== undefined && { placeholder: plainText(input.placeholder) }),
    },
  };
}

/** `options` are value and label. */
export function choice(
  name: InputName,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  initial?: string,
): InputBlock {
  const all: Option[] = options.map(([value, said]) => option(said, value));
  const chosen = all.find((one) => one.value === initial);
  return {
    type: 'input',
    block_id: name,
    label: plainText(label),
    element: {
      type: 'static_select',
      action_id: name,
      options: all,
      ...(chosen && { initial_option: chosen }),
    },
  };
}

/** The same, all in sight and one tap each; Slack shows at most 10. https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export function radio(
  name: InputName,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  initial?: string,
): InputBlock {
  const all: Option[] = options.slice(0, 10).map(([value, said]) => option(said, value));
  const chosenOne = all.find((one) => one.value === initial);
  return {
    type: 'input',
    block_id: name,
    label: plainText(label),
    element: {
      type: 'radio_buttons',
      action_id: name,
      options: all,
      ...(chosenOne && { initial_option: chosenOne }),
    },
  };
}

/** Boxes to tick, at most 10; `ticked` are values. https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
export function boxes(
  name: InputName,
  label: string,
  options: readonly { readonly value: string; readonly label: string; readonly about?: string }[],
  ticked: readonly string[],
): InputBlock {
  const all: Option[] = options.slice(0, 10).map(({ value, label: said, about = '' }) => {
    const small = brief(about, 75);
    return { ...option(said, value), ...(small !== '' && { description: plainText(small) }) };
  });
  const initial = all.filter((one) => one.value !== undefined && ticked.includes(one.value));
  return {
    type: 'input',
    block_id: name,
    label: plainText(label),
    optional: true,
    element: {
      type: 'checkboxes',
      action_id: name,
      options: all,
      ...(initial.length > 0 && { initial_options: initial }),
    },
  };
}

/** A time; empty means now. */
export function timeInput(name: InputName, label: string, initial?: Instant, hint?: string): InputBlock {
  const seconds = initial === undefined ? undefined : Math.floor(initial / 1000);
  return {
    type: 'input',
    block_id: name,
    label: plainText(label),
    optional: true,
    ...(hint !== undefined && { hint: plainText(hint) }),
    element: {
      type: 'datetimepicker',
      action_id: name,
      ...(seconds !== undefined && seconds >= 1e9 && seconds < 1e10 && { initial_date_time: seconds }),
    },
  };
}

/** The trimmed text of an input; undefined where nothing was typed. */
export function typed(values: Submitted, name: InputName): string | undefined {
  return values[name]?.[name]?.value?.trim() || undefined;
}

export function chosen(values: Submitted, name: InputName): string | undefined {
  const one = values[name]?.[name];
  return one?.selected_option?.value ?? one?.selected_user ?? one?.selected_conversation ?? undefined;
}

/** The values of the ticked boxes; undefined where the form has none. */
export function ticked(values: Submitted, name: InputName): readonly string[] | undefined {
  return values[name]?.[name]?.selected_options?.map((one) => one.value);
}

export function pickedTime(values: Submitted, name: InputName): Instant | undefined {
  const seconds = values[name]?.[name]?.selected_date_time;
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}
