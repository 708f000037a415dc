import { once } from 'node:events';
import WebSocket from 'ws';
import type { Workspace } from '../../src/sandbox/slack/workspace.ts';
import type { Json } from './types.ts';

/** What came over the socket: `hello`, `disconnect`, or an envelope. */
export interface Received {
  readonly type: string;
  readonly envelope_id?: string;
  readonly payload?: Json;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
  readonly num_connections?: number;
  readonly reason?: string;
  readonly accepts_response_payload?: boolean;
}

/** The app's end of Socket Mode without an SDK, for tests of the workspace itself. */
export interface RawSocket {
  readonly received: Received[];
  /** Inner events received, by type and subtype: `message`, `message:message_changed`, `app_mention`. */
  events(): readonly string[];
  /** Resolves when `count` messages of this type have come. */
  got(type: string, count?: number): Promise<Received>;
  readonly closed: Promise<void>;
  /** Resolves with the first ping of the server. */
  readonly pinged: Promise<void>;
  close(): Promise<void>;
}

/** `ack` answers every envelope; a function may say with what. */
export async function openRawSocket(
  workspace: Workspace,
  ack: boolean | ((received: Received) => Json | undefined) = true,
): Promise<RawSocket> {
  const answer = await fetch(`${workspace.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.tokens.app}` },
  });
  const { url } = (await answer.json()) as { url: string };
  const socket = new WebSocket(url);
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Received;
    received.push(message);
    if (ack !== false && message.envelope_id !== undefined) {
      const payload = ack === true ? undefined : ack(message);
      socket.send(JSON.stringify({ envelope_id: message.envelope_id, payload: payload ?? {} }));
    }
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  const pinged = new Promise<void>((resolve) => socket.once('ping', () => resolve()));
  await once(socket, 'open');
  return {
    received,
    closed,
    pinged,
    events: () =>
      received.flatMap((item) => {
        const event = item.payload?.event as Json | undefined;
        if (event === undefined) return [];
        return [
          event.subtype === undefined ? String(event.type) : `${String(event.type)}:${String(event.subtype)}`,
        ];
      }),
    got: (type, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = received.filter((item) => item.type === type)[count - 1];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      socket.terminate();
      await closed;
    },
  };
}
