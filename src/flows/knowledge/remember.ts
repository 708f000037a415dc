import { RuleViolation } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { PersonId } from '../../domain/incident.ts';
import { corrected } from '../../domain/knowledge/corrected.ts';
import { dayOf, type Entry, type EntryType, type Kind, TYPE_OF } from '../../domain/knowledge/entry.ts';
import { wordsOf } from '../../domain/knowledge/find.ts';
import type { JournalNote } from '../../domain/knowledge/journal.ts';
import { provenBy } from '../../domain/knowledge/proven-by.ts';
import { entriesOf, type KnowledgeFile, readFile } from '../../domain/knowledge/read-file.ts';
import { orgShelf, personalShelf, type Shelved } from '../../domain/knowledge/shelf.ts';
import { withEntry } from '../../domain/knowledge/write-file.ts';
import { type Duration, type Instant, MINUTE } from '../../domain/time.ts';
import type { Org, World } from '../ports.ts';
import { indexFiles, noted, noting, shelvedEntry, shelvedOf } from './shelve.ts';

export interface Remembering {
  readonly team: string;
  readonly by: PersonId;
  readonly kind: Kind;
  readonly text: string;
  /** For an organisation; for the person alone where absent. */
  readonly org?: Org;
  /** The evidence that proved it: its query, window and link are kept with it. */
  readonly proof?: { readonly incident: number; readonly note: EvidenceNote };
  /** The entry that this corrects: `text` is what worked. It keeps its key, its tags and its older words. */
  readonly correcting?: Entry;
  /** A process died over it that began then: what it saved already is not saved again. */
  readonly resumedFrom?: Instant;
}

/** Saves at once what somebody wants to be known. Answers where it is. */
export async function remember(world: World, asked: Remembering): Promise<Shelved> {
  const { team, by, org, kind } = asked;
  const entry = world.redact(entryFrom(asked, await world.store.now()));
  const shelf = org ? orgShelf(org.name) : personalShelf(by);
  if (org?.repository) {
    let saved = entry;
    const files = await org.repository.change((all) => {
      const file = fileOf(all, kind);
      const before = savedBefore(asked, entry, entriesOf(file));
      saved = before ?? entry;
      if (before) return new Map();
      const note = savedNote(asked, entry, entriesOf(file));
      return new Map([[pathOf(kind), withEntry(file, entry)], noted(all, note)]);
    }, `Remember ${entry.key}`);
    await indexFiles(world.store, team, shelf, files);
    return { shelf, id: shelvedEntry(kind, saved).id, kind, entry: saved };
  }
  if (asked.resumedFrom !== undefined) {
    const there = (await world.store.knowledge(team, [shelf], kind)).map(shelvedOf);
    const before = savedBefore(
      asked,
      entry,
      there.map((one) => one.entry),
    );
    const one = there.find((each) => each.entry === before);
    if (one) return one;
  }
  const row = shelvedEntry(kind, entry);
  const alike = await world.store.searchKnowledge(team, [shelf], wordsOf(entry.key), ALIKE);
  const note = savedNote(
    asked,
    entry,
    alike.map((one) => shelvedOf(one).entry),
  );
  await world.store.saveKnowledge(team, shelf, [row], noting(shelf, note));
  return { shelf, id: row.id, kind, entry };
}

/** Entries that may have the same key. */
const ALIKE = 50;

/** A key that is there already is written again: corrected. A journal that one person alone sees need not say who. */
function savedNote({ by, kind, org }: Remembering, { at, key }: Entry, there: readonly Entry[]): JournalNote {
  const did = there.some((one) => one.key.toLowerCase() === key.toLowerCase()) ? 'corrected' : 'saved';
  return { at, did, key, kind, ...(org && { by }) };
}

/** Two machines may tell the time so differently. */
const SKEW: Duration = MINUTE;

/**
 * The same words, saved since it was asked for: the process that died got so far. Were they somebody else's, nothing would be lost
 * either, because they are the same.
 */
function savedBefore(
  { resumedFrom }: Remembering,
  { key, body }: Entry,
  there: readonly Entry[],
): Entry | undefined {
  if (resumedFrom === undefined) return undefined;
  return there.findLast((one) => one.at > resumedFrom - SKEW && one.key === key && one.body === body.trim());
}

export function pathOf(kind: Kind): string {
  return `kb/${kind}.md`;
}

export function fileOf(files: ReadonlyMap<string, KnowledgeFile>, kind: Kind): KnowledgeFile {
  return files.get(pathOf(kind)) ?? readFile(kind, `# ${kind[0]?.toUpperCase()}${kind.slice(1)}\n`);
}

const KEY_WORDS = 8;
const KEY_LENGTH = 60;

function entryFrom({ text, kind, proof, correcting }: Remembering, now: number): Entry {
  const said = text.trim();
  if (said === '')
    throw new RuleViolation(
      'nothing-to-remember',
      'What should be remembered? `remember the pool of checkout holds 40`.',
    );
  if (correcting) return corrected(correcting, said, now);
  const tags = [...said.matchAll(/(?<![\p{L}\p{N}/])#([\p{L}\p{N}][\p{L}\p{N}_-]{1,40})/gu)].map(
    (found) => found[1] ?? '',
  );
  const without = said
    .replace(/(?<![\p{L}\p{N}/])#[\p{L}\p{N}][\p{L}\p{N}_-]{1,40}/gu, '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
  const [, named, rest] = /^([^\n:`"']{3,60}):\s+([\s\S]+)$/.exec(without) ?? [];
  const type: EntryType = TYPE_OF[kind];
  return {
    at: Math.floor(now / 1_000) * 1_000,
    key: named?.trim() ?? keyFrom(without || said),
    type,
    tags: [...new Set(tags.map((tag) => tag.toLowerCase()))],
    used: 0,
    lastUsed: dayOf(now),
    pinned: false,
    body: [
      rest?.trim() ?? (without || said),
      ...(proof ? ['', ...provenBy(proof.note, proof.incident)] : []),
    ].join('\n'),
  };
}

/** The first words, without the signs around them. */
function keyFrom(text: string): string {
  const words = (text.split('\n')[0] ?? '').split(/\s+/).slice(0, KEY_WORDS);
  let key = '';
  for (const word of words) {
    if (key !== '' && key.length + word.length >= KEY_LENGTH) break;
    key = key === '' ? word.slice(0, KEY_LENGTH) : `${key} ${word}`;
  }
  return key.toWellFormed().replace(/[.,;:!?]+$/, '') || 'without a title';
}
