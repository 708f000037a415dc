import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { sql } from 'kysely';
import { readFile } from '../../src/domain/knowledge/read-file.ts';
import { readLargeFile } from '../../src/domain/knowledge/read-large-file.ts';
import { recall } from '../../src/flows/knowledge/recall.ts';
import { fillShelves } from '../../src/flows/knowledge/shelve.ts';
import type { World } from '../../src/flows/ports.ts';
import { createRedactor } from '../../src/safety/redactor.ts';
import { encodeKey } from '../../src/storage/codec.ts';
import { openEngine, openStore } from '../../src/storage/open-store.ts';
import { redactStore } from '../../src/storage/redact-store.ts';
import { type Bound, type Line, lineOf, median, percentile, type Round } from '../line.ts';
import { fileOf, QUESTIONS } from '../recall/entries.ts';
import { watched } from '../watched.ts';

export interface RecallOptions {
  /** How many entries are known. */
  readonly many: number;
  readonly rounds: number;
  /** Makes an empty place on a PostgreSQL server; without it SQLite. */
  readonly postgres?: () => Promise<string>;
}

const TEAM = 'T0BENCH';
const SHELF = 'org/bench';
/** Questions of a round; the slowest of a hundred counts. */
const ASKED = 100;
/** With so many entries the bounds are held; of fewer and more it is told how it grows. */
const HELD_AT = 10_000;
const TIMES_A_LOOK: Bound = { atMost: 50 };
/** Longer than this, and the socket's pings and everybody's clicks wait. */
const STALL: Bound = { valueAtMost: 20 };

/**
 * Finding what is known, and bringing it in at a start, by how much is known: both beside one bare look-up of a row by its index, through
 * the same engine and in the same
 * round: the slowest of a hundred by the slowest look-up of a hundred, the middle one by the middle one. With each how long the main thread stood still.
 */
export async function measureRecall({ many, rounds, postgres }: RecallOptions): Promise<readonly Line[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-bench-'));
  const databaseUrl = await postgres?.();
  const place = { dataDir, now: Date.now, ...(databaseUrl !== undefined && { databaseUrl }) };
  const redactor = createRedactor({ secrets: ['not-in-what-is-known'] });
  const store = redactStore(
    await openStore(place),
    (value) => redactor.redactLeaves(value).value,
    async (bytes) => bytes,
  );
  const engine = await openEngine({ ...place, lock: false });
  const details = { entries: many, storage: postgres === undefined ? 'sqlite' : 'postgresql' };
  try {
    const text = fileOf(many);
    let file = readFile('facts', '');
    const reading = await watched(async () => {
      file = await readLargeFile('facts', text, breath);
    });
    const repository = { sync: async () => new Map([['kb/facts.md', file]]), state: () => ({ unpushed: 0 }) };
    const world = {
      store,
      knowledge: { shipped: [], orgs: [{ name: 'bench', repository }], staleAfter: 0 },
    } as unknown as World;
    const look = bareLook(engine, many);
    const first = await watched(() => fillShelves(world, TEAM));
    const again = await watched(() => fillShelves(world, TEAM));
    // What autovacuum does on a server of its own accord.
    if (engine.name === 'postgres') await sql`vacuum analyze steady_knowledge`.execute(engine.db);
    const bare = await timed(ASKED, look);
    const perEntry = ({ took }: { readonly took: number }): Round => ({
      value: took / many,
      baseline: median(bare),
    });

    const ask = (n: number) =>
      recall(world, { team: TEAM, text: `${QUESTIONS[n % QUESTIONS.length]}`, person: 'U0BENCH' });
    await timed(QUESTIONS.length, ask);
    const asked: Round[] = [];
    const middle: Round[] = [];
    let stall = 0;
    for (let round = 0; round < rounds; round++) {
      const took: number[] = [];
      const looked: number[] = [];
      const one = await watched(async () => {
        // In turn, so that whatever else the machine does is felt by both.
        for (let n = 0; n < ASKED; n++) {
          took.push(...(await timed(1, () => ask(n))));
          looked.push(...(await timed(1, () => look(n))));
        }
      });
      stall = Math.max(stall, one.stall);
      asked.push({ value: percentile(took, 0.99), baseline: percentile(looked, 0.99) });
      middle.push({ value: median(took), baseline: median(looked) });
    }
    const bound = many === HELD_AT ? TIMES_A_LOOK : undefined;
    const still = many === HELD_AT ? STALL : undefined;
    const stalled = (value: number): readonly Round[] => [{ value, baseline: 1 }];
    return [
      lineOf(`recall, p99, ${many} known`, 'ms', asked, bound, details),
      lineOf(`recall, median, ${many} known`, 'ms', middle, bound, details),
      lineOf(`longest stall meanwhile, recall of ${many}`, 'ms', stalled(stall), still, details),
      lineOf(`import at start, an entry of ${many}`, 'ms', [perEntry(first)], bound, details),
      lineOf(`the same again, nothing new`, 'ms', [perEntry(again)], undefined, details),
      lineOf(`longest stall meanwhile, import of ${many}`, 'ms', stalled(first.stall), still, details),
      lineOf(
        `longest stall meanwhile, reading the file of ${many}`,
        'ms',
        stalled(reading.stall),
        still,
        details,
      ),
    ];
  } finally {
    await engine.close();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A row by its index, the plainest way. */
function bareLook({ db }: Awaited<ReturnType<typeof openEngine>>, many: number) {
  return (n: number) => {
    const id = `facts/${new Date(1_735_689_600_000 + ((n * 7_919) % many) * 1_000).toISOString().slice(0, 19)}Z`;
    return db
      .selectFrom('steady_knowledge')
      .select(['id', 'entry'])
      .where('team', '=', encodeKey(TEAM))
      .where('shelf', '=', encodeKey(SHELF))
      .where('id', '>=', encodeKey(id))
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
  };
}

async function timed(times: number, work: (n: number) => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const begun = performance.now();
    await work(n);
    took.push(performance.now() - begun);
  }
  return took;
}
