import type { Draft, Json, KnowledgeEntry, OutboxPost, Store, Write } from './store.ts';

/**
 * The same store, every text on its way in redacted: what people say to Steady is kept without secrets, whatever command or
 * window it came by. Where `clean` throws, nothing is written. Bytes of snapshots stay as
 * they are, and deliveries come redacted.
 */
export function redactStore(store: Store, clean: <T extends Json>(value: T) => T): Store {
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
  return {
    ...store,
    declare: (team, opening) => store.declare(team, (ref) => cleanWrite(opening(ref))),
    append: async (ref, version, write) => store.append(ref, version, cleanWrite(write)),
    enqueue: async (team, post) => store.enqueue(team, cleanPost(post)),
    saveDraft: async (draft) => store.saveDraft(cleanDraft(draft)),
    remember: async (team, key, value) => store.remember(team, key, clean(value)),
    saveKnowledge: async (team, shelf, entries) => store.saveKnowledge(team, shelf, entries.map(cleanEntry)),
    replaceShelf: async (team, shelf, entries) => store.replaceShelf(team, shelf, entries.map(cleanEntry)),
    rememberOnce: async (team, key, value, age) => store.rememberOnce(team, key, clean(value), age),
  };
}
