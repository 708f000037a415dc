import type { IncidentRef, Store, StoredTimeline } from './store.ts';

/** How many timelines are kept in mind; the one asked for longest ago goes first. */
const KEPT = 100;

/**
 * The same store, which reads of a timeline only what is new since the last time: what was stored never changes. Events that were
 * read before are the very same objects again.
 */
export function rememberTimelines(store: Store): Store {
  const known = new Map<string, StoredTimeline>();

  function keep(key: string, timeline: StoredTimeline): void {
    known.delete(key);
    known.set(key, timeline);
    if (known.size <= KEPT) return;
    for (const oldest of known.keys()) return void known.delete(oldest);
  }

  return {
    ...store,
    async load(ref: IncidentRef, after = 0) {
      if (after > 0) return store.load(ref, after);
      const key = `${ref.team}/${ref.number}`;
      const before = known.get(key);
      const read = await store.load(ref, before?.version);
      if (read === undefined) return undefined;
      const events = before === undefined ? read.events : [...before.events, ...read.events];
      const timeline = { ...read, events };
      // Somebody who asked later may have been answered first.
      if (timeline.version >= (known.get(key)?.version ?? 0)) keep(key, timeline);
      return timeline;
    },
  };
}
