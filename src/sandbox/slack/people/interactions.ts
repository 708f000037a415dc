import { ApiError } from '../api/api-error.ts';
import { checkView } from '../api/views.ts';
import { isRecord } from '../block-kit/check.ts';
import type { Outcome } from '../delivery/envelope.ts';
import { missingInputs } from '../modals.ts';
import type { Conversation, Json, Message, User, View, ViewState } from '../model.ts';
import { APP, TEAM } from '../options.ts';
import { presentMessage } from '../present/message.ts';
import { elementsOf, fullState, presentView, valueField } from '../present/view.ts';
import type { Slack } from '../slack.ts';
import { presentAction } from './present-action.ts';
import { Refused } from './refused.ts';

const NO_ANSWER = 'Steady did not respond in time. Try again in a moment.';

function caused(slack: Slack, user: User, type: string): Json {
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: APP.id,
    token: 'sandbox-verification-token',
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
    ...(type === 'view_closed' ? {} : { trigger_id: slack.triggers.mint(user.id) }),
  };
}

async function send(
  slack: Slack,
  payload: Json,
  acceptsResponse: boolean,
): Promise<Outcome & { acked: true }> {
  const outcome = await slack.delivery.interaction({ kind: 'interactive', payload, acceptsResponse });
  if (!outcome.acked) throw new Refused(NO_ANSWER);
  return outcome;
}

/** A click or choice on a message. */
export async function actOnMessage(
  slack: Slack,
  user: User,
  conversation: Conversation,
  message: Message,
  action: Json,
  entered: ViewState,
): Promise<void> {
  const ephemeral = message.onlyFor !== undefined;
  const place = {
    conversation: conversation.id,
    user: user.id,
    messageTs: message.ts,
    threadTs: message.threadTs,
  };
  await send(
    slack,
    {
      ...caused(slack, user, 'block_actions'),
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: conversation.id,
        is_ephemeral: ephemeral,
        ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      },
      channel: { id: conversation.id, name: channelName(conversation) },
      ...(ephemeral ? {} : { message: presentMessage(slack.state, conversation, message) }),
      state: { values: fullState(message.blocks, chosen(message.blocks, action), entered) },
      response_url: slack.responseUrls.mint(place),
      actions: [presentAction(slack, message.blocks, action)],
    },
    false,
  );
}

/** A click or choice in a modal or on the home tab. */
export async function actInView(
  slack: Slack,
  user: User,
  view: View,
  action: Json,
  entered: ViewState,
): Promise<void> {
  view.state = fullState(view.content.blocks, chosen(view.content.blocks, action), entered, view.state);
  slack.state.changed();
  await send(
    slack,
    {
      ...caused(slack, user, 'block_actions'),
      container: { type: 'view', view_id: view.id },
      view: presentView(view),
      actions: [presentAction(slack, view.content.blocks, action)],
    },
    false,
  );
}

/** Slack's own button of a modal, and what the app's answer does to the modals. */
export async function submitView(slack: Slack, user: User, view: View, entered: ViewState): Promise<void> {
  view.state = fullState(view.content.blocks, entered, view.state);
  const missing = missingInputs(view);
  if (Object.keys(missing).length > 0) {
    view.errors = missing;
    slack.state.changed();
    throw new Refused('Some fields are not complete.');
  }
  delete view.errors;
  const { answer } = await send(
    slack,
    { ...caused(slack, user, 'view_submission'), view: presentView(view), response_urls: [] },
    true,
  );
  await followAnswer(slack, user, view, isRecord(answer) ? answer : {});
}

async function followAnswer(slack: Slack, user: User, view: View, answer: Json): Promise<void> {
  switch (answer.response_action) {
    case 'errors':
      view.errors = Object.fromEntries(
        Object.entries(isRecord(answer.errors) ? answer.errors : {}).map(([id, said]) => [id, String(said)]),
      );
      return slack.state.changed();
    case 'update':
      return slack.modals.update(view, viewOf(answer));
    case 'push':
      slack.modals.push(user.id, viewOf(answer));
      return;
    case 'clear':
      return closed(
        slack,
        user,
        slack.modals.close(view, true).filter((other) => other !== view),
        true,
      );
    case undefined:
      slack.modals.close(view, false);
      return;
    default:
      throw new Refused('We had some trouble connecting. Try again?');
  }
}

function viewOf(answer: Json): Json {
  try {
    return checkView(answer.view, 'modal');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Refused(`Slack refused the app's view: ${error.code} ${JSON.stringify(error.extra)}`);
  }
}

/** The cross or *Cancel* of a modal. */
export async function closeView(slack: Slack, user: User, view: View, entered?: ViewState): Promise<void> {
  view.state = fullState(view.content.blocks, entered, view.state);
  const all = view.content.clear_on_close === true;
  await closed(slack, user, slack.modals.close(view, all), all);
}

async function closed(slack: Slack, user: User, views: readonly View[], cleared: boolean): Promise<void> {
  for (const view of views) {
    if (view.content.notify_on_close !== true) continue;
    const payload = { ...caused(slack, user, 'view_closed'), view: presentView(view), is_cleared: cleared };
    await slack.delivery.interaction({ kind: 'interactive', payload, acceptsResponse: false });
  }
}

export async function messageShortcut(
  slack: Slack,
  user: User,
  conversation: Conversation,
  message: Message,
  callbackId: string,
): Promise<void> {
  const place = {
    conversation: conversation.id,
    user: user.id,
    messageTs: message.ts,
    threadTs: message.threadTs,
  };
  await send(
    slack,
    {
      ...caused(slack, user, 'message_action'),
      action_ts: slack.state.nextTs(),
      channel: { id: conversation.id, name: channelName(conversation) },
      callback_id: callbackId,
      response_url: slack.responseUrls.mint(place),
      message_ts: message.ts,
      message: presentMessage(slack.state, conversation, message),
    },
    false,
  );
}

export async function globalShortcut(slack: Slack, user: User, callbackId: string): Promise<void> {
  await send(
    slack,
    { ...caused(slack, user, 'shortcut'), action_ts: slack.state.nextTs(), callback_id: callbackId },
    false,
  );
}

/** A slash command; what comes with the acknowledgement is said to the person. */
export async function slashCommand(
  slack: Slack,
  user: User,
  conversation: Conversation,
  command: string,
  text: string,
): Promise<void> {
  const place = { conversation: conversation.id, user: user.id };
  const outcome = await slack.delivery.interaction({
    kind: 'slash_commands',
    acceptsResponse: true,
    payload: {
      token: 'sandbox-verification-token',
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      channel_id: conversation.id,
      channel_name: channelName(conversation),
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: APP.id,
      is_enterprise_install: 'false',
      response_url: slack.responseUrls.mint(place),
      trigger_id: slack.triggers.mint(user.id),
    },
  });
  if (!outcome.acked)
    throw new Refused(
      `${command} failed with the error "${outcome.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed'}"`,
    );
  if (isRecord(outcome.answer)) slack.responseUrls.answer(place, outcome.answer);
}

/** What Slack calls a conversation in payloads. */
function channelName(conversation: Conversation): string {
  return { channel: conversation.name, private: 'privategroup', dm: 'directmessage' }[conversation.kind];
}

/** The state that a choice leaves behind in its own element. */
function chosen(blocks: unknown, action: Json): ViewState {
  const found = elementsOf(blocks).find(
    ({ block, element }) => block.block_id === action.block_id && element.action_id === action.action_id,
  );
  const field = found === undefined ? undefined : valueField(found.element);
  if (field === undefined || action[field] === undefined) return {};
  return {
    [String(action.block_id)]: {
      [String(action.action_id)]: { type: action.type, [field]: action[field] },
    },
  };
}
