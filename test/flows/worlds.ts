import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeptAnswers } from '../../src/answers/kept-answers.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createKeptReader } from '../../src/backends/kept-reader.ts';
import { createPictures } from '../../src/charts/draw.ts';
import { type CadenceSettings, DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import type { Post } from '../../src/domain/post.ts';
import { type Duration, type Instant, MINUTE } from '../../src/domain/time.ts';
import type { Reach, Telemetry, World } from '../../src/flows/ports.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { OutboxRow, Store } from '../../src/storage/store.ts';
import { T0 } from '../domain/given.ts';

export const TEAM = 'T1';

/** One database and one clock, seen by as many processes as a test opens. */
export interface Worlds {
  now(): Instant;
  /** Moves the clock; it may step back. */
  pass(by: Duration): void;
  /** Who cannot be reached, and why. */
  readonly gone: Map<string, string>;
  readonly faults: string[];
  open(more?: Partial<World>): Promise<World>;
  close(): Promise<void>;
}

export function worlds(cadence: CadenceSettings = DEFAULT_CADENCE): Worlds {
  const dataDir = mkdtempSync(join(tmpdir(), 'steady-flows-'));
  const stores: Store[] = [];
  const gone = new Map<string, string>();
  const faults: string[] = [];
  let now = T0;
  return {
    now: () => now,
    pass: (by) => {
      now += by;
    },
    gone,
    faults,
    open: async (more = {}) => {
      const store = await openStore({ dataDir, now: () => now, lock: stores.length === 0 });
      stores.push(store);
      return {
        store,
        clock: { now: () => now, after: () => () => {} },
        people: {
          members: async () => [],
          reach: async (_team, person): Promise<Reach> => {
            const why = gone.get(person);
            return why === undefined ? { reachable: true } : { reachable: false, why };
          },
        },
        telemetry: NO_TELEMETRY,
        answers: createKeptAnswers(createKeptReader(createDecoder({ inline: -1 }))),
        pictures: createPictures(),
        redact: (value) => value,
        cadence,
        owner: `process-${stores.length}`,
        crossing: () => {},
        fault: (error, about) => {
          faults.push(`${about}: ${error}`);
        },
        postsWaiting: () => {},
        ...more,
      };
    },
    close: async () => {
      for (const store of stores) await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function refuse(): never {
  throw new Error('no telemetry in this test');
}

export const NO_TELEMETRY: Telemetry = {
  backends: [],
  discovery: refuse,
  rediscover: refuse,
  retry: refuse,
  locate: refuse,
  nearest: () => [],
  match: refuse,
};

/** Runs a test on worlds of its own. */
export function onWorlds(
  test: (world: World, all: Worlds) => Promise<void>,
  cadence?: CadenceSettings,
  more?: Partial<World>,
): () => Promise<void> {
  return async () => {
    const all = worlds(cadence);
    try {
      await test(await all.open(more), all);
    } finally {
      await all.close();
    }
  };
}

/** Takes every waiting post off the outbox, in the order they would go. */
export async function takePosts(world: World): Promise<readonly (OutboxRow & { readonly what: Post })[]> {
  const rows = await world.store.claimPosts({ owner: 'reader', for: MINUTE, limit: 500 });
  for (const row of rows) await world.store.posted(row.team, row.key, { channel: 'C1', ts: '1.1' });
  return rows.map((row) => ({ ...row, what: row.post as unknown as Post }));
}

export async function takeKeys(world: World): Promise<readonly string[]> {
  return (await takePosts(world)).map((row) => row.key).toSorted();
}
