import type { SandboxClock } from '../../src/sandbox/clock.ts';
import { APP } from '../../src/sandbox/slack/options.ts';
import { directMessage } from '../../src/sandbox/slack/state.ts';
import { type StartOptions, startWorkspace, type Workspace } from '../../src/sandbox/slack/workspace.ts';
import { conversationNamed, createPerson, type Person } from './person.ts';
import { plainBlocks, plainText } from './plain-text.ts';
import { createTestClock, setRealTimer } from './test-clock.ts';
import type { Message, State } from './types.ts';

/** Slack for a test: a workspace of its own, people to act in it, and readers of what is to be seen. */
export interface SlackKit {
  readonly workspace: Workspace;
  readonly clock: SandboxClock;
  /** Lea (Berlin), Kai (Los Angeles) or Mara (Kolkata). */
  person(name: string): Person;
  /** Top-level messages of a channel as a reader sees them, oldest first; system lines left out. */
  channel(name: string): readonly string[];
  /** The same as whole messages, system lines included. */
  messages(name: string): readonly Message[];
  /** The replies of a thread. */
  thread(name: string, ts: string): readonly string[];
  /** What only this person sees in a channel. */
  ephemerals(name: string, person: string): readonly string[];
  /** The direct message between a person and the app. */
  dm(person: string): readonly string[];
  /** The modal on top, as text; undefined when none is open. */
  modal(person: string): string | undefined;
  home(person: string): string | undefined;
  topic(name: string): string;
  /** `mention: text` for every notification this person got, oldest first; with Do Not Disturb `(held back)`. */
  notifications(person: string): readonly string[];
  /** How often the app posted at top level of a channel. */
  posts(name: string): number;
  /** How often a Web API method was called with success. */
  calls(method: string): number;
  /** Waits until `predicate` holds, looked at after every change; fails after `limit` real ms (5,000), naming `what`. */
  until(predicate: (state: State) => boolean, what?: string, limit?: number): Promise<void>;
  /** Moves workspace time forward; what falls due happens on the way. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a workspace whose clock stands still at 2026-03-10 14:00 UTC. */
export async function startSlackKit(options: Partial<StartOptions> = {}): Promise<SlackKit> {
  const clock = options.clock ?? createTestClock();
  const workspace = await startWorkspace({
    clock,
    setTimer: setRealTimer,
    realNow: () => Date.now(),
    ...options,
  });
  const { state } = workspace;
  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const user = [...state.users.values()].find((item) => item.id === name || item.realName === name);
    if (user === undefined) throw new Error(`Nobody is called ${name}.`);
    const known = people.get(user.id) ?? createPerson(workspace, user);
    people.set(user.id, known);
    return known;
  };
  const named = (name: string) => conversationNamed(workspace, name);
  return {
    workspace,
    clock,
    person,
    channel: (name) => named(name).messages.filter(isTopLevel).filter(isSaid).map(plainText),
    messages: (name) => named(name).messages,
    thread: (name, ts) =>
      named(name)
        .messages.filter((message) => message.threadTs === ts)
        .map(plainText),
    ephemerals: (name, who) =>
      named(name)
        .ephemerals.filter((message) => message.onlyFor === person(who).id)
        .map(plainText),
    dm: (who) => directMessage(state, person(who).id, APP.botUserId).messages.map(plainText),
    modal(who) {
      const view = state.modals.get(person(who).id)?.at(-1);
      return view === undefined ? undefined : plainBlocks(list(view.content.blocks));
    },
    home(who) {
      const view = state.homes.get(person(who).id);
      return view === undefined ? undefined : plainBlocks(list(view.content.blocks));
    },
    topic: (name) => named(name).topic,
    notifications: (who) =>
      [...state.notifications]
        .reverse()
        .filter((item) => item.to === person(who).id)
        .map((item) => `${item.why}: ${item.text}${item.heldBack ? ' (held back)' : ''}`),
    posts: (name) =>
      named(name).messages.filter(
        (message) => message.user === APP.botUserId && isTopLevel(message) && isSaid(message),
      ).length,
    calls: (method) => state.calls.filter((call) => call.method === method && call.ok).length,
    async until(predicate, what = 'the state that was waited for', limit = 5_000) {
      let cancel = (): void => {};
      const late = new Promise<never>((_, reject) => {
        cancel = setRealTimer(limit, () => reject(new Error(`Waited ${limit} ms in vain for ${what}.`)));
      });
      await Promise.race([workspace.until(predicate), late]);
      cancel();
    },
    advance: (ms) => workspace.advance(ms),
    stop: () => workspace.close(),
  };
}

function isTopLevel(message: Message): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts;
}

/** No system line and not deleted. */
function isSaid(message: Message): boolean {
  return message.tombstone !== true && (message.subtype === undefined || message.subtype === 'file_share');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
