import type { Knowledge } from '../../domain/knowledge/consolidate.ts';
import { type Entry, headingOf, KINDS, type Kind } from '../../domain/knowledge/entry.ts';
import {
  formatNote,
  JOURNAL_PATH,
  type JournalNote,
  journalPath,
  monthOf,
  withNote,
} from '../../domain/knowledge/journal.ts';
import { type KnowledgeFile, type Problem, textOf } from '../../domain/knowledge/read-file.ts';
import { journalShelf, orgShelf, SHIPPED, type Shelved } from '../../domain/knowledge/shelf.ts';
import type { Beside, Json, KnowledgeEntry, KnowledgeRow, Store } from '../../storage/store.ts';
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

/** Files as the rows of a shelf, made as they are taken: there may be tens of thousands. */
export function* rowsOf(files: Iterable<KnowledgeFile>): Generator<KnowledgeEntry> {
  const seen = new Map<string, number>();
  for (const file of files)
    for (const piece of file.pieces) {
      if (piece.kind === 'text') continue;
      const name = `${file.kind}/${headingOf(piece.entry)}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      yield shelvedEntry(file.kind, piece.entry, nth);
    }
}

/** A note of a shelf that has no files, as a piece of its journal. */
export function journalRow(note: JournalNote): KnowledgeEntry {
  const at = new Date(note.at).toISOString();
  return {
    id: `${at}/${note.did}/${note.key ?? ''}`.slice(0, 300).toWellFormed(),
    kind: monthOf(note.at),
    entry: { raw: formatNote(note) },
    search: '',
  };
}

/** The note of what is written, beside it. */
export function noting(shelf: string, note: JournalNote): Beside {
  return { shelf: journalShelf(shelf), entries: [journalRow(note)] };
}

/** The month's journal with the note, to go into the commit of what it tells. */
export function noted(files: ReadonlyMap<string, KnowledgeFile>, note: JournalNote): [string, KnowledgeFile] {
  const path = journalPath(monthOf(note.at));
  return [path, withNote(files.get(path), note)];
}

/** Makes a team's shelves the index of an organisation's files: what is known, and the journals. */
export async function indexFiles(
  store: Store,
  team: string,
  shelf: string,
  files: ReadonlyMap<string, KnowledgeFile>,
): Promise<void> {
  await store.replaceShelf(team, shelf, rowsOf(knowledgeFiles(files)));
  const journals = [...files].flatMap(([path, file]): KnowledgeEntry[] => {
    const month = JOURNAL_PATH.exec(path)?.[1];
    return month === undefined ? [] : [{ id: month, kind: month, entry: { raw: textOf(file) }, search: '' }];
  });
  await store.replaceShelf(team, journalShelf(shelf), journals);
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
    if (org.indexed?.get(team) !== files) await indexFiles(store, team, orgShelf(org.name), files);
    org.indexed?.set(team, files);
    const { why } = org.repository.state();
    return why === undefined ? { files } : { why };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
