import { DAY, type Duration, type Instant } from '../time.ts';
import { dayOf, type Entry, KINDS, type Kind, supersededBy, TYPE_OF } from './entry.ts';
import { entriesOf, type KnowledgeFile, type Piece, readFile, textOf } from './read-file.ts';
import { withMeta, withRaw } from './write-file.ts';

/** A knowledge base: its five files; one that is absent is empty. */
export type Knowledge = Readonly<Partial<Record<Kind, KnowledgeFile>>>;

export interface ConsolidationRules {
  /** An entry that nobody pinned and that helped nobody for so long is archived. Default 180 days. */
  readonly staleAfter: Duration;
}

export const DEFAULT_CONSOLIDATION: ConsolidationRules = { staleAfter: 180 * DAY };

/** One thing that sleep would do, with its reason. */
export type Consolidation = {
  readonly kind: Kind;
  readonly entry: Entry;
  readonly why: string;
} & ({ readonly do: 'archive' } | { readonly do: 'retype'; readonly type: Entry['type'] });

/** What sleep changes: a plan that is shown first and applied as it was shown. */
export interface ConsolidationPlan {
  readonly steps: readonly Consolidation[];
  /** The base afterwards, of files that change. */
  readonly files: Knowledge;
  /** What `archive/<kind>.md` gains, as text to be appended. */
  readonly archived: Readonly<Partial<Record<Kind, string>>>;
}

/**
 * Plans the consolidation of one base: of entries with one key the newest stays, what another entry supersedes, and what is stale and not
 * pinned, goes to the archive; types that do not fit their file are mended. A pinned entry stays, whatever it is. Nothing is deleted.
 */
export function planConsolidation(
  knowledge: Knowledge,
  now: Instant,
  rules: ConsolidationRules = DEFAULT_CONSOLIDATION,
): ConsolidationPlan {
  const steps: Consolidation[] = [];
  const files: Partial<Record<Kind, KnowledgeFile>> = {};
  const archived: Partial<Record<Kind, string>> = {};
  const superseded = supersededKeys(knowledge);
  for (const kind of KINDS) {
    const file = knowledge[kind];
    if (!file) continue;
    const newest = newestByKey(file);
    const gone = new Set<Piece>();
    let retyped = false;
    const pieces = file.pieces.map((piece): Piece => {
      if (piece.kind === 'text') return piece;
      const { entry } = piece;
      const why = entry.pinned ? undefined : reasonToGo(piece, newest, superseded, now, rules);
      if (why !== undefined) {
        steps.push({ do: 'archive', kind, entry, why });
        gone.add(piece);
        return piece;
      }
      if (entry.type === TYPE_OF[kind] || kind === 'facts' || kind === 'integrations') return piece;
      retyped = true;
      const type = TYPE_OF[kind];
      steps.push({ do: 'retype', kind, entry, type, why: `it stands in ${kind}.md and says ${entry.type}` });
      return { ...piece, raw: withMeta(piece.raw, { type }) };
    });
    if (gone.size === 0 && !retyped) continue;
    const mended = readFile(kind, textOf({ pieces: pieces.filter((piece) => !gone.has(piece)) }));
    files[kind] = mended;
    if (gone.size > 0) archived[kind] = [...gone].map((piece) => ended(piece.raw)).join('');
  }
  return { steps, files, archived };
}

/** The archive of a kind with more at its end; entries that it has already are not put there twice. */
export function withArchived(archive: KnowledgeFile, added: string): KnowledgeFile {
  const known = new Set(archive.pieces.map((piece) => piece.raw.trim()));
  return readFile(archive.kind, added)
    .pieces.filter((piece) => !known.has(piece.raw.trim()))
    .reduce((file, piece) => withRaw(file, piece.raw), archive);
}

/** The plan in lines a person reads before it happens. */
export function sayPlan({ steps }: Pick<ConsolidationPlan, 'steps'>): readonly string[] {
  return steps.map(
    (step) =>
      `${step.do === 'archive' ? 'archive' : `type ${step.entry.type} → ${step.type}`}  ${step.kind}/${step.entry.key}  (${step.why})`,
  );
}

function ended(raw: string): string {
  return raw.endsWith('\n') ? raw : `${raw}\n`;
}

type EntryPiece = Extract<Piece, { kind: 'entry' }>;

/** Of several of the same second, the one that stands last in the file was written last. */
function newestByKey(file: KnowledgeFile): ReadonlyMap<string, EntryPiece> {
  const newest = new Map<string, EntryPiece>();
  for (const piece of file.pieces) {
    if (piece.kind !== 'entry') continue;
    const known = newest.get(piece.entry.key);
    if (!known || piece.entry.at >= known.entry.at) newest.set(piece.entry.key, piece);
  }
  return newest;
}

/** Keys that some entry supersedes, with the newest entry that says so. One cannot supersede itself. */
function supersededKeys(knowledge: Knowledge): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const kind of KINDS)
    for (const entry of knowledge[kind] ? entriesOf(knowledge[kind]) : [])
      for (const key of supersededBy(entry)) {
        const known = found.get(key);
        if (key !== entry.key && (!known || entry.at > known.at)) found.set(key, entry);
      }
  return found;
}

function reasonToGo(
  piece: EntryPiece,
  newest: ReadonlyMap<string, EntryPiece>,
  superseded: ReadonlyMap<string, Entry>,
  now: Instant,
  rules: ConsolidationRules,
): string | undefined {
  const { entry } = piece;
  const latest = newest.get(entry.key);
  if (latest && latest !== piece) return `a newer one of ${dayOf(latest.entry.at)} has its key`;
  const by = superseded.get(entry.key);
  // A key that was written again after it was superseded is a new thing.
  if (by && by.at >= entry.at) return `superseded by ${by.key}`;
  const seen = Math.max(entry.at, entry.lastUsed === undefined ? 0 : Date.parse(entry.lastUsed));
  if (now - seen > rules.staleAfter) return `helped nobody since ${dayOf(seen)}`;
  return undefined;
}
