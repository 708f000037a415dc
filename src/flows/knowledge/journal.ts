import { RuleViolation } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/incident.ts';
import { journalTitle, monthOf } from '../../domain/knowledge/journal.ts';
import { type KnowledgeFile, readFile } from '../../domain/knowledge/read-file.ts';
import { journalShelf, orgShelf, personalShelf } from '../../domain/knowledge/shelf.ts';
import type { KnowledgeRow } from '../../storage/store.ts';
import type { World } from '../ports.ts';
import { type Recalled, unreadOf } from './recall.ts';

/** A month of one tier's journal. */
export interface JournalPage {
  readonly shelf: string;
  readonly file: KnowledgeFile;
}

export interface Journal {
  /** `2026-11`. */
  readonly month: string;
  readonly pages: readonly JournalPage[];
  readonly unread: Recalled['unread'];
}

export interface JournalAsked {
  readonly team: string;
  /** Whose own journal is shown as well; nobody's where absent. */
  readonly person?: PersonId;
  /** `2026-11`; the newest that there is where absent. */
  readonly month?: string;
}

/** What happened to knowledge in a month, tier by tier, whole. Throws RuleViolation where that month has none, and names those that have. */
export async function journal(world: World, { team, person, month }: JournalAsked): Promise<Journal> {
  const shelves = [
    ...(person === undefined ? [] : [personalShelf(person)]),
    ...(world.knowledge?.orgs ?? []).map((org) => orgShelf(org.name)),
  ];
  const all = await world.store.knowledge(team, shelves.map(journalShelf), month);
  const newest = all
    .map((row) => row.kind)
    .sort()
    .at(-1);
  const unread = unreadOf(world);
  if (newest === undefined) {
    if (month !== undefined) throw await otherMonths(world, team, shelves, month);
    return { month: monthOf(await world.store.now()), pages: [], unread };
  }
  const pages = shelves.flatMap((shelf): JournalPage[] => {
    const rows = all.filter((row) => row.shelf === journalShelf(shelf) && row.kind === newest);
    return rows.length === 0 ? [] : [{ shelf, file: pageOf(newest, rows) }];
  });
  return { month: newest, pages, unread };
}

/** The text of a shelf's journals, by month. */
export async function journalsOf(
  world: Pick<World, 'store'>,
  team: string,
  shelf: string,
): Promise<ReadonlyMap<string, KnowledgeFile>> {
  const all = await world.store.knowledge(team, [journalShelf(shelf)]);
  const months = new Set(all.map((row) => row.kind));
  return new Map(
    [...months].map((month) => [
      month,
      pageOf(
        month,
        all.filter((row) => row.kind === month),
      ),
    ]),
  );
}

/** A journal that is a file is one row; one that Steady keeps itself is a row for each of its notes. */
function pageOf(month: string, rows: readonly KnowledgeRow[]): KnowledgeFile {
  const texts = rows.map((row) => (row.entry as { readonly raw: string }).raw);
  const file = rows.some((row) => row.id === month);
  return readFile('facts', file ? texts.join('') : [journalTitle(month), ...texts].join('\n'));
}

async function otherMonths(
  world: World,
  team: string,
  shelves: readonly string[],
  month: string,
): Promise<RuleViolation> {
  const all = await world.store.knowledge(team, shelves.map(journalShelf));
  const months = [...new Set(all.map((row) => row.kind))].sort().reverse();
  return new RuleViolation(
    'no-journal',
    months.length === 0
      ? 'The journal is empty: nothing was saved, forgotten or tidied up yet.'
      : `The journal has nothing of ${month}.`,
    months.slice(0, 5).map((one) => ({ label: one, command: `kb journal ${one}` })),
  );
}
