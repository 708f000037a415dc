import type { PersonId } from '../../domain/incident.ts';
import { bundle } from '../../domain/knowledge/bundle.ts';
import { entriesOf, textOf } from '../../domain/knowledge/read-file.ts';
import { personalShelf } from '../../domain/knowledge/shelf.ts';
import type { World } from '../ports.ts';
import { shelfFiles } from './shelf-files.ts';
import { shelvedOf } from './shelve.ts';

/** What one person keeps, as one text. */
export interface Exported {
  readonly entries: number;
  readonly files: number;
  /** The files that it would be, below their names; `steady kb import` reads it. Undefined where there is nothing. */
  readonly text?: string;
}

/** Everything that a person keeps for themselves: entries, archive and journal, whole. */
export async function exportOwn(world: World, team: string, person: PersonId): Promise<Exported> {
  const files = await shelfFiles(world, team, personalShelf(person), (row) => shelvedOf(row).entry);
  const entries = [...files].flatMap(([path, file]) => (path.startsWith('kb/') ? entriesOf(file) : []));
  if (files.size === 0) return { entries: 0, files: 0 };
  return {
    entries: entries.length,
    files: files.size,
    text: bundle(new Map([...files].map(([path, file]) => [path, textOf(file)]))),
  };
}
