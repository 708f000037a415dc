import type { PersonId } from '../../domain/incident.ts';
import { dayOf } from '../../domain/knowledge/entry.ts';
import { type Match, rank, wordsOf } from '../../domain/knowledge/find.ts';
import { current, orgShelf, personalShelf, SHIPPED, type Shelved } from '../../domain/knowledge/shelf.ts';
import type { World } from '../ports.ts';
import { shelvedOf } from './shelve.ts';

export interface Recalling {
  readonly team: string;
  /** Whose own knowledge is looked through as well; nobody's where absent: what a channel hears is never personal. */
  readonly person?: PersonId;
  readonly text: string;
  /** Default 5. */
  readonly most?: number;
}

export interface Recalled {
  readonly matches: readonly Match[];
  /** How many match besides, of those that were looked at. */
  readonly more: number;
  /** Shelves that could not be read as they are now, with the reason. */
  readonly unread: readonly { readonly shelf: string; readonly why: string }[];
}

/** Candidates from the index; more than are shown, because the order is decided here. */
const CANDIDATES = 40;
/** Entries that may have one key's words in their own: the one of the key itself must be among them. */
const NAMESAKES = 1_000;

export function shelvesFor(world: Pick<World, 'knowledge'>, person: PersonId | undefined): readonly string[] {
  return [
    ...(person === undefined ? [] : [personalShelf(person)]),
    ...(world.knowledge?.orgs ?? []).map((org) => orgShelf(org.name)),
    SHIPPED,
  ];
}

/** What is known about some words, best first. */
export async function recall(world: World, asked: Recalling): Promise<Recalled> {
  const words = wordsOf(asked.text);
  const rows = await world.store.searchKnowledge(
    asked.team,
    shelvesFor(world, asked.person),
    words,
    CANDIDATES,
  );
  const matches = rank(current(rows.map(shelvedOf)), words, await world.store.now());
  const shown = matches.slice(0, asked.most ?? 5);
  return { matches: shown, more: matches.length - shown.length, unread: unreadOf(world) };
}

/** Everything of one kind that counts, by key. */
export async function everything(
  world: World,
  asked: { readonly team: string; readonly person?: PersonId; readonly kind: string },
): Promise<readonly Shelved[]> {
  const rows = await world.store.knowledge(asked.team, shelvesFor(world, asked.person), asked.kind);
  return [...current(rows.map(shelvedOf))].sort((a, b) =>
    a.entry.key.toLowerCase() < b.entry.key.toLowerCase() ? -1 : 1,
  );
}

/** The entry of a key (or the one that is nearest to it) that somebody may change: their own, else their organisation's. */
export async function entryNamed(
  world: World,
  team: string,
  person: PersonId,
  key: string,
): Promise<Shelved | undefined> {
  const rows = await world.store.searchKnowledge(team, shelvesFor(world, person), wordsOf(key), NAMESAKES);
  const wanted = key.trim().toLowerCase();
  return current(rows.map(shelvedOf)).find((one) => one.entry.key.toLowerCase() === wanted);
}

/** An entry by its place; undefined where it is gone. */
export async function entryAt(
  world: World,
  team: string,
  { shelf, id }: Pick<Shelved, 'shelf' | 'id'>,
): Promise<Shelved | undefined> {
  const rows = await world.store.knowledge(team, [shelf]);
  const row = rows.find((one) => one.id === id);
  return row && shelvedOf(row);
}

export async function helped(
  world: World,
  team: string,
  { shelf, id }: Pick<Shelved, 'shelf' | 'id'>,
): Promise<void> {
  await world.store.countUse(team, shelf, id, dayOf(await world.store.now()));
}

/** Tiers that could not be read as they are now. */
export function unreadOf(world: Pick<World, 'knowledge'>): Recalled['unread'] {
  return (world.knowledge?.orgs ?? []).flatMap((org) => {
    const why = org.repository?.state().why;
    return why === undefined ? [] : [{ shelf: orgShelf(org.name), why }];
  });
}
