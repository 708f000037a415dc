import type { PageAction, PageReply } from '../../page-contract.ts';
import { ApiError } from '../api/api-error.ts';
import type { Conversation, Json, Message, User, View, ViewState } from '../model.ts';
import { APP } from '../options.ts';
import { mayOpen } from '../page-state.ts';
import { mimetypeOf } from '../present/file.ts';
import { presentView } from '../present/view.ts';
import type { Slack } from '../slack.ts';
import { directMessage, findMessage } from '../state.ts';
import { compose } from './compose.ts';
import {
  actInView,
  actOnMessage,
  closeView,
  globalShortcut,
  messageShortcut,
  submitView,
} from './interactions.ts';
import { Refused } from './refused.ts';
import { typedCommand } from './typed-command.ts';

/** Does what a person does in Slack's client. Never throws: what Slack refuses is said in the reply. */
export async function act(slack: Slack, action: PageAction): Promise<PageReply> {
  try {
    const user = slack.state.users.get(action.as);
    if (user === undefined || user.isBot || user.deactivated) throw new Refused('Nobody is signed in.');
    return { ok: true, ...(await perform(slack, user, action)) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    if (error instanceof ApiError) return { ok: false, error: `Slack refused: ${error.code}` };
    throw error;
  }
}

type Done = { readonly ts?: string; readonly conversation?: string };

async function perform(slack: Slack, user: User, action: PageAction): Promise<Done> {
  const { state, messages, marks, membership } = slack;
  switch (action.kind) {
    case 'post':
      return post(slack, user, action);
    case 'edit': {
      const { conversation, message } = own(slack, user, action);
      const composed = compose(slack, user, action.text);
      messages.edit(conversation, message, composed, user.id);
      return { ts: message.ts };
    }
    case 'delete': {
      const { conversation, message } = own(slack, user, action);
      messages.remove(conversation, message);
      return {};
    }
    case 'react':
    case 'unreact': {
      const { conversation, message } = shown(slack, user, action);
      marks[action.kind](conversation, message, action.name.replaceAll(':', ''), user.id);
      return {};
    }
    case 'pin':
    case 'unpin': {
      const { conversation, message } = shown(slack, user, action);
      marks[action.kind](conversation, message, user.id);
      return {};
    }
    case 'messageAction': {
      const conversation = seen(slack, user, action.conversation);
      const message =
        findMessage(conversation, action.ts) ??
        conversation.ephemerals.find((item) => item.ts === action.ts && item.onlyFor === user.id);
      if (message === undefined) throw new Refused('That message is gone.');
      await actOnMessage(slack, user, conversation, message, action.action, entered(action.state));
      return {};
    }
    case 'viewAction': {
      const view = action.view === undefined ? state.homes.get(user.id) : modal(slack, user, action.view);
      if (view === undefined) throw new Refused('There is no home tab yet.');
      await actInView(slack, user, view, action.action, entered(action.state));
      return {};
    }
    case 'submit':
      await submitView(slack, user, modal(slack, user, action.view), entered(action.state));
      return {};
    case 'close': {
      const typed = action.state === undefined ? undefined : entered(action.state);
      await closeView(slack, user, modal(slack, user, action.view), typed);
      return {};
    }
    case 'messageShortcut': {
      const { conversation, message } = shown(slack, user, action);
      await messageShortcut(slack, user, conversation, message, action.callbackId);
      return {};
    }
    case 'globalShortcut':
      await globalShortcut(slack, user, action.callbackId);
      return {};
    case 'openHome':
      openHome(slack, user);
      return {};
    case 'openDm':
      return { conversation: directMessage(state, user.id, action.user).id };
    case 'join': {
      const conversation = known(slack, action.conversation);
      if (conversation.kind !== 'channel') throw new Refused('Somebody inside must invite you.');
      membership.join(conversation, user.id);
      return {};
    }
    case 'leave':
      membership.leave(seen(slack, user, action.conversation), user.id);
      return {};
    case 'inviteApp':
      membership.join(seen(slack, user, action.conversation), APP.botUserId, user.id);
      return {};
    case 'read': {
      const conversation = seen(slack, user, action.conversation);
      const last = conversation.messages.at(-1)?.ts;
      if (last !== undefined && conversation.read.get(user.id) !== last) {
        conversation.read.set(user.id, last);
        state.changed();
      }
      return {};
    }
    case 'upload':
      return upload(slack, user, action);
    case 'editCanvas':
      return editCanvas(slack, user, action);
    case 'dnd':
      user.doNotDisturb = action.on;
      state.changed();
      return {};
    case 'advance':
      await slack.delivery.settled();
      await state.options.clock.advance(action.ms);
      state.changed();
      return {};
  }
}

async function post(
  slack: Slack,
  user: User,
  action: { readonly conversation: string; readonly text: string; readonly threadTs?: string },
): Promise<Done> {
  const conversation = seen(slack, user, action.conversation);
  const text = action.text.trim();
  if (text === '') throw new Refused('There is nothing to send.');
  if (/^\/[a-z]/.test(text)) {
    if (action.threadTs !== undefined)
      throw new Refused(`${text.split(/\s/, 1)[0]} is not supported in threads. Sorry!`);
    await typedCommand(slack, user, conversation, text);
    return {};
  }
  if (conversation.archived) throw new Refused('This channel is archived.');
  if (!conversation.members.has(user.id)) throw new Refused('Join the channel to write here.');
  if (conversation.restricted && !user.isAdmin) throw new Refused('Only some people may post here.');
  const message = slack.messages.post(conversation, {
    user: user.id,
    bot: false,
    clientMsgId: slack.state.nextUuid(),
    threadTs: action.threadTs,
    ...compose(slack, user, text),
  });
  return { ts: message.ts };
}

function upload(
  slack: Slack,
  user: User,
  action: {
    readonly conversation: string;
    readonly name: string;
    readonly base64: string;
    readonly text?: string;
  },
): Done {
  const conversation = seen(slack, user, action.conversation);
  const bytes = Buffer.from(action.base64, 'base64');
  const id = slack.state.nextId('F');
  const shares: { conversation: string; ts: string }[] = [];
  slack.state.files.set(id, {
    id,
    name: action.name,
    title: action.name,
    user: user.id,
    created: slack.state.now(),
    announced: bytes.length,
    bytes,
    mimetype: mimetypeOf(action.name),
    processed: true,
    pendingLooks: 0,
    completed: true,
    shares,
  });
  const message = slack.messages.post(conversation, {
    user: user.id,
    bot: false,
    ...(action.text?.trim() ? compose(slack, user, action.text.trim()) : { text: '' }),
    files: [id],
    subtype: 'file_share',
  });
  shares.push({ conversation: conversation.id, ts: message.ts });
  return { ts: message.ts };
}

function editCanvas(
  { state }: Slack,
  user: User,
  { canvas: id, block, text }: { readonly canvas: string; readonly block: string; readonly text: string },
): Done {
  const canvas = state.canvases.get(id);
  if (canvas === undefined || !mayOpen(state, canvas, user.id)) throw new Refused('There is no such canvas.');
  const at = canvas.blocks.findIndex((one) => one.id === block);
  const before = canvas.blocks[at];
  if (before === undefined) throw new Refused('Somebody changed that piece meanwhile.');
  if (text.trim() === '') canvas.blocks.splice(at, 1);
  else canvas.blocks[at] = { ...before, markdown: text.trim() };
  canvas.updated = state.now();
  state.changed();
  return {};
}

function openHome(slack: Slack, user: User): void {
  const home = slack.state.homes.get(user.id);
  slack.raise({
    type: 'app_home_opened',
    user: user.id,
    channel: directMessage(slack.state, user.id, APP.botUserId).id,
    tab: 'home',
    ...(home === undefined ? {} : { view: presentView(home) }),
  });
}

function known(slack: Slack, id: string): Conversation {
  const conversation = slack.state.conversations.get(id);
  if (conversation === undefined) throw new Refused('There is no such conversation.');
  return conversation;
}

/** A conversation the person may look into. */
function seen(slack: Slack, user: User, id: string): Conversation {
  const conversation = known(slack, id);
  if (conversation.kind !== 'channel' && !conversation.members.has(user.id))
    throw new Refused('There is no such conversation.');
  return conversation;
}

type Place = { readonly conversation: string; readonly ts: string };

function shown(slack: Slack, user: User, place: Place): { conversation: Conversation; message: Message } {
  const conversation = seen(slack, user, place.conversation);
  const message = findMessage(conversation, place.ts);
  if (message === undefined) throw new Refused('That message is gone.');
  return { conversation, message };
}

function own(slack: Slack, user: User, place: Place): { conversation: Conversation; message: Message } {
  const found = shown(slack, user, place);
  if (found.message.user !== user.id) throw new Refused('That is somebody else’s message.');
  return found;
}

function modal(slack: Slack, user: User, id: string): View {
  const view = slack.state.modals.get(user.id)?.find((candidate) => candidate.id === id);
  if (view === undefined) throw new Refused('That window is already closed.');
  return view;
}

function entered(state: Readonly<Record<string, Readonly<Record<string, Json>>>>): ViewState {
  return state;
}
