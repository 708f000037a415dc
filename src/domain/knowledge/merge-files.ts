import { type Entry, headingOf } from './entry.ts';
import { entriesOf, type KnowledgeFile, type Piece, readFile, textOf } from './read-file.ts';
import { besidesMeta, formatEntry, withMeta, withRaw } from './write-file.ts';

type EntryPiece = Extract<Piece, { kind: 'entry' }>;

/** A file that two sides changed since `ancestor`, and what a person may want to look at. */
export interface Merged {
  readonly file: KnowledgeFile;
  /** Entries that both changed: both texts are there, ours under a key of its own. */
  readonly conflicts: readonly { readonly key: string; readonly keptAs: string }[];
}

/**
 * Joins two changed versions of one file, entry by entry; neither side loses anything. What only one side changed or removed
 * is changed or removed; metadata that both changed is added up; a body that both changed stays twice.
 */
export function mergeFiles(ancestor: KnowledgeFile, ours: KnowledgeFile, theirs: KnowledgeFile): Merged {
  if (textOf(ours) === textOf(ancestor)) return { file: theirs, conflicts: [] };
  if (textOf(theirs) === textOf(ancestor)) return { file: ours, conflicts: [] };
  const before = byIdentity(ancestor);
  const mine = byIdentity(ours);
  const other = byIdentity(theirs);
  const conflicts: { key: string; keptAs: string }[] = [];
  const extra: string[] = [];
  const kept = theirs.pieces.flatMap((piece): string[] => {
    if (piece.kind === 'text') return [piece.raw];
    const id = other.idOf(piece);
    const own = mine.piece(id);
    const old = before.piece(id);
    if (own === undefined) return old !== undefined && old.raw === piece.raw ? [] : [piece.raw];
    if (own.raw === piece.raw || own.raw === old?.raw) return [piece.raw];
    if (piece.raw === old?.raw) return [own.raw];
    if (besidesMeta(own.raw) === besidesMeta(piece.raw))
      return [withMeta(piece.raw, together(old?.entry, own.entry, piece.entry))];
    const entry = { ...own.entry, key: freeKey(own.entry.key, [...entriesOf(ours), ...entriesOf(theirs)]) };
    conflicts.push({ key: own.entry.key, keptAs: entry.key });
    extra.push(formatEntry(entry));
    return [piece.raw];
  });
  for (const [id, own] of mine.all)
    if (other.piece(id) === undefined && own.raw !== before.piece(id)?.raw) extra.push(own.raw);
  // What could not be read is somebody's, too.
  const known = new Set([...ancestor.pieces, ...theirs.pieces].map((piece) => piece.raw));
  for (const piece of ours.pieces.slice(1))
    if (piece.kind === 'text' && !known.has(piece.raw)) extra.push(piece.raw);
  const joined = readFile(theirs.kind, mergedText(ancestor, ours, theirs, kept));
  return { file: extra.reduce(withRaw, joined), conflicts };
}

interface Identified {
  readonly all: ReadonlyMap<string, EntryPiece>;
  piece(id: string): EntryPiece | undefined;
  idOf(piece: EntryPiece): string;
}

/** Entries by heading; of several equal headings by their place among them. */
function byIdentity(file: KnowledgeFile): Identified {
  const all = new Map<string, EntryPiece>();
  const ids = new Map<EntryPiece, string>();
  const seen = new Map<string, number>();
  for (const piece of file.pieces) {
    if (piece.kind !== 'entry') continue;
    const heading = headingOf(piece.entry);
    const nth = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, nth);
    const id = `${heading}\n${nth}`;
    all.set(id, piece);
    ids.set(piece, id);
  }
  return { all, piece: (id) => all.get(id), idOf: (piece) => ids.get(piece) ?? '' };
}

/** What stands before the first entry: whoever changed it, wins; where both did, both are kept. */
function mergedText(
  ancestor: KnowledgeFile,
  ours: KnowledgeFile,
  theirs: KnowledgeFile,
  kept: readonly string[],
): string {
  const [old, own, other] = [ancestor, ours, theirs].map(opening) as [string, string, string];
  if (own === old || own === other) return kept.join('');
  const rest = theirs.pieces[0]?.kind === 'text' ? kept.slice(1) : kept;
  if (other === old) return [own, ...rest].join('');
  const added = own.split('\n').filter((line) => line.trim() !== '' && !other.split('\n').includes(line));
  return [
    other,
    added.length === 0 ? '' : `${other.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n\n`,
    ...rest,
  ].join('');
}

function opening(file: KnowledgeFile): string {
  const [first] = file.pieces;
  return first?.kind === 'text' ? first.raw : '';
}

function together(old: Entry | undefined, own: Entry, other: Entry) {
  const lastUsed = [own.lastUsed, other.lastUsed]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  const status = own.status === old?.status ? other.status : own.status;
  return {
    type: own.type === old?.type ? other.type : own.type,
    tags: [...new Set([...other.tags, ...own.tags])],
    used: Math.max(0, own.used + other.used - (old?.used ?? 0)),
    pinned: own.pinned === (old?.pinned ?? false) ? other.pinned : own.pinned,
    ...(lastUsed !== undefined && { lastUsed }),
    ...(status !== undefined && { status }),
  };
}

/** `key-v2`, or the first such number that nobody has. */
export function freeKey(key: string, entries: readonly Pick<Entry, 'key'>[]): string {
  const taken = new Set(entries.map((one) => one.key));
  const stem = key.replace(/-v\d{1,4}$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${stem}-v${number}`)) return `${stem}-v${number}`;
}
