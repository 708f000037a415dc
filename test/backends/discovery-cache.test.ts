import { describe, expect, test } from 'vitest';
import type { Backend, DiscoverOptions, Discovery } from '../../src/backends/backend.ts';
import { matched } from '../../src/backends/backend.ts';
import { createDiscoveryCache } from '../../src/backends/discovery-cache.ts';
import { BackendError } from '../../src/domain/errors.ts';
import { HOUR, MINUTE, SECOND, type Window } from '../../src/domain/time.ts';

/** A backend whose names and failures the test decides. */
function play(name = 'prod') {
  const asked: { readonly window: Window; readonly options: DiscoverOptions | undefined }[] = [];
  const there = { metrics: ['up'] as readonly string[], jobs: ['a'] as readonly string[] };
  const broken = new Set<string>();
  let gate: Promise<void> = Promise.resolve();
  const clock = { now: Date.parse('2026-11-23T13:32:00Z') };
  const backend: Backend = {
    tool: 'fake',
    deployment: name,
    title: `Fake ${name}`,
    async discover(window, _signal, options) {
      asked.push({ window, options });
      await gate;
      const wanted = (['metrics', 'jobs'] as const).filter((kind) => options?.only?.includes(kind) ?? true);
      return {
        at: clock.now,
        took: 1,
        lists: wanted.filter((kind) => !broken.has(kind)).map((kind) => ({ kind, names: there[kind] })),
        missing: wanted.filter((kind) => broken.has(kind)).map((kind) => ({ kind, why: 'timeout' })),
      };
    },
    match(query, discovery) {
      const names = discovery.lists.find((list) => list.kind === 'metrics')?.names;
      if (!names) throw new BackendError('unavailable', 'not discovered');
      if (!names.includes(query)) throw new BackendError('unknown-source', `no ${query}.`);
      return matched(query);
    },
    reach: () => 5 * MINUTE,
    query: () => Promise.reject(new Error('not asked here')),
    probe: () => Promise.resolve('Fake 1'),
  };
  const cache = createDiscoveryCache({ backends: [backend], now: () => clock.now, timeout: 7 * SECOND });
  return {
    asked,
    there,
    broken,
    backend,
    clock,
    cache,
    hold(until: Promise<void>) {
      gate = until;
    },
  };
}

const signal = new AbortController().signal;
const kinds = (discovery: Discovery | undefined) => discovery?.lists.map((list) => list.kind).sort();

describe('discovering', () => {
  test('all at once, with the configured limit; age is what has passed since', async () => {
    const { cache, asked, clock } = play();
    expect(cache.known()).toEqual([expect.objectContaining({ busy: false })]);
    expect(cache.known()[0]).not.toHaveProperty('age');
    const running = cache.discoverAll(signal);
    expect(cache.known()[0]?.busy).toBe(true);
    await running;
    clock.now += 5 * MINUTE;
    expect(cache.known()[0]).toMatchObject({ age: 5 * MINUTE, busy: false });
    expect(asked[0]).toEqual({
      window: { from: clock.now - 5 * MINUTE - 6 * HOUR, to: clock.now - 5 * MINUTE },
      options: { timeout: 7 * SECOND },
    });
  });

  test('who asks for the same while it is under way shares it; one who leaves does not end it', async () => {
    const { cache, backend, asked, hold } = play();
    const { promise, resolve } = Promise.withResolvers<void>();
    hold(promise);
    const leaving = new AbortController();
    const first = cache.discovery(backend, leaving.signal);
    const second = cache.discovery(backend, signal);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ failure: 'timeout' });
    resolve();
    expect(kinds(await second)).toEqual(['jobs', 'metrics']);
    expect(asked).toHaveLength(1);
    await cache.discovery(backend, signal);
    expect(asked).toHaveLength(1);
  });

  test('what failed can be tried again alone, and the rest stays', async () => {
    const { cache, backend, asked, broken, there } = play();
    broken.add('jobs');
    const found = await cache.discovery(backend, signal);
    expect(found).toMatchObject({ missing: [{ kind: 'jobs', why: 'timeout' }] });
    broken.clear();
    there.metrics = ['changed'];
    const again = await cache.retry(backend, signal, 'missing');
    expect(asked.at(-1)?.options?.only).toEqual(['jobs']);
    expect(kinds(again)).toEqual(['jobs', 'metrics']);
    expect(again.missing).toEqual([]);
    expect(again.lists.find((list) => list.kind === 'metrics')?.names).toEqual(['up']);
    await cache.retry(backend, signal, 'missing');
    expect(asked).toHaveLength(2);
  });

  test('names once found stay known when a later look fails, and the failure is named', async () => {
    const { cache, backend, broken } = play();
    await cache.discovery(backend, signal);
    broken.add('metrics');
    const again = await cache.rediscover(backend, signal);
    expect(kinds(again)).toEqual(['jobs', 'metrics']);
    expect(again.missing).toEqual([{ kind: 'metrics', why: 'timeout' }]);
  });
});

describe('matching', () => {
  const recent = (now: number): Window => ({ from: now - 30 * MINUTE, to: now });

  test('a known name needs one discovery', async () => {
    const { cache, backend, asked, clock } = play();
    await cache.match(backend, 'up', recent(clock.now), signal);
    await cache.match(backend, 'up', recent(clock.now), signal);
    expect(asked).toHaveLength(1);
  });

  test('an unknown name is looked for once more, then refused', async () => {
    const { cache, backend, asked, there, clock } = play();
    await cache.discoverAll(signal);
    clock.now += HOUR;
    there.metrics = ['up', 'new'];
    expect((await cache.match(backend, 'new', recent(clock.now), signal)).query).toBe('new');
    expect(asked).toHaveLength(2);
    clock.now += HOUR;
    await expect(cache.match(backend, 'nope', recent(clock.now), signal)).rejects.toMatchObject({
      failure: 'unknown-source',
    });
    expect(asked).toHaveLength(3);
    // A typo repeated within seconds does not ask the server again.
    clock.now += 3 * SECOND;
    await expect(cache.match(backend, 'nope', recent(clock.now), signal)).rejects.toThrowError('no nope');
    expect(asked).toHaveLength(3);
  });

  test('the second look covers the time that the query reads', async () => {
    const { cache, backend, asked, clock } = play();
    await cache.discoverAll(signal);
    const old = { from: clock.now - 50 * HOUR, to: clock.now - 49 * HOUR };
    await expect(cache.match(backend, 'gone', old, signal)).rejects.toMatchObject({
      failure: 'unknown-source',
    });
    expect(asked.at(-1)?.window).toEqual({ from: old.from - 5 * MINUTE, to: clock.now });
  });

  test('a name is not denied after a look that failed', async () => {
    const { cache, backend, broken, clock } = play();
    await cache.discoverAll(signal);
    clock.now += HOUR;
    broken.add('metrics');
    await expect(cache.match(backend, 'new', recent(clock.now), signal)).rejects.toMatchObject({
      failure: 'unavailable',
      message: 'no new. Its metrics could not be discovered again to be sure: timeout',
    });
    expect((await cache.match(backend, 'up', recent(clock.now), signal)).query).toBe('up');
  });

  test('what was never discovered is unavailable until somebody discovers it', async () => {
    const { cache, backend, broken, asked, clock } = play();
    broken.add('metrics');
    await cache.discoverAll(signal);
    await expect(cache.match(backend, 'up', recent(clock.now), signal)).rejects.toMatchObject({
      failure: 'unavailable',
    });
    expect(asked).toHaveLength(1);
    broken.clear();
    await cache.retry(backend, signal, ['metrics']);
    expect((await cache.match(backend, 'up', recent(clock.now), signal)).query).toBe('up');
  });
});
