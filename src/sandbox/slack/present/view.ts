import { isRecord } from '../block-kit/check.ts';
import type { Json, View, ViewState } from '../model.ts';
import { APP, TEAM } from '../options.ts';

/** A view as Slack answers and sends it. */
export function presentView(view: View): Json {
  const content = view.content;
  const isHome = content.type === 'home';
  return {
    id: view.id,
    team_id: TEAM.id,
    type: content.type,
    blocks: content.blocks ?? [],
    private_metadata: content.private_metadata ?? '',
    callback_id: content.callback_id ?? '',
    state: { values: view.state },
    hash: view.hash,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: APP.id,
    external_id: view.externalId,
    app_installed_team_id: TEAM.id,
    bot_id: APP.botId,
    ...(isHome ? {} : { submit_disabled: content.submit_disabled ?? false }),
  };
}

const EMPTY: Readonly<Record<string, readonly [field: string, initial: string | undefined]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  users_select: ['selected_user', 'initial_user'],
  channels_select: ['selected_channel', 'initial_channel'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  file_input: ['files', undefined],
};

/** Which field of its state an element's value is in: `value`, `selected_option` …; undefined for buttons. */
export function valueField(element: Json): string | undefined {
  return EMPTY[String(element.type)]?.[0];
}

/** Every interactive element with the block it is in. */
export function elementsOf(blocks: unknown): readonly { readonly block: Json; readonly element: Json }[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isRecord).flatMap((block) => {
    const inside = [
      ...(block.type === 'actions' || block.type === 'context_actions' ? asList(block.elements) : []),
      ...asList(block.accessory === undefined ? [] : [block.accessory]),
      ...asList(block.element === undefined ? [] : [block.element]),
    ];
    return [...inside.map((element) => ({ block, element })), ...elementsOf(block.child_blocks)];
  });
}

/** The state of all elements that have one: what was entered, else what was there before, else the initial value. */
export function fullState(blocks: unknown, ...entered: readonly (ViewState | undefined)[]): ViewState {
  const values: Record<string, Record<string, Json>> = {};
  for (const { block, element } of elementsOf(blocks)) {
    const kind = EMPTY[String(element.type)];
    if (kind === undefined) continue;
    const [field, initial] = kind;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const given = entered.map((state) => state?.[blockId]?.[actionId]).find((value) => value !== undefined);
    const several = field.endsWith('s');
    const start = initial === undefined ? undefined : element[initial];
    values[blockId] ??= {};
    values[blockId][actionId] = given ?? { type: element.type, [field]: start ?? (several ? [] : null) };
  }
  return values;
}

function asList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
