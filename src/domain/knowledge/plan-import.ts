import { dayOf, type Entry, type EntryType, headingOf, KINDS, type Kind } from './entry.ts';
import { JOURNAL_PATH } from './journal.ts';
import { freeKey } from './merge-files.ts';
import { entriesOf, type KnowledgeFile, type Piece, readFile, textOf } from './read-file.ts';
import { besidesMeta, closed, contained, withMeta, withRaw } from './write-file.ts';

type Files = ReadonlyMap<string, KnowledgeFile>;

/** A piece of a file that comes in. */
export interface Taken {
  /** Where it goes: `kb/facts.md`. */
  readonly path: string;
  readonly raw: string;
  /** Undefined for text that is no entry. */
  readonly entry?: Entry;
  /** The piece that it takes the place of: the same, which helped less often. */
  readonly replaces?: string;
}

/** What becomes of one file. */
export interface FileReport {
  readonly path: string;
  readonly entries: number;
  readonly added: number;
  /** There already, with other counts: the greater ones stay. */
  readonly merged: number;
  readonly there: number;
  /** What a person may want to look at, each with its line: `kb/facts.md:12: …`. Never a secret's text. */
  readonly notes: readonly string[];
}

export interface ImportPlan {
  readonly reports: readonly FileReport[];
  readonly taken: readonly Taken[];
}

/**
 * Plans how files of an older base come into `target`: entries are joined and none is lost on either side, what is there already is left
 * alone, so that a second import changes nothing. What holds a secret stays out, named by its key and line alone. `clean` answers a text
 * without its secrets, or throws where it cannot tell.
 */
export function planImport(
  sources: ReadonlyMap<string, string>,
  target: Files,
  clean: (text: string) => string,
): ImportPlan {
  const taken: Taken[] = [];
  const files = new Map(target);
  const reports = [...sources].map(([path, text]): FileReport => {
    const kind = KINDS.find((one) => path === `kb/${one}.md` || path === `archive/${one}.md`);
    const known = kind !== undefined || JOURNAL_PATH.test(path) || path.startsWith('archive/');
    if (!known) return { path, ...NOTHING, notes: [`${path}: not a file of a knowledge base; left alone`] };
    const file = readFile(kind ?? 'facts', text);
    const notes = file.problems.map(({ line, why }) => `${path}:${line}: ${why}`);
    const count = { entries: 0, added: 0, merged: 0, there: 0 };
    let line = 1;
    for (const piece of file.pieces) {
      const at = `${path}:${line}`;
      line += piece.raw.split('\n').length - 1;
      if (piece.kind === 'entry') count.entries++;
      else if (isOrnament(piece.raw)) continue;
      if (!isClean(piece.raw, clean)) {
        notes.push(`${at}: ${nameOf(piece, clean)}holds a secret; not taken`);
        continue;
      }
      const to = kind === undefined && !JOURNAL_PATH.test(path) ? `archive/${kindOf(piece)}.md` : path;
      const one = takenInto(files.get(to), to, piece);
      if (one === 'there') {
        if (piece.kind === 'entry') count.there++;
        continue;
      }
      if (piece.kind === 'entry' && one.entry) {
        const others = files.get(to);
        const same = one.replaces === undefined && others ? sameKey(others, piece.entry) : undefined;
        if (one.entry.key !== piece.entry.key)
          notes.push(`${at}: ${piece.entry.key}: another text has its heading; comes in as ${one.entry.key}`);
        else if (same && path.startsWith('kb/'))
          notes.push(
            `${at}: ${piece.entry.key}: also there, of ${dayOf(same.at)}; both stay, the newest counts`,
          );
        if (one.replaces === undefined) count.added++;
        else count.merged++;
      }
      taken.push(one);
      files.set(to, withTaken(files.get(to), one));
    }
    return { path, ...count, notes };
  });
  return { reports, taken };
}

const NOTHING = { entries: 0, added: 0, merged: 0, there: 0 } as const;

/** Files with what comes in; only those that change. */
export function importedInto(files: Files, taken: readonly Taken[]): ReadonlyMap<string, KnowledgeFile> {
  const changed = new Map<string, KnowledgeFile>();
  for (const one of taken)
    changed.set(one.path, withTaken(changed.get(one.path) ?? files.get(one.path), one));
  return changed;
}

function withTaken(file: KnowledgeFile | undefined, { path, raw, entry, replaces }: Taken): KnowledgeFile {
  const before = file ?? readFile(kindAt(path), titleOf(path));
  if (replaces !== undefined)
    return readFile(
      before.kind,
      textOf({ pieces: before.pieces.map((piece) => (piece.raw === replaces ? { ...piece, raw } : piece)) }),
    );
  if (entry || raw.startsWith('## M-')) return withRaw(before, ended(raw));
  // Words of no entry go before all entries, so that they become part of none, and swallow none.
  const [first, ...rest] = before.pieces;
  const opening = first?.kind === 'text' ? first.raw : '';
  const others = first?.kind === 'text' ? rest : before.pieces;
  return readFile(before.kind, `${ended(opening)}${ended(closed(raw))}${textOf({ pieces: others })}`);
}

function takenInto(file: KnowledgeFile | undefined, path: string, piece: Piece): Taken | 'there' {
  const there = file?.pieces ?? [];
  if (there.some((one) => one.raw.trim() === piece.raw.trim())) return 'there';
  if (piece.kind === 'text')
    return file && textOf(file).includes(piece.raw.trim()) ? 'there' : { path, raw: piece.raw };
  const { entry } = piece;
  const alike = there.flatMap((one) =>
    one.kind === 'entry' && one.entry.at === entry.at && stemOf(one.entry.key) === stemOf(entry.key)
      ? [one]
      : [],
  );
  // One that says more says this as well.
  const same = alike.find((one) => `${contained(one.entry.body)}\n`.startsWith(`${contained(entry.body)}\n`));
  if (same) {
    const raw = withMeta(same.raw, together(same.entry, entry));
    const [merged] = entriesOf(readFile(kindAt(path), raw));
    return raw === same.raw || !merged || besidesMeta(raw) !== besidesMeta(same.raw)
      ? 'there'
      : { path, raw, entry: merged, replaces: same.raw };
  }
  if (!alike.some((one) => one.entry.key === entry.key)) return { path, raw: piece.raw, entry };
  const key = freeKey(entry.key, file ? entriesOf(file) : []);
  const heading = headingOf(entry);
  const raw = piece.raw.replace(heading, () => headingOf({ at: entry.at, key }));
  return { path, raw, entry: { ...entry, key } };
}

/** The greater of both, so that counting twice changes nothing. */
function together(one: Entry, other: Entry) {
  const lastUsed = [one.lastUsed, other.lastUsed]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  const tags = [...new Set([...one.tags, ...other.tags])];
  return {
    ...(other.used > one.used && { used: other.used }),
    ...(lastUsed !== undefined && lastUsed !== one.lastUsed && { lastUsed }),
    ...(other.pinned && !one.pinned && { pinned: true }),
    ...(tags.length > one.tags.length && { tags }),
  };
}

function sameKey(file: KnowledgeFile, { key }: Entry): Entry | undefined {
  return entriesOf(file).find((one) => one.key.toLowerCase() === key.toLowerCase());
}

function isClean(text: string, clean: (text: string) => string): boolean {
  try {
    return clean(text) === text;
  } catch {
    return false;
  }
}

/** A key is named only where it is no secret itself. */
function nameOf(piece: Piece, clean: (text: string) => string): string {
  return piece.kind === 'entry' && isClean(piece.entry.key, clean) ? `${piece.entry.key} ` : '';
}

const KIND_OF: Readonly<Record<EntryType, Kind>> = {
  fact: 'facts',
  pattern: 'patterns',
  query: 'queries',
  incident: 'incidents',
  note: 'facts',
};

/** Where an entry of an archive belongs whose file has a name of its own. */
function kindOf(piece: Piece): Kind {
  return piece.kind === 'entry' ? KIND_OF[piece.entry.type] : 'facts';
}

function kindAt(path: string): Kind {
  return KINDS.find((kind) => path.endsWith(`/${kind}.md`)) ?? 'facts';
}

/** A title, blank lines and rules: every file has its own. */
function isOrnament(raw: string): boolean {
  return raw
    .replace(/<!--[\s\S]*?-->/g, '')
    .split('\n')
    .every((line) => /^\s*(?:# .*|-{3,})?\s*$/.test(line));
}

function titleOf(path: string): string {
  const [folder = '', name = ''] = path.replace(/\.md$/, '').split('/');
  if (folder === 'journal') return `# Journal of ${name.replace('journal-', '')}\n`;
  return folder === 'archive' ? `# Archive of ${name}\n` : `# ${name[0]?.toUpperCase()}${name.slice(1)}\n`;
}

function stemOf(key: string): string {
  return key.replace(/-v\d{1,4}$/, '');
}

function ended(raw: string): string {
  return raw === '' || raw.endsWith('\n') ? raw : `${raw}\n`;
}
