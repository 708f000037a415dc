import { writeSync } from 'node:fs';
import { configOf } from '../../src/config/config-of.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Clock } from '../../src/flows/ports.ts';
import { createLog } from '../../src/log.ts';
import { runBot } from '../../src/run-bot.ts';
import { setRealTimer } from '../slack-kit/test-clock.ts';

/** What the process is started with, as JSON in its first argument. */
export interface BotProcessOptions {
  readonly toml: string;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Unique per process. */
  readonly owner: string;
  /** Without `live` the clock stands at `at` until told; with it, it is real time plus `at`, and so is the database's. */
  readonly at: number;
  readonly live: boolean;
  /** The process ends itself with SIGKILL at this crossing. */
  readonly killAt?: DeathPoint;
}

/** A crossing by its number, counted from 1, or by its identity, `commit:append:before#2`; 0 for none. */
export type DeathPoint = number | string;

/** What the parent asks for; each is answered with `{ done: id }`. */
export type Ask =
  | { readonly id: number; readonly do: 'move'; readonly at: number }
  /** Counts anew to the crossing at which the process ends itself. */
  | { readonly id: number; readonly do: 'arm'; readonly killAt: DeathPoint }
  /** Looks at what is due, what was left behind and what waits to be posted, and resolves when nothing is under way. */
  | { readonly id: number; readonly do: 'round' | 'stop' };

export type Told = { readonly ready: true } | { readonly done: number; readonly failed?: string };

/** A clock that another process moves. What fell due meanwhile runs once, late, as on a machine that slept. */
function createToldClock(start: number, live: boolean): Clock & { move(to: number): Promise<void> } {
  const entries = new Set<{ readonly due: Instant; readonly call: () => void | Promise<void> }>();
  let at = start;
  const now = () => (live ? Date.now() : 0) + at;
  return {
    now,
    after(ms, call) {
      const entry = { due: now() + Math.max(0, ms), call };
      entries.add(entry);
      const callOff = live
        ? setRealTimer(ms, () => void (entries.delete(entry) && entry.call()))
        : () => undefined;
      return () => {
        entries.delete(entry);
        callOff();
      };
    },
    async move(to) {
      at = to;
      const due = [...entries].filter((one) => one.due <= now()).sort((one, other) => one.due - other.due);
      for (const one of due) if (entries.delete(one)) await one.call();
    },
  };
}

/**
 * Numbers crossings, and gives each an identity that does not shift with what else goes on: the how many-th of its name it is. Looks
 * that find nothing are counted apart, because how many there are depends on how long something takes.
 */
function createCrossed(): (
  name: string,
  idle?: boolean,
) => { readonly number: number; readonly identity: string } {
  const counts = new Map<string, number>();
  let number = 0;
  return (name, idle = false) => {
    const full = idle ? `${name}, idle` : name;
    const nth = (counts.get(full) ?? 0) + 1;
    counts.set(full, nth);
    number += 1;
    return { number, identity: `${full}#${nth}` };
  };
}

async function main(options: BotProcessOptions): Promise<void> {
  const { live, dataDir, databaseUrl } = options;
  const clock = createToldClock(options.at, live);
  let crossed = createCrossed();
  let killAt = options.killAt ?? 0;
  const tell = (told: Told) => process.send?.(told);
  const bot = await runBot({
    config: configOf(options.toml, {
      dataDir,
      ...(databaseUrl !== undefined && { env: { DATABASE_URL: databaseUrl } }),
    }),
    clock,
    realClock: { now: () => Date.now(), after: setRealTimer },
    ...(live && { databaseAhead: () => clock.now() - Date.now() }),
    owner: options.owner,
    limits: {
      channel: { most: 1000, within: 1000 },
      workspace: { most: 1000, within: 1000 },
      otherMethod: { most: 1000, within: 1000 },
      method: {},
      editEvery: 0,
    },
    log: (redactor) => createLog('warn', redactor, (line) => void process.stderr.write(line)),
    crossing: (name, idle) => {
      const at = crossed(name, idle);
      // Straight to the descriptor: what was written is there for the parent even when the next line is the last.
      writeSync(1, `crossing ${at.identity}\n`);
      if (killAt === at.number || killAt === at.identity) process.kill(process.pid, 'SIGKILL');
    },
  });
  async function doing(ask: Ask): Promise<void> {
    switch (ask.do) {
      case 'move':
        return clock.move(ask.at);
      case 'arm':
        crossed = createCrossed();
        killAt = ask.killAt;
        writeSync(1, 'armed\n');
        return;
      case 'stop':
        return bot.stop();
      case 'round':
        await bot.round();
        return bot.quiet();
    }
  }
  process.on('message', (message) => {
    const ask = message as Ask;
    doing(ask).then(
      () => {
        tell({ done: ask.id });
        if (ask.do === 'stop') process.disconnect?.();
      },
      (error: unknown) => tell({ done: ask.id, failed: String(error) }),
    );
  });
  // A parent that is gone needs no bot.
  process.on('disconnect', () => process.exit());
  tell({ ready: true });
}

await main(JSON.parse(process.argv[2] ?? '{}') as BotProcessOptions);
