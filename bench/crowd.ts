import type { ChannelSpec, PersonSpec } from '../src/sandbox/slack/options.ts';
import type { Workspace } from '../src/sandbox/slack/workspace.ts';
import type { Said } from './processes/given.ts';

/** Longest wait for one answer, in ms. */
const PATIENCE = 20_000;

/** People at their keyboards: each sends a command, waits for its answer, and sends the next. */
export interface Crowd {
  readonly people: readonly PersonSpec[];
  readonly channels: readonly ChannelSpec[];
  readonly senders: readonly Sender[];
  /** Ask the hanging backend beside the senders; nobody waits for their answers. */
  readonly askers: readonly Sender[];
}

export interface Sender {
  readonly person: string;
  readonly channel: string;
}

/** What a stretch of sending came to. */
export interface Load {
  /** Commands that were answered, by second. */
  readonly perSecond: number;
  /** From sending to the acknowledgement, in ms, by command. */
  readonly acks: readonly number[];
}

/** So many senders and askers, spread over so many channels in which the app is. */
export function crowdOf(counts: {
  readonly senders: number;
  readonly askers: number;
  readonly channels: number;
}): Crowd {
  const channels = Array.from(
    { length: counts.channels },
    (_, at): ChannelSpec => ({ id: id('C', at), name: `bench-${at}`, appInvited: true }),
  );
  const everybody = Array.from(
    { length: counts.senders + counts.askers },
    (_, at): Sender => ({
      person: id('U', at),
      channel: id('C', at % counts.channels),
    }),
  );
  return {
    people: everybody.map(({ person }) => ({
      id: person,
      name: person.toLowerCase(),
      realName: person,
      tz: 'Etc/UTC',
    })),
    channels,
    senders: everybody.slice(0, counts.senders),
    askers: everybody.slice(counts.senders),
  };
}

/** Commands in the order in which each sender repeats them, and what an answer to each must say. */
export interface Mix {
  readonly commands: readonly string[];
  answers(command: string, text: string): boolean;
}

/**
 * Lets everybody send for `ms`, and each at least so many, then waits for the answers on their way. Rejects where an answer is
 * wrong or missing.
 */
export async function send(
  workspace: Workspace,
  senders: readonly Sender[],
  mix: Mix,
  { ms, each }: { readonly ms: number; readonly each: number },
): Promise<Load> {
  const answers = readAnswers(workspace);
  const acks: number[] = [];
  const begun = performance.now();
  const until = begun + ms;
  async function keepSending(sender: Sender, first: number): Promise<void> {
    for (let at = first; at < first + each || performance.now() < until; at++) {
      const command = mix.commands[at % mix.commands.length] ?? 'help';
      const answer = answers.next(sender.person);
      const sent = performance.now();
      await ask(workspace, [sender], command);
      acks.push(performance.now() - sent);
      const { text } = await answer;
      if (!mix.answers(command, text)) throw new Error(`“${command}” was answered: ${text}`);
    }
  }
  try {
    await Promise.all(senders.map(keepSending));
    return { perSecond: acks.length / ((performance.now() - begun) / 1_000), acks };
  } finally {
    answers.stop();
  }
}

/** Sends one command after another and waits for each answer. */
export async function converse(
  workspace: Workspace,
  said: readonly (Sender & { readonly text: string })[],
): Promise<readonly Said[]> {
  const answers = readAnswers(workspace);
  const heard: Said[] = [];
  try {
    for (const { text, ...sender } of said) {
      const answer = answers.next(sender.person);
      await ask(workspace, [sender], text);
      heard.push(await answer);
    }
    return heard;
  } finally {
    answers.stop();
  }
}

/** Sends without waiting for an answer, but for the acknowledgement. */
export async function ask(workspace: Workspace, askers: readonly Sender[], text: string): Promise<void> {
  for (const { person, channel } of askers) {
    const reply = await workspace.act({
      kind: 'post',
      as: person,
      conversation: channel,
      text: `/steady ${text}`,
    });
    if (!reply.ok) throw new Error(`“${text}” was refused: ${reply.error}`);
  }
}

/** Reads what is whispered to each person, each message once, and clears it away so that no round is longer than the last. */
function readAnswers(workspace: Workspace) {
  const { state } = workspace;
  const waiting = new Map<
    string,
    { readonly resolve: (said: Said) => void; readonly timer: NodeJS.Timeout }
  >();
  const stop = state.onChange(() => {
    for (const { ephemerals } of state.conversations.values()) {
      for (const message of ephemerals.splice(0)) {
        const waits = message.onlyFor === undefined ? undefined : waiting.get(message.onlyFor);
        if (waits === undefined || message.onlyFor === undefined) continue;
        waiting.delete(message.onlyFor);
        clearTimeout(waits.timer);
        waits.resolve({ text: message.text, ...(message.blocks && { blocks: message.blocks }) });
      }
    }
  });
  return {
    next: (person: string) =>
      new Promise<Said>((resolve, reject) => {
        const late = () => reject(new Error(`${person} waited ${PATIENCE} ms in vain for an answer.`));
        waiting.set(person, { resolve, timer: setTimeout(late, PATIENCE) });
      }),
    stop() {
      stop();
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
}

function id(kind: 'C' | 'U', at: number): string {
  return `${kind}0BENCH${String(at).padStart(3, '0')}`;
}
