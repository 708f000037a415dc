import type { PersonId } from '../incident.ts';
import { type Entry, type Kind, supersededBy } from './entry.ts';

/** Where an entry is kept, and so who sees it: what ships with Steady, what an organisation shares, what one person keeps. */
export type Shelf = 'shipped' | `org/${string}` | `personal/${PersonId}`;

export const SHIPPED: Shelf = 'shipped';

export function orgShelf(name: string): Shelf {
  return `org/${name}`;
}

export function personalShelf(person: PersonId): Shelf {
  return `personal/${person}`;
}

/** What happened to a shelf, as pieces of its journal in order; nothing that anybody finds by words. */
export function journalShelf(shelf: string): string {
  return `journal/${shelf}`;
}

/** What a shelf without files had once, or brought along; nothing that anybody finds by words. */
export function archiveShelf(shelf: string): string {
  return `archive/${shelf}`;
}

/** `yours`, `acme`, `shipped`: the tier as every shown entry says it. */
export function sayShelf(shelf: string): string {
  return shelf.startsWith('personal/') ? 'yours' : shelf.replace(/^org\//, '');
}

export function isPersonal(shelf: string): boolean {
  return shelf.startsWith('personal/');
}

/** An entry on its shelf. */
export interface Shelved {
  readonly shelf: string;
  /** Unique on the shelf. */
  readonly id: string;
  readonly kind: Kind;
  readonly entry: Entry;
}

const RANK = ['personal/', 'org/', 'shipped'];

/** Personal before org before shipped. */
function rankOf({ shelf }: Pick<Shelved, 'shelf'>): number {
  return RANK.findIndex((prefix) => shelf.startsWith(prefix));
}

/**
 * What counts of several entries: of one key the newest of the nearest tier, and nothing that a shelf says is superseded or deprecated. The
 * order stays.
 */
export function current<One extends Shelved>(all: readonly One[]): readonly One[] {
  const best = new Map<string, One>();
  const keyOf = (one: One) => `${one.kind}\n${one.entry.key.toLowerCase()}`;
  for (const one of all) {
    const known = best.get(keyOf(one));
    const [mine, its] = [rankOf(one), known ? rankOf(known) : Number.POSITIVE_INFINITY];
    if (!known || mine < its || (mine === its && one.entry.at > known.entry.at)) best.set(keyOf(one), one);
  }
  const replacedAt = new Map<string, number>();
  for (const { shelf, entry } of all)
    for (const key of supersededBy(entry))
      if (key !== entry.key)
        replacedAt.set(
          `${shelf}\n${key}`,
          Math.max(entry.at, replacedAt.get(`${shelf}\n${key}`) ?? entry.at),
        );
  const replaced = ({ shelf, entry }: One) => (replacedAt.get(`${shelf}\n${entry.key}`) ?? -1) >= entry.at;
  return all.filter(
    (one) => best.get(keyOf(one)) === one && one.entry.status !== 'deprecated' && !replaced(one),
  );
}
