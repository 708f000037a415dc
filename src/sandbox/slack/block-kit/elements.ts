import {
  all,
  boolean,
  byType,
  type Check,
  type Fields,
  isRecord,
  list,
  number,
  object,
  string,
} from './check.ts';
import {
  colorScheme,
  confirm,
  conversationFilter,
  dispatchConfig,
  imageElement,
  optionGroup,
  optionsOrGroups,
  overflowOption,
  plainOption,
  plainText,
  richOption,
  url,
} from './composition.ts';
import { richTextFields } from './rich-text.ts';

const typeField: Check = string();
const actionId: Check = string({ min: 1, max: 255 });
const focus_on_load = boolean;
const id: Check = string({ min: 1 });

function interactive(required: Fields, optional: Fields = {}, also?: Check): Check {
  return object({ type: typeField, ...required }, { action_id: actionId, ...optional }, also);
}

const choice: Fields = { placeholder: plainText(150), confirm, focus_on_load };
const several: Fields = { ...choice, max_selected_items: number({ min: 1 }) };
const typed: Fields = { placeholder: plainText(150), dispatch_action_config: dispatchConfig, focus_on_load };
const options = list(plainOption, { min: 1, max: 100 });
const option_groups = list(optionGroup, { min: 1, max: 100 });
const conversation: Fields = { default_to_current_conversation: boolean, filter: conversationFilter };

/** Text inputs: the length that is asked for must be possible. */
const lengths: Check = (value, pointer, report) => {
  if (!isRecord(value)) return;
  const { min_length: min, max_length: max, initial_value: initial } = value;
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    report({ pointer: `${pointer}/min_length`, message: 'must be at most max_length' });
  if (typeof initial === 'string' && typeof max === 'number' && initial.length > max)
    report({ pointer: `${pointer}/initial_value`, message: `must be less than ${max + 1} characters` });
};

const choiceKinds: Readonly<Record<string, Check>> = {
  static_select: interactive(
    {},
    { ...choice, options, option_groups, initial_option: plainOption },
    optionsOrGroups,
  ),
  multi_static_select: interactive(
    {},
    { ...several, options, option_groups, initial_options: list(plainOption, { min: 1 }) },
    optionsOrGroups,
  ),
  external_select: interactive(
    {},
    { ...choice, initial_option: plainOption, min_query_length: number({ min: 0 }) },
  ),
  multi_external_select: interactive(
    {},
    { ...several, initial_options: list(plainOption, { min: 1 }), min_query_length: number({ min: 0 }) },
  ),
  users_select: interactive({}, { ...choice, initial_user: id }),
  multi_users_select: interactive({}, { ...several, initial_users: list(id) }),
  conversations_select: interactive(
    {},
    { ...choice, ...conversation, initial_conversation: id, response_url_enabled: boolean },
  ),
  multi_conversations_select: interactive(
    {},
    { ...several, ...conversation, initial_conversations: list(id) },
  ),
  channels_select: interactive({}, { ...choice, initial_channel: id, response_url_enabled: boolean }),
  multi_channels_select: interactive({}, { ...several, initial_channels: list(id) }),
  datepicker: interactive(
    {},
    { ...choice, initial_date: string({ pattern: /^\d{4}-\d{2}-\d{2}$/, like: 'a date, YYYY-MM-DD' }) },
  ),
  timepicker: interactive(
    {},
    {
      ...choice,
      initial_time: string({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, like: 'a time, HH:mm' }),
      timezone: string(),
    },
  ),
  datetimepicker: interactive(
    {},
    { confirm, focus_on_load, initial_date_time: number({ min: 1_000_000_000, max: 9_999_999_999 }) },
  ),
  checkboxes: interactive(
    { options: list(richOption, { min: 1, max: 10 }) },
    { initial_options: list(richOption, { min: 1 }), confirm, focus_on_load },
    optionsOrGroups,
  ),
  radio_buttons: interactive(
    { options: list(richOption, { min: 1, max: 10 }) },
    { initial_option: richOption, confirm, focus_on_load },
    optionsOrGroups,
  ),
};

const button = interactive(
  { text: plainText(75) },
  {
    value: string({ max: 2000 }),
    url: url(),
    style: colorScheme,
    confirm,
    accessibility_label: string({ max: 75 }),
  },
);

const workflowButton = interactive(
  {
    text: plainText(75),
    workflow: object({
      trigger: object(
        { url: url() },
        { customizable_input_parameters: list(object({ name: id, value: string() })) },
      ),
    }),
  },
  { style: colorScheme, accessibility_label: string({ max: 75 }) },
);

const overflow = interactive({ options: list(overflowOption, { min: 1, max: 5 }) }, { confirm });

const richTextInput = interactive(
  {},
  {
    ...typed,
    initial_value: object(richTextFields),
    min_lines: number({ min: 1 }),
    max_lines: number({ min: 1 }),
  },
);

const feedbackButton = object(
  { text: plainText(75), value: string({ min: 1, max: 2000 }) },
  { accessibility_label: string({ max: 75 }) },
);

/** What may stand in an `actions` block. */
export const actionsElement: Check = byType({
  ...choiceKinds,
  button,
  overflow,
  workflow_button: workflowButton,
  rich_text_input: richTextInput,
});

/** What may stand beside a section. */
export const accessory: Check = byType({
  ...choiceKinds,
  button,
  overflow,
  workflow_button: workflowButton,
  image: imageElement,
});

/** What may stand in an `input` block. */
export const inputElement: Check = byType({
  ...choiceKinds,
  rich_text_input: richTextInput,
  plain_text_input: interactive(
    {},
    {
      ...typed,
      initial_value: string({ max: 3000 }),
      multiline: boolean,
      min_length: number({ min: 0, max: 3000 }),
      max_length: number({ min: 1, max: 3000 }),
    },
    all(lengths),
  ),
  email_text_input: interactive({}, { ...typed, initial_value: string() }),
  url_text_input: interactive({}, { ...typed, initial_value: string() }),
  number_input: interactive(
    { is_decimal_allowed: boolean },
    { ...typed, initial_value: string(), min_value: string(), max_value: string() },
  ),
  file_input: interactive({}, { filetypes: list(id, { min: 1 }), max_files: number({ min: 1, max: 10 }) }),
});

/** What may stand in a `context_actions` block. */
export const contextAction: Check = byType({
  feedback_buttons: interactive({ positive_button: feedbackButton, negative_button: feedbackButton }),
  icon_button: interactive(
    { icon: id, text: plainText(75) },
    {
      value: string({ max: 2000 }),
      confirm,
      accessibility_label: string({ max: 75 }),
      visible_to_user_ids: list(id),
    },
  ),
});

export { button as buttonElement };
