import { BackendError } from '../domain/errors.ts';
import { type Duration, HOUR, type Instant, SECOND, type Window } from '../domain/time.ts';
import type { Backend, Discovery, Matched } from './backend.ts';
import { type Located, locate } from './locate.ts';
import { suggest } from './suggest.ts';

/** What is known of one backend. */
export interface Known {
  readonly backend: Backend;
  /** Absent until the first discovery has ended. */
  readonly discovery?: Discovery;
  /** The time that the lists cover. */
  readonly covers?: Window;
  /** Since the newest discovery. */
  readonly age?: Duration;
  /** A discovery is under way. */
  readonly busy: boolean;
}

/** Remembers what backends have, so that names can be checked before a query is sent. */
export interface DiscoveryCache {
  readonly backends: readonly Backend[];
  /** The newest discovery of a backend, made now where there is none yet. */
  discovery(backend: Backend, signal: AbortSignal): Promise<Discovery>;
  /** Discovers a backend again, whatever is known; over `window` besides the usual time where one is given. */
  rediscover(backend: Backend, signal: AbortSignal, window?: Window): Promise<Discovery>;
  /** Every backend with what is known of it, in the order given. */
  known(): readonly Known[];
  /** Discovers all backends in parallel, each part under the limit; what fails is `missing` in its discovery. */
  discoverAll(signal: AbortSignal): Promise<readonly Known[]>;
  /** Discovers again only some kinds of a backend's names, or what was missing. */
  retry(backend: Backend, signal: AbortSignal, only: readonly string[] | 'missing'): Promise<Discovery>;
  /** Which of these backends has a source, by what is known of them; discovered now where nothing is known yet. */
  locate(source: string, among: readonly Backend[], signal: AbortSignal): Promise<Located>;
  /** The names nearest to a wanted one, best first. */
  nearest(wanted: string, names: readonly string[]): readonly string[];
  /**
   * `Backend.match` against what is known, over a discovery that covers the query's window. An unknown name is looked for
   * once more before it is refused; what could not be discovered stays unavailable until somebody discovers it again.
   */
  match(backend: Backend, query: string, window: Window, signal: AbortSignal): Promise<Matched>;
}

export interface DiscoveryCacheOptions {
  readonly backends: readonly Backend[];
  readonly now: () => Instant;
  /** Limit for each part: `[discovery] timeout`. Default 10 s. */
  readonly timeout?: Duration;
  /** How far back a discovery looks where nothing asks for more. Default 6 h. */
  readonly span?: Duration;
  /** A discovery this fresh is not repeated for an unknown name. Default 10 s. */
  readonly fresh?: Duration;
}

interface Entry {
  discovery?: Discovery;
  covers?: Window;
  /** The discovery under way, shared by all who want the same. */
  running: { readonly key: string; readonly window: Window; readonly result: Promise<Discovery> }[];
}

export function createDiscoveryCache(options: DiscoveryCacheOptions): DiscoveryCache {
  const { backends, now } = options;
  const timeout = options.timeout ?? 10 * SECOND;
  const span = options.span ?? 6 * HOUR;
  const fresh = options.fresh ?? 10 * SECOND;
  const entries = new Map<Backend, Entry>(backends.map((backend) => [backend, { running: [] }]));

  function entryOf(backend: Backend): Entry {
    const entry = entries.get(wholeOf(backend));
    if (!entry) throw new TypeError(`${backend.title} is not among the backends of this cache`);
    return entry;
  }

  function usual(): Window {
    return { from: now() - span, to: now() };
  }

  function run(
    backend: Backend,
    window: Window,
    only: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<Discovery> {
    const entry = entryOf(backend);
    const key = only?.join(' ') ?? '*';
    const shared = entry.running.find(
      (one) => one.key === key && one.window.from <= window.from && window.to <= one.window.to + fresh,
    );
    if (shared) return orAborted(shared.result, signal);
    // Others may join, so one asker's signal does not stop it; its own limit does.
    const result = wholeOf(backend)
      .discover(window, new AbortController().signal, { timeout, ...(only && { only }) })
      .then((found) => {
        entry.discovery = entry.discovery ? merged(entry.discovery, found, only) : found;
        if (!only || !entry.covers) entry.covers = window;
        return entry.discovery;
      })
      .finally(() => {
        entry.running = entry.running.filter((one) => one.result !== result);
      });
    entry.running.push({ key, window, result });
    return orAborted(result, signal);
  }

  function describe(backend: Backend): Known {
    const { discovery, covers, running } = entryOf(backend);
    return {
      backend,
      ...(discovery && { discovery, age: Math.max(0, now() - discovery.at) }),
      ...(covers && { covers }),
      busy: running.length > 0,
    };
  }

  return {
    known: () => backends.map(describe),

    async discoverAll(signal) {
      await Promise.allSettled(backends.map((backend) => run(backend, usual(), undefined, signal)));
      return backends.map(describe);
    },

    backends,

    async discovery(backend, signal) {
      const all = entryOf(backend).discovery ?? (await run(backend, usual(), undefined, signal));
      if (!backend.part) return all;
      const lacking = (backend.needs?.('') ?? []).filter((kind) => !names(all, kind));
      return backend.part.seen(lacking.length > 0 ? await run(backend, usual(), lacking, signal) : all);
    },

    async rediscover(backend, signal, window) {
      return await run(backend, window ? around(usual(), window) : usual(), undefined, signal);
    },

    async retry(backend, signal, only) {
      const { discovery, covers } = entryOf(backend);
      const kinds = only === 'missing' ? discovery?.missing.map((part) => part.kind) : only;
      if (discovery && kinds?.length === 0) return discovery;
      return await run(backend, covers ?? usual(), discovery && kinds, signal);
    },

    async locate(source, among, signal) {
      const discover = async (backend: Backend) => ({
        backend,
        discovery: entryOf(backend).discovery ?? (await run(backend, usual(), undefined, signal)),
      });
      const outcomes = await Promise.allSettled(among.map(discover));
      return locate(
        source,
        outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      );
    },

    nearest: (wanted, names) => suggest(wanted, names, 3),

    async match(backend, query, window, signal) {
      const entry = entryOf(backend);
      const needed = { from: Math.max(0, window.from - (backend.reach?.(query) ?? 0)), to: window.to };
      let asked = false;
      if (!entry.discovery) {
        await run(backend, around(usual(), needed), undefined, signal);
        asked = true;
      }
      if (!entry.discovery || !entry.covers)
        throw new TypeError(`${backend.title} resolved a discovery without a result`);
      const lacking = (backend.needs?.(query) ?? []).filter((kind) => !names(entry.discovery, kind));
      if (lacking.length > 0) await run(backend, around(entry.covers, needed), lacking, signal);
      const { discovery, covers } = entry;
      try {
        return backend.match(query, discovery);
      } catch (error) {
        if (!(error instanceof BackendError) || error.failure !== 'unknown-source') throw error;
        const covered = covers.from <= needed.from && needed.to <= covers.to + fresh;
        if (covered && (asked || now() - discovery.at < fresh)) throw error;
        const again = await run(backend, around(usual(), needed), undefined, signal);
        return matchAgain(backend, query, again);
      }
    },
  };
}

/** What is discovered to know the names of a backend. */
function wholeOf(backend: Backend): Backend {
  return backend.part?.of ?? backend;
}

/** Whether a discovery says something of this kind: its names, or that they could not be read. */
function names(discovery: Discovery | undefined, kind: string): boolean {
  return [...(discovery?.lists ?? []), ...(discovery?.missing ?? [])].some((one) => one.kind === kind);
}

/** A name that is unknown after a refresh that failed in part may exist all the same: that is not for us to deny. */
function matchAgain(backend: Backend, query: string, again: Discovery): Matched {
  try {
    return backend.match(query, again);
  } catch (error) {
    const failed = again.missing[0];
    if (!(error instanceof BackendError) || error.failure !== 'unknown-source' || !failed) throw error;
    throw new BackendError(
      'unavailable',
      `${error.message} Its ${failed.kind} could not be discovered again to be sure: ${failed.why}`,
      error.details,
    );
  }
}

async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(new BackendError('timeout', 'Discovery was not waited for any longer.'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, stop.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function around(one: Window, other: Window): Window {
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

/** Kinds that were found replace theirs. What could not be read this time keeps its old names and is named as missing. */
function merged(before: Discovery, found: Discovery, only: readonly string[] | undefined): Discovery {
  const listed = new Set(found.lists.map((one) => one.kind));
  return {
    at: found.at,
    took: found.took,
    lists: [...before.lists.filter((one) => !listed.has(one.kind)), ...found.lists],
    missing: [...before.missing.filter((one) => only && !only.includes(one.kind)), ...found.missing],
  };
}
