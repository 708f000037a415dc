import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxClock } from '../src/sandbox/clock.ts';
import type { ChannelSpec, PersonSpec } from '../src/sandbox/slack/options.ts';
import { startWorkspace, type Workspace } from '../src/sandbox/slack/workspace.ts';
import type { Given, Said } from './processes/given.ts';
import { type Started, startProcess } from './processes/start-process.ts';

export type Kind = 'steady' | 'baseline';
export type Transport = 'http' | 'socket';

const MODULES: Readonly<Record<Kind, URL>> = {
  steady: new URL('./processes/steady.ts', import.meta.url),
  baseline: new URL('./baselines/bolt-app.ts', import.meta.url),
};

/** A bot in a process of its own, and the fake workspace that it serves, in this one. */
export interface BotAtWork {
  readonly workspace: Workspace;
  readonly process: Started;
  stop(): Promise<void>;
}

/** Starts one of the two against a workspace of its own with these people and channels. */
export async function startBot(
  kind: Kind,
  transport: Transport,
  backendUrl: string,
  crowd: { readonly people?: readonly PersonSpec[]; readonly channels?: readonly ChannelSpec[] } = {},
  says?: Readonly<Record<string, Said>>,
): Promise<BotAtWork> {
  const port = transport === 'http' ? await freePort() : undefined;
  const workspace = await startWorkspace({
    clock: createSandboxClock(() => Date.now(), startTimer),
    setTimer: startTimer,
    realNow: () => Date.now(),
    ...(port !== undefined && { requestUrl: `http://127.0.0.1:${port}/slack/events` }),
    ...crowd,
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-bench-'));
  const clear = async () => {
    await workspace.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const given: Given = {
    apiUrl: workspace.apiUrl,
    backendUrl,
    tokens: workspace.tokens,
    dataDir,
    ...(port !== undefined && { port }),
    ...(says !== undefined && { says }),
  };
  try {
    const process = await startProcess(MODULES[kind], given);
    return {
      workspace,
      process,
      stop: async () => {
        await process.stop();
        await clear();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** A backend that accepts connections, reads, and never answers. */
export async function startHangingBackend(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => sockets.delete(socket))
      .resume();
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function startTimer(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
