import type { Json } from '../model.ts';
import { elementsOf } from '../present/view.ts';
import type { Slack } from '../slack.ts';
import { Refused } from './refused.ts';

/** What Slack copies from the element into the action. */
const COPIED: Readonly<Record<string, readonly string[]>> = {
  button: ['text', 'value', 'url', 'style'],
  workflow_button: ['text'],
  static_select: ['placeholder', 'initial_option'],
  users_select: ['initial_user'],
  channels_select: ['initial_channel'],
  conversations_select: ['initial_conversation'],
  datepicker: ['initial_date'],
  timepicker: ['initial_time'],
  icon_button: ['value', 'icon'],
};

/** The entry of `actions` for a click on one of these blocks. Refuses what is not there to be clicked. */
export function presentAction(slack: Slack, blocks: unknown, action: Json): Json {
  const found = elementsOf(blocks).find(
    ({ block, element }) =>
      element.action_id === action.action_id &&
      (action.block_id === undefined || block.block_id === action.block_id),
  );
  if (found === undefined) throw new Refused('That button is no longer there.');
  const { block, element } = found;
  const copied: Record<string, unknown> = {};
  for (const name of COPIED[String(element.type)] ?? [])
    if (element[name] !== undefined) copied[name] = element[name];
  return {
    ...copied,
    ...action,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: slack.state.nextTs(),
  };
}
