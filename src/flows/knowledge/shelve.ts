import type { Knowledge } from '../../domain/knowledge/consolidate.ts';
import { type Entry, headingOf, KINDS, type Kind } from '../../domain/knowledge/entry.ts';
import { entriesOf, type KnowledgeFile, type Problem } from '../../domain/knowledge/read-file.ts';
import { orgShelf, SHIPPED, type Shelved } from '../../domain/knowledge/shelf.ts';
import type { Json, KnowledgeEntry, KnowledgeRow, Store } from '../../storage/store.ts';
import type { KnowledgeSources, Org, World } from '../ports.ts';

type Shelving = Pick<World, 'store'> & { readonly knowledge?: KnowledgeSources };

/** What a team's shelves could not be filled from, in words safe to show. */
export interface Unread {
  readonly shelf: string;
  readonly why: string;
}

/** An entry as the storage keeps it. Of several with one heading, the place among them tells them apart. */
export function shelvedEntry(kind: Kind, entry: Entry, nth = 1): KnowledgeEntry {
  return {
    id: `${kind}/${headingOf(entry).slice(5)}${nth > 1 ? `#${nth}` : ''}`.slice(0, 300).toWellFormed(),
    kind,
    entry: entry as unknown as Json,
    search: `${entry.key} ${entry.tags.join(' ')} ${entry.body}`,
  };
}

export function shelvedOf(row: KnowledgeRow): Shelved {
  const entry = row.entry as unknown as Entry;
  const { shelf, id, uses, usedOn } = row;
  const helped =
    uses > 0 ? { used: entry.used + uses, ...(usedOn !== undefined && { lastUsed: usedOn }) } : {};
  return { shelf, id, kind: row.kind as Kind, entry: { ...entry, ...helped } };
}

/** Files as the rows of a shelf. */
export function rowsOf(files: Iterable<KnowledgeFile>): readonly KnowledgeEntry[] {
  const seen = new Map<string, number>();
  return [...files].flatMap((file) =>
    entriesOf(file).map((entry) => {
      const name = `${file.kind}/${headingOf(entry)}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return shelvedEntry(file.kind, entry, nth);
    }),
  );
}

/** The files of a base, without journals and archives. */
export function knowledgeFiles(files: ReadonlyMap<string, KnowledgeFile>): readonly KnowledgeFile[] {
  return KINDS.flatMap((kind) => files.get(`kb/${kind}.md`) ?? []);
}

/** The same by kind, for consolidation. */
export function knowledgeIn(files: ReadonlyMap<string, KnowledgeFile>): Knowledge {
  return Object.fromEntries(knowledgeFiles(files).map((file) => [file.kind, file]));
}

export function problemsOf(
  files: ReadonlyMap<string, KnowledgeFile>,
): readonly (Problem & { readonly path: string })[] {
  return [...files].flatMap(([path, file]) => file.problems.map((problem) => ({ path, ...problem })));
}

/** Puts what ships with Steady, and what every organisation's repository holds, onto a team's shelves. */
export async function fillShelves(world: Shelving, team: string): Promise<readonly Unread[]> {
  const { shipped, orgs } = world.knowledge ?? { shipped: [], orgs: [] };
  await world.store.replaceShelf(team, SHIPPED, rowsOf(shipped));
  const unread: Unread[] = [];
  for (const org of orgs) {
    const { why } = await syncOrg(world.store, team, org);
    if (why !== undefined) unread.push({ shelf: orgShelf(org.name), why });
  }
  return unread;
}

/** Brings one organisation's newest; answers its files, or why they are not up to date. */
export async function syncOrg(
  store: Store,
  team: string,
  org: Org,
): Promise<{ readonly files?: ReadonlyMap<string, KnowledgeFile>; readonly why?: string }> {
  if (!org.repository) return {};
  try {
    const files = await org.repository.sync();
    await store.replaceShelf(team, orgShelf(org.name), rowsOf(knowledgeFiles(files)));
    const { why } = org.repository.state();
    return why === undefined ? { files } : { why };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
