import { type Entry, KINDS, type Kind } from '../../domain/knowledge/entry.ts';
import { JOURNAL_PATH } from '../../domain/knowledge/journal.ts';
import { type FileReport, importedInto, planImport, type Taken } from '../../domain/knowledge/plan-import.ts';
import type { KnowledgeFile } from '../../domain/knowledge/read-file.ts';
import { archiveShelf, isPersonal, journalShelf } from '../../domain/knowledge/shelf.ts';
import type { KnowledgeEntry, Store } from '../../storage/store.ts';
import type { Org } from '../ports.ts';
import { shelfFiles } from './shelf-files.ts';
import { journalRow, noted, shelvedEntry } from './shelve.ts';

/** Files of one tier of an older base, and where they go. */
export interface Importing {
  readonly sources: ReadonlyMap<string, string>;
  readonly shelf: string;
  /** Where its files are, if it has any. */
  readonly repository?: NonNullable<Org['repository']>;
  /** Where it is kept else. */
  readonly kept?: { readonly store: Store; readonly team: string };
  readonly now: number;
  readonly clean: (text: string) => string;
}

/** What an import would do; nothing changes. */
export async function planOf(asked: Importing): Promise<readonly FileReport[]> {
  const target = asked.repository ? await asked.repository.sync() : await keptFiles(asked);
  return planImport(asked.sources, target, asked.clean).reports;
}

/** Does it: in one commit, or one transaction for what is known and its journal. */
export async function importKnowledge(asked: Importing): Promise<readonly FileReport[]> {
  const { repository, kept, shelf, sources, now, clean } = asked;
  let reports: readonly FileReport[] = [];
  if (repository) {
    await repository.change((files) => {
      const plan = planImport(sources, files, clean);
      reports = plan.reports;
      const changed = new Map(importedInto(files, plan.taken));
      if (plan.taken.length > 0)
        changed.set(...noted(new Map([...files, ...changed]), noteOf(plan.taken, now)));
      return changed;
    }, 'Import what was known elsewhere');
    return reports;
  }
  const plan = planImport(sources, await keptFiles(asked), clean);
  reports = plan.reports;
  // Text that is no entry has no row: it stays where it was, and was told with its line.
  const taken = plan.taken.filter(({ path, entry }) => entry || path.startsWith('journal/'));
  if (!kept || taken.length === 0) return reports;
  const { store, team } = kept;
  const within = (folder: string) => taken.filter(({ path }) => path.startsWith(`${folder}/`));
  const archived = within('archive').flatMap(rowOf);
  if (archived.length > 0) await store.saveKnowledge(team, archiveShelf(shelf), archived);
  await store.saveKnowledge(team, shelf, within('kb').flatMap(rowOf), {
    shelf: journalShelf(shelf),
    entries: [...within('journal').map(journalPiece), journalRow(noteOf(taken, now))],
  });
  return reports;
}

/** The files that a shelf would be, with entries as they were written. */
async function keptFiles({ kept, shelf }: Importing): Promise<ReadonlyMap<string, KnowledgeFile>> {
  if (!kept) throw new TypeError(`${isPersonal(shelf) ? 'A person' : shelf} has neither files nor a storage`);
  return shelfFiles(kept, kept.team, shelf, (row) => row.entry as unknown as Entry);
}

function noteOf(taken: readonly Taken[], at: number) {
  const paths = [...new Set(taken.map(({ path }) => path))];
  const lines = paths.map((path) => `- ${path}: ${taken.filter((one) => one.path === path).length}`);
  return { at, did: 'imported', lines: ['', ...lines] } as const;
}

function rowOf({ path, entry }: Taken): readonly KnowledgeEntry[] {
  const kind: Kind | undefined = KINDS.find((one) => path.endsWith(`/${one}.md`));
  return entry && kind ? [shelvedEntry(kind, entry)] : [];
}

/** A piece of a journal, in the order of its time; words before all entries come first. */
function journalPiece({ path, raw, entry }: Taken): KnowledgeEntry {
  const month = JOURNAL_PATH.exec(path)?.[1] ?? '';
  const place = entry ? new Date(entry.at).toISOString() : `${month}-00`;
  return {
    id: `${place}/${entry?.key ?? raw}`.slice(0, 300).toWellFormed(),
    kind: month,
    entry: { raw: raw.endsWith('\n') ? raw : `${raw}\n` },
    search: '',
  };
}
