import { setImmediate as breath } from 'node:timers/promises';
import type { Beside, Draft, Json, KnowledgeEntry, OutboxPost, Store, Write } from './store.ts';

/** Entries that are checked in one go: a few milliseconds. */
const AT_ONCE = 10;

/**
 * The same store, every text on its way in redacted: what people say to Steady is kept without secrets, whatever command or
 * window it came by, and bytes of snapshots without the secrets that the process holds. Where `clean` or `mask` fails, nothing is
 * written. Deliveries come redacted.
 */
export function redactStore(
  store: Store,
  clean: <T extends Json>(value: T) => T,
  mask: (bytes: Uint8Array) => Promise<Uint8Array>,
): Store {
  const cleanPost = (one: OutboxPost): OutboxPost => ({ ...one, post: clean(one.post) });
  const cleanDraft = (one: Draft): Draft => ({ ...one, body: clean(one.body) });
  const cleanWrite = (write: Write): Write => ({
    ...write,
    events: write.events.map(({ at, body }) => ({ at, body: clean(body) })),
    projection: { ...write.projection, title: clean(write.projection.title) },
    ...(write.posts && { posts: write.posts.map(cleanPost) }),
    ...(write.drafts && { drafts: write.drafts.map(cleanDraft) }),
  });
  const cleanEntry = (one: KnowledgeEntry): KnowledgeEntry => ({
    ...one,
    entry: clean(one.entry),
    search: clean(one.search),
  });
  const cleanBeside = ({ shelf, entries }: Beside): Beside => ({ shelf, entries: entries.map(cleanEntry) });
  const maskAll = (write: Write) =>
    Promise.all((write.snapshots ?? []).map(async ({ key, bytes }) => ({ key, bytes: await mask(bytes) })));
  return {
    ...store,
    declare: (team, opening) =>
      store.declare(team, (ref) => {
        const write = cleanWrite(opening(ref));
        if (write.snapshots !== undefined) throw new TypeError('An incident begins without answers');
        return write;
      }),
    append: async (ref, version, write) =>
      store.append(ref, version, {
        ...cleanWrite(write),
        ...(write.snapshots && { snapshots: await maskAll(write) }),
      }),
    saveSnapshot: async (team, key, bytes) => store.saveSnapshot(team, key, await mask(bytes)),
    enqueue: async (team, post) => store.enqueue(team, cleanPost(post)),
    saveDraft: async (draft) => store.saveDraft(cleanDraft(draft)),
    remember: async (team, key, value) => store.remember(team, key, clean(value)),
    saveKnowledge: async (team, shelf, entries, beside) =>
      store.saveKnowledge(team, shelf, entries.map(cleanEntry), beside && cleanBeside(beside)),
    forgetKnowledge: async (team, shelf, id, options = {}) => {
      const { beside, ...rest } = options;
      return store.forgetKnowledge(team, shelf, id, {
        ...rest,
        ...(beside && { beside: cleanBeside(beside) }),
      });
    },
    replaceShelf: async (team, shelf, entries) => {
      const cleaned: KnowledgeEntry[] = [];
      for (const one of entries) {
        cleaned.push(cleanEntry(one));
        if (cleaned.length % AT_ONCE === 0) await breath();
      }
      return store.replaceShelf(team, shelf, cleaned);
    },
    rememberOnce: async (team, key, value, age) => store.rememberOnce(team, key, clean(value), age),
  };
}
