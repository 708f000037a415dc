import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createKeptAnswers } from '../../src/answers/kept-answers.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../src/backends/discovery-cache.ts';
import { createKeptReader } from '../../src/backends/kept-reader.ts';
import { createPictures } from '../../src/charts/draw.ts';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../src/domain/time.ts';
import type { World } from '../../src/flows/ports.ts';
import { openEngine, openStore, type StoreOptions } from '../../src/storage/open-store.ts';
import { type Declared, fill } from './fill.ts';

const TEAM = 'T0BENCH';
/** How many are due in every round. */
export const DUE = 100;
/** Rounds are so far apart that no round's second rung falls into another. */
const APART = 10 * SECOND;
/** The draft comes so long after declaring. */
const DRAFT = DEFAULT_CADENCE.updateEvery - 5 * MINUTE;

/** A storage full of open incidents, in which 100 more fall due with every round. */
export interface TickPlace {
  readonly open: number;
  readonly world: World;
  /** Moves its clock to the time at which the round's incidents are due. */
  turnTo(round: number): void;
  close(): Promise<void>;
}

/** Fills an empty storage: SQLite in a folder of its own, or PostgreSQL at an address with nothing in it. */
export async function openPlace(open: number, rounds: number, databaseUrl?: string): Promise<TickPlace> {
  if (rounds * DUE > open) throw new RangeError(`${open} incidents are too few for ${rounds} rounds`);
  const begin: Instant = Date.now();
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-bench-'));
  let now = begin;
  const options: StoreOptions = {
    dataDir,
    now: () => now,
    // The server's clock is this machine's: made to stand still like the other engine's.
    clockOffset: () => now - Date.now(),
    ...(databaseUrl !== undefined && { databaseUrl }),
  };
  const engine = await openEngine(options);
  try {
    await fill(engine, TEAM, DEFAULT_CADENCE, declared(open, rounds, begin));
    // What autovacuum does on a server of its own accord.
    if (engine.name === 'postgres') await sql`analyze`.execute(engine.db);
  } finally {
    await engine.close();
  }
  const store = await openStore(options);
  const world: World = {
    store,
    clock: { now: () => now, after: () => () => undefined },
    people: { reach: async () => ({ reachable: true }), members: async () => [] },
    telemetry: createDiscoveryCache({ backends: [], now: () => now }),
    answers: createKeptAnswers(createKeptReader(createDecoder({ inline: -1 }))),
    pictures: createPictures(),
    redact: (value) => value,
    cadence: DEFAULT_CADENCE,
    owner: 'bench',
    crossing: () => undefined,
    fault: (error) => {
      throw error;
    },
    postsWaiting: () => undefined,
  };
  return {
    open,
    world,
    turnTo(round) {
      now = begin + DRAFT + (round + 1) * APART;
    },
    async close() {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The due ones lie spread among the others, each with a lead of their own; the others were declared a little later than all. */
function* declared(open: number, rounds: number, begin: Instant): Iterable<Declared> {
  const stretch = Math.floor(open / DUE);
  for (let number = 1; number <= open; number++) {
    const round = (number - 1) % stretch;
    const due = round < rounds && number <= stretch * DUE;
    const at = due ? begin + (round + 0.5) * APART : begin + 24 * HOUR + number;
    yield { number, lead: due ? `U0LEAD${number}` : `U0BENCH${number % Math.ceil(open / 4)}`, at };
  }
}
