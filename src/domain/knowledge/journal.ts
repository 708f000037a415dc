import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { Entry, Kind } from './entry.ts';
import { type KnowledgeFile, readFile } from './read-file.ts';
import { formatBlock, withRaw } from './write-file.ts';

export const DEEDS = ['saved', 'corrected', 'forgotten', 'taken back', 'slept', 'imported'] as const;
/** What happened to knowledge. */
export type Deed = (typeof DEEDS)[number];

/** One thing that happened to a shelf, as its journal tells it. */
export interface JournalNote {
  readonly at: Instant;
  readonly did: Deed;
  /** What it happened to: a key; of a sleep or an import nothing. */
  readonly key?: string;
  readonly kind?: Kind;
  /** Slack's id of who did it, never a name; nobody where Steady did it by itself, or where the shelf is one person's. */
  readonly by?: PersonId;
  /** What there is to tell beside, a line each. */
  readonly lines?: readonly string[];
}

/** The files of a base that only grow: `journal/journal-2026-11.md`. */
export const JOURNAL_PATH = /^journal\/journal-(\d{4}-\d{2})\.md$/;

export function journalPath(month: string): string {
  return `journal/journal-${month}.md`;
}

/** `2026-11`, in UTC. */
export function monthOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7);
}

/**
 * A note as text: an entry of type note, as journals that people keep by hand have them, under `## M-2026-11-28T14:02:11Z`.
 * https://github.com/axiomhq/skills/blob/main/skills/sre/reference/memory-system.md
 */
export function formatNote({ at, did, key, kind, by, lines = [] }: JournalNote): string {
  const what = key === undefined ? '' : ` ${kind === undefined ? '' : `${kind}/`}${key}`;
  return formatBlock(
    { at: Math.floor(at / 1_000) * 1_000, key: `${did}${what}` },
    ['type: note', `tags: ${did.replace(' ', '-')}`, 'schema_version: 1'],
    [`${did[0]?.toUpperCase()}${did.slice(1)}${by === undefined ? '' : ` by ${by}`}.`, ...lines].join('\n'),
  );
}

/** The first line of a note that Steady wrote: `Saved by U0123.` */
const BY = /^[A-Z][a-z ]{1,20} by ([UW][A-Z0-9]{1,30})\.$/;

/** Who did what a note tells, where it says so. */
export function doerOf({ body }: Pick<Entry, 'body'>): PersonId | undefined {
  return BY.exec(body.split('\n')[0] ?? '')?.[1];
}

/** A month's journal with one more note at its end; everything before it stays as it is. */
export function withNote(file: KnowledgeFile | undefined, note: JournalNote): KnowledgeFile {
  return withRaw(file ?? emptyJournal(monthOf(note.at)), formatNote(note));
}

export function emptyJournal(month: string): KnowledgeFile {
  return readFile('facts', journalTitle(month));
}

export function journalTitle(month: string): string {
  return `# Journal of ${month}\n`;
}
