// @ts-check
/**
 * What Slack puts under `state.values` and into an action, for each element type.
 * https://docs.slack.dev/reference/block-kit/block-elements
 *
 * @typedef {Record<string, any>} Value
 * @typedef {Record<string, Record<string, Value>>} Values
 */

const DEFAULT_CONVERSATION = 'default_to_current_conversation';

/** The untouched value of each element that has one. @type {Record<string, (element: any, conversation?: string) => Value>} */
const INITIAL = {
  plain_text_input: (element) => ({ value: element.initial_value ?? null }),
  email_text_input: (element) => ({ value: element.initial_value ?? null }),
  url_text_input: (element) => ({ value: element.initial_value ?? null }),
  number_input: (element) => ({ value: element.initial_value ?? null }),
  rich_text_input: (element) => ({ rich_text_value: element.initial_value ?? null }),
  static_select: (element) => ({ selected_option: element.initial_option ?? null }),
  external_select: (element) => ({ selected_option: element.initial_option ?? null }),
  radio_buttons: (element) => ({ selected_option: element.initial_option ?? null }),
  checkboxes: (element) => ({ selected_options: element.initial_options ?? [] }),
  multi_static_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  users_select: (element) => ({ selected_user: element.initial_user ?? null }),
  multi_users_select: (element) => ({ selected_users: element.initial_users ?? [] }),
  conversations_select: (element, conversation) => ({
    selected_conversation: element.initial_conversation ?? currentConversation(element, conversation) ?? null,
  }),
  multi_conversations_select: (element) => ({ selected_conversations: element.initial_conversations ?? [] }),
  channels_select: (element) => ({ selected_channel: element.initial_channel ?? null }),
  multi_channels_select: (element) => ({ selected_channels: element.initial_channels ?? [] }),
  datepicker: (element) => ({ selected_date: element.initial_date ?? null }),
  timepicker: (element) => ({ selected_time: element.initial_time ?? null }),
  datetimepicker: (element) => ({ selected_date_time: element.initial_date_time ?? null }),
};

/** The one in front, where the element asks for it and its filter lets it through. @param {any} element @param {string} [conversation] */
function currentConversation(element, conversation) {
  if (element[DEFAULT_CONVERSATION] !== true) return undefined;
  const include = element.filter?.include;
  const direct = conversation?.startsWith('D') === true;
  return direct && Array.isArray(include) && !include.includes('im') ? undefined : conversation;
}

/** @param {any} element @param {string} [conversation] the one in front, for defaults @returns {Value|undefined} */
export function initialValue(element, conversation) {
  const initial = INITIAL[element?.type];
  return initial === undefined ? undefined : { type: element.type, ...initial(element, conversation) };
}

/** Every element of a block that can hold a value. @param {any} block @returns {any[]} */
function elementsOf(block) {
  if (block?.type === 'input') return [block.element];
  if (block?.type === 'section') return block.accessory === undefined ? [] : [block.accessory];
  return block?.type === 'actions' ? (block.elements ?? []) : [];
}

/** The id Slack would have made up. @param {any} block @param {number} index */
export function blockIdOf(block, index) {
  return typeof block?.block_id === 'string' && block.block_id !== '' ? block.block_id : `block-${index}`;
}

/**
 * `state.values` of a whole surface: what was given, else what the element began with.
 * @param {readonly any[]} blocks @param {Values} [given] @param {string} [conversation] @returns {Values}
 */
export function stateValues(blocks, given = {}, conversation = undefined) {
  /** @type {Values} */
  const values = {};
  blocks.forEach((block, index) => {
    const blockId = blockIdOf(block, index);
    for (const element of elementsOf(block)) {
      const initial = initialValue(element, conversation);
      if (initial === undefined) continue;
      const actionId = String(element.action_id ?? '');
      values[blockId] = { ...values[blockId], [actionId]: given[blockId]?.[actionId] ?? initial };
    }
  });
  return values;
}

/**
 * The action of one element, as `block_actions` carries it.
 * @param {any} element @param {string} blockId @param {Value} [value] what the element holds now
 */
export function actionOf(element, blockId, value = {}) {
  const text = element.type === 'button' ? { text: element.text } : {};
  const fixed = ['value', 'style', 'url'].filter(
    (key) => element.type === 'button' && element[key] !== undefined,
  );
  const placeholder = element.placeholder === undefined ? {} : { placeholder: element.placeholder };
  return {
    type: element.type,
    action_id: String(element.action_id ?? ''),
    block_id: blockId,
    ...text,
    ...Object.fromEntries(fixed.map((key) => [key, element[key]])),
    ...placeholder,
    ...value,
  };
}

/** The empty or too long fields a browser can already see, by block id. @param {readonly any[]} blocks @param {Values} values */
export function missingFields(blocks, values) {
  /** @type {Record<string, string>} */
  const errors = {};
  blocks.forEach((block, index) => {
    if (block?.type !== 'input') return;
    const blockId = blockIdOf(block, index);
    const { type: _type, ...held } = values[blockId]?.[String(block.element?.action_id ?? '')] ?? {};
    const [content] = Object.values(held);
    const empty = content === null || content === undefined || content === '' || content?.length === 0;
    if (empty && block.optional !== true) errors[blockId] = 'Please complete this required field.';
    const least = block.element?.min_length;
    if (typeof content === 'string' && content.length < least)
      errors[blockId] = `Please use at least ${least} characters.`;
    if (!empty && block.element?.type === 'url_text_input' && !/^[a-z]+:\/\/\S+$/i.test(content)) {
      errors[blockId] = 'Please enter a full address, such as https://example.com/page.';
    }
  });
  return errors;
}
