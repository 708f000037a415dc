import type { ElementValue, PageAction } from '../../src/sandbox/page-contract.ts';
import { APP } from '../../src/sandbox/slack/options.ts';
import { directMessage } from '../../src/sandbox/slack/state.ts';
import type { Workspace } from '../../src/sandbox/slack/workspace.ts';
import { elementNamed, enteredValue, type Found } from './elements.ts';
import type { Conversation, Message, User, View } from './types.ts';

/** Where a click goes, when the newest place that has the button is not meant. */
export interface Where {
  readonly channel?: string;
  readonly ts?: string;
  readonly home?: boolean;
}

type Unsent<A> = A extends unknown ? Omit<A, 'as'> : never;

/** What one person does in Slack. Everything throws an Error with Slack's words when Slack refuses it. */
export interface Person {
  readonly id: string;
  readonly user: User;
  /** Answers the message's `ts`. `channel` is a name, with or without #, or an id. */
  say(channel: string, text: string): Promise<string>;
  reply(channel: string, threadTs: string, text: string): Promise<string>;
  /** Says something to the app in the direct message with it. */
  dm(text: string): Promise<string>;
  edit(channel: string, ts: string, text: string): Promise<void>;
  delete(channel: string, ts: string): Promise<void>;
  react(channel: string, ts: string, name: string): Promise<void>;
  unreact(channel: string, ts: string, name: string): Promise<void>;
  pin(channel: string, ts: string): Promise<void>;
  unpin(channel: string, ts: string): Promise<void>;
  /** `slash('checkout', '/steady declare')`. */
  slash(channel: string, text: string): Promise<void>;
  /** A global shortcut by its name or callback id; with a message, a message shortcut. */
  shortcut(name: string, message?: { readonly channel: string; readonly ts: string }): Promise<void>;
  /** Clicks a button by its text or action_id: in the modal on top, else on the newest message that has it. */
  click(button: string, where?: Where): Promise<void>;
  /** Chooses in a select, radio group, check boxes or overflow menu, by the option's text or value. */
  choose(element: string, option: string | readonly string[], where?: Where): Promise<void>;
  /** Fills the modal on top, by label, block_id or action_id, and sends it. */
  submit(values?: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  close(values?: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  openHome(): Promise<void>;
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
  inviteApp(channel: string): Promise<void>;
  doNotDisturb(on: boolean): Promise<void>;
  upload(channel: string, name: string, bytes: Uint8Array, text?: string): Promise<string>;
}

export function createPerson(workspace: Workspace, user: User): Person {
  const { state } = workspace;

  async function act(action: Unsent<PageAction>): Promise<{ ts: string }> {
    const reply = await workspace.act({ ...action, as: user.id } as PageAction);
    if (!reply.ok) throw new Error(reply.error);
    return { ts: reply.ts ?? '' };
  }

  const at = (channel: string): string => conversationNamed(workspace, channel).id;

  function modal(): View {
    const view = state.modals.get(user.id)?.at(-1);
    if (view === undefined) throw new Error(`${user.realName} has no modal open.`);
    return view;
  }

  function fill(view: View, values: Readonly<Record<string, string | readonly string[]>>) {
    const filled: Record<string, Record<string, ElementValue>> = {};
    for (const [name, value] of Object.entries(values)) {
      const found = elementNamed(view.content.blocks, name);
      if (found === undefined) throw new Error(`The modal has no field “${name}”.`);
      const blockId = String(found.block.block_id);
      filled[blockId] = {
        ...filled[blockId],
        [String(found.element.action_id)]: enteredValue(state, found.element, value),
      };
    }
    return filled;
  }

  async function press(found: Found, place: Place, value: ElementValue): Promise<void> {
    const action = { ...value, action_id: found.element.action_id, block_id: found.block.block_id };
    if (place.message !== undefined && place.conversation !== undefined)
      await act({
        kind: 'messageAction',
        conversation: place.conversation.id,
        ts: place.message.ts,
        action,
        state: {},
      });
    else
      await act({
        kind: 'viewAction',
        ...(place.view === undefined ? {} : { view: place.view.id }),
        action,
        state: {},
      });
  }

  function find(name: string, where: Where): { found: Found; place: Place } {
    for (const place of places(workspace, user, where)) {
      const found = elementNamed(place.blocks, name);
      if (found !== undefined) return { found, place };
    }
    throw new Error(`${user.realName} sees no “${name}” to click.`);
  }

  return {
    id: user.id,
    user,
    say: async (channel, text) => (await act({ kind: 'post', conversation: at(channel), text })).ts,
    reply: async (channel, threadTs, text) =>
      (await act({ kind: 'post', conversation: at(channel), text, threadTs })).ts,
    dm: async (text) =>
      (await act({ kind: 'post', conversation: directMessage(state, user.id, APP.botUserId).id, text })).ts,
    edit: async (channel, ts, text) =>
      void (await act({ kind: 'edit', conversation: at(channel), ts, text })),
    delete: async (channel, ts) => void (await act({ kind: 'delete', conversation: at(channel), ts })),
    react: async (channel, ts, name) =>
      void (await act({ kind: 'react', conversation: at(channel), ts, name })),
    unreact: async (channel, ts, name) =>
      void (await act({ kind: 'unreact', conversation: at(channel), ts, name })),
    pin: async (channel, ts) => void (await act({ kind: 'pin', conversation: at(channel), ts })),
    unpin: async (channel, ts) => void (await act({ kind: 'unpin', conversation: at(channel), ts })),
    slash: async (channel, text) => void (await act({ kind: 'post', conversation: at(channel), text })),
    async shortcut(name, message) {
      const type = message === undefined ? 'global' : 'message';
      const known = state.app.shortcuts.find(
        (item) => item.type === type && (item.name === name || item.callbackId === name),
      );
      if (known === undefined) throw new Error(`There is no ${type} shortcut “${name}”.`);
      const { callbackId } = known;
      if (message === undefined) await act({ kind: 'globalShortcut', callbackId });
      else
        await act({ kind: 'messageShortcut', conversation: at(message.channel), ts: message.ts, callbackId });
    },
    async click(button, where = {}) {
      const { found, place } = find(button, where);
      await press(found, place, { type: found.element.type });
    },
    async choose(element, option, where = {}) {
      const { found, place } = find(element, where);
      await press(found, place, enteredValue(state, found.element, option));
    },
    async submit(values = {}) {
      const view = modal();
      await act({ kind: 'submit', view: view.id, state: fill(view, values) });
    },
    async close(values = {}) {
      const view = modal();
      await act({ kind: 'close', view: view.id, state: fill(view, values) });
    },
    openHome: async () => void (await act({ kind: 'openHome' })),
    join: async (channel) => void (await act({ kind: 'join', conversation: at(channel) })),
    leave: async (channel) => void (await act({ kind: 'leave', conversation: at(channel) })),
    inviteApp: async (channel) => void (await act({ kind: 'inviteApp', conversation: at(channel) })),
    doNotDisturb: async (on) => void (await act({ kind: 'dnd', on })),
    upload: async (channel, name, bytes, text) =>
      (
        await act({
          kind: 'upload',
          conversation: at(channel),
          name,
          base64: Buffer.from(bytes).toString('base64'),
          ...(text !== undefined && { text }),
        })
      ).ts,
  };
}

interface Place {
  readonly blocks: unknown;
  readonly conversation?: Conversation;
  readonly message?: Message;
  readonly view?: View;
}

/** Where a person may find something to click, the likeliest first. */
function* places(workspace: Workspace, user: User, where: Where): Generator<Place> {
  const { state } = workspace;
  const open = state.modals.get(user.id)?.at(-1);
  if (where.channel === undefined && where.home !== true && open !== undefined)
    yield { blocks: open.content.blocks, view: open };
  const home = state.homes.get(user.id);
  if (where.home === true) {
    if (home !== undefined) yield { blocks: home.content.blocks };
    return;
  }
  const seen = [...state.conversations.values()]
    .filter((item) => item.kind === 'channel' || item.members.has(user.id))
    .filter((item) => where.channel === undefined || item === conversationNamed(workspace, where.channel))
    .flatMap((conversation) =>
      [...conversation.messages, ...conversation.ephemerals.filter((item) => item.onlyFor === user.id)].map(
        (message) => ({ conversation, message, blocks: message.blocks }),
      ),
    )
    .filter(({ message }) => where.ts === undefined || message.ts === where.ts);
  yield* seen.sort((one, other) => (one.message.ts < other.message.ts ? 1 : -1));
}

/** A conversation by name, with or without #, or by id. Throws when there is none. */
export function conversationNamed(workspace: Workspace, name: string): Conversation {
  const bare = name.replace(/^#/, '');
  const found = [...workspace.state.conversations.values()].find(
    (item) => item.id === bare || item.name === bare,
  );
  if (found === undefined) throw new Error(`There is no conversation ${name}.`);
  return found;
}
