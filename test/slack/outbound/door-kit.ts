import type { Message } from '../../../blocks/message.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { createRedactor } from '../../../src/safety/redactor.ts';
import type { StartOptions } from '../../../src/sandbox/slack/workspace.ts';
import { createSlackClients } from '../../../src/slack/outbound/clients.ts';
import type { Door, Looks } from '../../../src/slack/outbound/contract.ts';
import { createDoor, type DoorOptions } from '../../../src/slack/outbound/door.ts';
import { createLooks } from '../../../src/slack/outbound/looks.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

/** A secret that the door must never let out. */
export const HELD = 'correct-horse-battery-staple-77';

export interface DoorKit extends AsyncDisposable {
  readonly kit: SlackKit;
  readonly door: Door;
  readonly looks: Looks;
  readonly lost: string[];
  /** Arguments of every call of a method, in order, refused ones too. */
  calls(method: string): readonly Readonly<Record<string, unknown>>[];
}

/** A workspace and a door to it, both on the workspace's clock, which stands still. */
export async function openDoor(
  options: Partial<DoorOptions> & {
    readonly workspace?: Partial<StartOptions>;
    readonly rateClass?: 'unlisted';
    readonly timeout?: number;
  } = {},
): Promise<DoorKit> {
  const kit = await startSlackKit(options.workspace);
  const { apiUrl, tokens, state } = kit.workspace;
  const lost: string[] = [];
  const clients = createSlackClients({
    botToken: new Secret(tokens.bot, 'a test'),
    apiUrl,
    logger: SILENT,
    ...(options.timeout !== undefined && { timeout: options.timeout }),
  });
  const shared = { clock: kit.clock, onTokenLost: (reason: string) => void lost.push(reason) };
  return {
    kit,
    lost,
    door: createDoor({
      ...shared,
      client: clients.door,
      apiUrl,
      redactor: createRedactor({ secrets: [HELD] }),
      ...options,
    }),
    looks: createLooks({
      ...shared,
      client: clients.bulk,
      ...(options.limits && { limits: options.limits }),
    }),
    calls: (method) => state.calls.filter((call) => call.method === method).map((call) => call.args),
    [Symbol.asyncDispose]: () => kit.stop(),
  };
}

export const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'info' as never,
  setName: () => {},
};

export function said(text: string, more: Partial<Message> = {}): Message {
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }], ...more };
}
