import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from '../block-kit/check.ts';
import type { Faults } from '../faults.ts';
import { APP } from '../options.ts';
import type { State } from '../state.ts';
import { awaitAck } from './ack-timer.ts';
import type { Attempt, Envelope, Outcome, Transport } from './envelope.ts';

/** Slack's cap on connections of one app. https://docs.slack.dev/apis/events-api/using-socket-mode */
const MOST_CONNECTIONS = 10;
/** Real milliseconds between two pings. */
const PING_EVERY = 5_000;

export interface SocketMode extends Transport {
  /** A one-time address for `apps.connections.open`. */
  ticket(): string;
  /** Takes an HTTP upgrade on the server's socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Asks every connection to come back, as Slack does every few hours, then closes it. */
  refresh(): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

/** The server's side of Socket Mode. `port` is known once the server listens. */
export function createSocketMode(state: State, faults: Faults, port: () => number): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const ready: WebSocket[] = [];
  const waiting = new Map<string, { readonly socket: WebSocket; readonly end: (outcome: Outcome) => void }>();
  let turn = 0;

  function accept(socket: WebSocket, silent: boolean): void {
    socket.on('error', () => socket.terminate());
    if (silent) return;
    ready.push(socket);
    let stopPulse = (): void => {};
    const pulse = (): void => {
      stopPulse = state.options.setTimer(PING_EVERY, () => {
        socket.ping('Ping from sandbox');
        pulse();
      });
    };
    pulse();
    socket.on('close', () => {
      stopPulse();
      const at = ready.indexOf(socket);
      if (at >= 0) ready.splice(at, 1);
      for (const pending of [...waiting.values()])
        if (pending.socket === socket) pending.end({ acked: false, reason: 'connection_failed' });
      state.changed();
    });
    socket.on('message', (data) => acknowledged(String(data)));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: ready.length,
        debug_info: { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: APP.id },
      }),
    );
    state.changed();
  }

  function acknowledged(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (!isRecord(message) || typeof message.envelope_id !== 'string') return;
    const { payload } = message;
    const empty = !isRecord(payload) || Object.keys(payload).length === 0;
    waiting.get(message.envelope_id)?.end({ acked: true, ...(empty ? {} : { answer: payload }) });
    waiting.delete(message.envelope_id);
  }

  function next(): WebSocket | undefined {
    const open = ready.filter((socket) => socket.readyState === socket.OPEN);
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  }

  function deliver(envelope: Envelope, attempt?: Attempt): Promise<Outcome> {
    const socket = next();
    if (socket === undefined) return Promise.resolve({ acked: false, reason: 'connection_failed' });
    const envelopeId = state.nextUuid();
    const acked = new Promise<Outcome>((resolve) => {
      waiting.set(envelopeId, { socket, end: resolve });
    });
    socket.send(
      JSON.stringify({
        envelope_id: envelopeId,
        payload: envelope.payload,
        type: envelope.kind,
        accepts_response_payload: envelope.acceptsResponse,
        ...(envelope.kind === 'events_api'
          ? { retry_attempt: attempt?.number ?? 0, retry_reason: attempt?.reason ?? '' }
          : {}),
      }),
    );
    return awaitAck(
      acked,
      state.options.clock,
      state.options.ackGrace ?? 300,
      state.options.setTimer,
    ).finally(() => waiting.delete(envelopeId));
  }

  return {
    online: () => ready.length > 0,
    deliver,
    ticket() {
      const ticket = state.nextUuid();
      tickets.add(ticket);
      return `ws://127.0.0.1:${port()}/link/?ticket=${ticket}&app_id=${APP.id}`;
    },
    upgrade(request, socket, head) {
      const refuse = (status: number): void => {
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      };
      socket.on('error', () => socket.destroy());
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const fault = faults.take('upgrade');
      if (fault?.kind === 'refuse-upgrade') return refuse(fault.status);
      if (fault?.kind === 'drop-before') return void socket.destroy();
      if (request.headers.origin !== undefined || url.pathname !== '/link/') return refuse(403);
      if (!tickets.delete(url.searchParams.get('ticket') ?? '')) return refuse(403);
      if (ready.length >= MOST_CONNECTIONS) return refuse(429);
      server.handleUpgrade(request, socket, head, (ws) => accept(ws, fault?.kind === 'silent-socket'));
    },
    connections: () => ready.length,
    refresh() {
      for (const socket of [...ready]) {
        ready.splice(ready.indexOf(socket), 1);
        socket.send(
          JSON.stringify({
            type: 'disconnect',
            reason: 'refresh_requested',
            debug_info: { host: 'applink-sandbox' },
          }),
        );
        socket.close(1000);
      }
    },
    cut() {
      for (const socket of [...server.clients]) socket.terminate();
    },
    async close() {
      for (const socket of [...server.clients]) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
