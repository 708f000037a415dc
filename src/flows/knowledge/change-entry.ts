import { RuleViolation } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/incident.ts';
import { headingOf } from '../../domain/knowledge/entry.ts';
import type { Deed, JournalNote } from '../../domain/knowledge/journal.ts';
import { type KnowledgeFile, type Piece, readFile, textOf } from '../../domain/knowledge/read-file.ts';
import { isPersonal, orgShelf, SHIPPED, type Shelved, sayShelf } from '../../domain/knowledge/shelf.ts';
import { withEntry, withMeta } from '../../domain/knowledge/write-file.ts';
import type { Json } from '../../storage/store.ts';
import type { Org, World } from '../ports.ts';
import { fileOf, pathOf } from './remember.ts';
import { indexFiles, noted, noting, shelvedEntry } from './shelve.ts';

/** Pins an entry, so that no sleep archives it, or takes the pin away. */
export async function pinEntry(world: World, team: string, one: Shelved, pinned: boolean): Promise<void> {
  const entry = { ...one.entry, pinned };
  const org = orgOf(world, one);
  if (org?.repository)
    await rewrite(world, team, org, one, `${pinned ? 'Pin' : 'Unpin'} ${one.entry.key}`, (file) =>
      mapEntry(file, one, (raw) => withMeta(raw, { pinned })),
    );
  else await world.store.saveKnowledge(team, one.shelf, [{ ...shelvedEntry(one.kind, entry), id: one.id }]);
}

/** Forgets an entry. The last one that a person forgot can be taken back. */
export async function forgetEntry(world: World, team: string, by: PersonId, one: Shelved): Promise<void> {
  const org = orgOf(world, one);
  await world.store.remember(team, forgotten(by), one as unknown as Json);
  const note = await noteOf(world, org && by, 'forgotten', one);
  if (org?.repository)
    await rewrite(
      world,
      team,
      org,
      one,
      `Forget ${one.entry.key}`,
      (file) => mapEntry(file, one, () => ''),
      note,
    );
  else await world.store.forgetKnowledge(team, one.shelf, one.id, { beside: noting(one.shelf, note) });
}

/** Takes back what a person forgot last. */
export async function unforget(world: World, team: string, by: PersonId): Promise<Shelved> {
  const one = (await world.store.recall(team, forgotten(by))) as unknown as Shelved | null | undefined;
  if (!one) throw new RuleViolation('nothing-forgotten', 'You forgot nothing that could be taken back.');
  const org = orgOf(world, one);
  const note = await noteOf(world, org && by, 'taken back', one);
  if (org?.repository)
    await rewrite(
      world,
      team,
      org,
      one,
      `Take back ${one.entry.key}`,
      (file) => withEntry(file, one.entry),
      note,
    );
  else
    await world.store.forgetKnowledge(team, one.shelf, one.id, {
      undo: true,
      beside: noting(one.shelf, note),
    });
  await world.store.remember(team, forgotten(by), null);
  return one;
}

async function noteOf(
  world: World,
  by: PersonId | undefined,
  did: Deed,
  { kind, entry }: Shelved,
): Promise<JournalNote> {
  return { at: await world.store.now(), did, kind, key: entry.key, ...(by !== undefined && { by }) };
}

function forgotten(by: PersonId): string {
  return `knowledge/forgotten/${by}`;
}

/** The organisation an entry belongs to; undefined for a person's own. What ships with Steady is nobody's to change. */
function orgOf(world: World, one: Shelved): Org | undefined {
  if (one.shelf === SHIPPED)
    throw new RuleViolation(
      'shipped',
      `\`${one.entry.key}\` ships with Steady. Save one of your own with the same key: it is shown instead.`,
    );
  const org = world.knowledge?.orgs.find(({ name }) => orgShelf(name) === one.shelf);
  if (!org && !isPersonal(one.shelf))
    throw new RuleViolation('unknown-org', `\`${sayShelf(one.shelf)}\` is not configured here any more.`);
  return org;
}

async function rewrite(
  world: World,
  team: string,
  org: Org,
  { kind, shelf }: Shelved,
  message: string,
  edit: (file: KnowledgeFile) => KnowledgeFile,
  note?: JournalNote,
): Promise<void> {
  const files = await org.repository?.change((all) => {
    const file = fileOf(all, kind);
    const edited = edit(file);
    // What somebody else did meanwhile is not told twice.
    const nothing = textOf(edited) === textOf(file);
    return new Map([[pathOf(kind), edited], ...(note && !nothing ? [noted(all, note)] : [])]);
  }, message);
  if (files) await indexFiles(world.store, team, shelf, files);
}

function mapEntry(file: KnowledgeFile, one: Shelved, edit: (raw: string) => string): KnowledgeFile {
  const heading = headingOf(one.entry);
  const same = (piece: Piece) =>
    piece.kind === 'entry' && headingOf(piece.entry) === heading && piece.entry.body === one.entry.body;
  return readFile(
    file.kind,
    textOf({
      pieces: file.pieces.map((piece) => (same(piece) ? { ...piece, raw: edit(piece.raw) } : piece)),
    }),
  );
}
