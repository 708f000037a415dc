import type { ReceiverEvent } from '@slack/bolt';
import type { SlackConnection as Reach, SlackSettings } from '../../../src/config/slack-settings.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Clock } from '../../../src/flows/ports.ts';
import { createRedactor } from '../../../src/safety/redactor.ts';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { type ConnectOptions, connectSlack } from '../../../src/slack/connection/connect.ts';

/** Real time: these tests are about sockets. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly about: object;
  readonly what: string;
}

export function settingsFor(
  { apiUrl, tokens }: Pick<Workspace, 'apiUrl' | 'tokens'>,
  connection: Reach = { kind: 'socket', appToken: new Secret(tokens.app, 'env SLACK_APP_TOKEN') },
): SlackSettings {
  return {
    botToken: new Secret(tokens.bot, 'env SLACK_BOT_TOKEN'),
    connection,
    apiUrl,
    announceChannel: undefined,
    newChannels: false,
    readMessages: true,
    emoji: 'pushpin',
    recordedEmoji: 'white_check_mark',
    environments: {},
    sharedChannels: [],
    openings: { guests: false, teams: [], bots: [] },
    allowGroups: [],
    teams: [],
    rateClass: 'internal',
    expectedConnections: 1,
  };
}

/** Connects with short waits, and keeps what is logged, taken and lost. */
export async function connect(
  workspace: Pick<Workspace, 'apiUrl' | 'tokens'>,
  options: Partial<ConnectOptions> = {},
) {
  const lines: Line[] = [];
  const faults: unknown[] = [];
  const write = (level: Line['level']) => (about: object, what: string) =>
    void lines.push({ level, about, what });
  const connection = await connectSlack({
    slack: settingsFor(workspace),
    redactor: createRedactor({ secrets: [workspace.tokens.bot, workspace.tokens.app] }),
    clock: realClock,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    fault: (error) => void faults.push(error),
    socket: { backoff: [10], hello: 2_000 },
    ...options,
  });
  return { connection, lines, faults };
}

/** An intake that acknowledges and remembers. */
export function keeping() {
  const taken: ReceiverEvent[] = [];
  return {
    taken,
    take: async (event: ReceiverEvent) => {
      taken.push(event);
      await event.ack();
    },
  };
}
