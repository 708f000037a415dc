import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Ask, BotProcessOptions, DeathPoint, Told } from '../e2e/bot-process.ts';
import { endsWithUs } from '../ends-with-us.ts';

const SCRIPT = fileURLToPath(new URL('../e2e/bot-process.ts', import.meta.url));
/** Hundreds of processes start with the same code: what Node made of it is kept. https://nodejs.org/api/module.html#module-compile-cache */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/kill', import.meta.url));
/** Real milliseconds that a child may take to start or to answer. */
const PATIENCE = 30_000;

/** A whole Steady in a process of its own. What is asked of one that ends answers false. */
export interface ChildBot {
  readonly pid: number;
  alive(): boolean;
  /** Identities of the crossings since its start and since it was armed each time, in order. */
  readonly crossings: readonly (readonly string[])[];
  /** How often it was armed: the place in `crossings` of those since then, once they are read. */
  armed(): number;
  /** What it wrote to its log, at warning and above. */
  readonly log: readonly string[];
  move(at: number): Promise<boolean>;
  /** Counts crossings anew from now on, and ends itself at this one. */
  arm(killAt: DeathPoint): Promise<boolean>;
  round(): Promise<boolean>;
  /** Ends it in order. */
  stop(): Promise<boolean>;
  /** Ends it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
}

type Question = Ask extends infer One ? (One extends Ask ? Omit<One, 'id'> : never) : never;

/** Starts one. Resolves when it is connected, or when it ended before that: then it is not `alive`. */
export async function startChildBot(options: BotProcessOptions): Promise<ChildBot> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  endsWithUs(child);
  const crossings: string[][] = [[]];
  const log: string[] = [];
  let ended = false;
  const gone = new Promise<void>((resolve) =>
    child.once('close', () => {
      ended = true;
      resolve();
    }),
  );
  child.once('error', () => {});
  byLine(child.stdout, (line) => {
    if (line === 'armed') crossings.push([]);
    else crossings.at(-1)?.push(line.replace(/^crossing /, ''));
  });
  byLine(child.stderr, (line) => void log.push(line));
  const ready = Promise.withResolvers<boolean>();
  const waiting = new Map<number, (told: boolean) => void>();
  const failures: string[] = [];
  child.on('message', (message) => {
    const told = message as Told;
    if ('ready' in told) return ready.resolve(true);
    if (told.failed !== undefined) failures.push(told.failed);
    waiting.get(told.done)?.(true);
  });
  void gone.then(() => {
    ready.resolve(false);
    for (const end of waiting.values()) end(false);
  });

  let asked = 0;
  let armed = 0;
  async function ask(question: Question): Promise<boolean> {
    if (ended) return false;
    const id = ++asked;
    const answer = Promise.withResolvers<boolean>();
    waiting.set(id, answer.resolve);
    // A child that was just killed has no channel any more; that it is gone is told by `close`.
    child.send({ ...question, id }, () => {});
    const answered = await inTime(answer.promise, `${question.do} of bot ${child.pid}`, log);
    waiting.delete(id);
    if (failures.length > 0) throw new Error(`the bot failed: ${failures.join(', ')}`);
    return answered;
  }
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };

  try {
    await inTime(ready.promise, 'the start of a bot', log);
  } catch (error) {
    await kill();
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    alive: () => !ended,
    crossings,
    armed: () => armed,
    log,
    move: (at) => ask({ do: 'move', at }),
    arm(killAt) {
      armed += 1;
      return ask({ do: 'arm', killAt });
    },
    round: () => ask({ do: 'round' }),
    async stop() {
      const stopped = await ask({ do: 'stop' });
      await inTime(gone, 'the end of a bot', log);
      return stopped;
    },
    kill,
  };
}

function byLine(stream: Readable | null, heard: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) heard(line);
  });
}

async function inTime<T>(wanted: Promise<T>, what: string, log: readonly string[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Waited ${PATIENCE} ms in vain for ${what}.\n${log.slice(-5).join('\n')}`)),
      PATIENCE,
    );
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    clearTimeout(timer);
  }
}
