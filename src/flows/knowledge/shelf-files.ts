import { type Entry, KINDS, type Kind } from '../../domain/knowledge/entry.ts';
import { journalPath } from '../../domain/knowledge/journal.ts';
import { type KnowledgeFile, readFile } from '../../domain/knowledge/read-file.ts';
import { archiveShelf } from '../../domain/knowledge/shelf.ts';
import { formatEntry } from '../../domain/knowledge/write-file.ts';
import type { KnowledgeRow } from '../../storage/store.ts';
import type { World } from '../ports.ts';
import { journalsOf } from './journal.ts';

/** How entries of a row are told: as they were written, or with what was counted since. */
type Told = (row: KnowledgeRow) => Entry;

/** A shelf that Steady keeps in its storage, as the files that it would be: kb, archive, journal. None of them is empty. */
export async function shelfFiles(
  world: Pick<World, 'store'>,
  team: string,
  shelf: string,
  told: Told,
): Promise<ReadonlyMap<string, KnowledgeFile>> {
  const files = new Map<string, KnowledgeFile>();
  for (const [folder, at, title] of [
    ['kb', shelf, (kind: Kind) => `${kind[0]?.toUpperCase()}${kind.slice(1)}`],
    ['archive', archiveShelf(shelf), (kind: Kind) => `Archive of ${kind}`],
  ] as const) {
    const rows = await world.store.knowledge(team, [at]);
    for (const kind of KINDS) {
      const texts = rows.filter((row) => row.kind === kind).map((row) => formatEntry(told(row)));
      if (texts.length > 0)
        files.set(`${folder}/${kind}.md`, readFile(kind, [`# ${title(kind)}\n`, ...texts].join('\n')));
    }
  }
  for (const [month, file] of [...(await journalsOf(world, team, shelf))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  ))
    files.set(journalPath(month), file);
  return files;
}
