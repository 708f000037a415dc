import type { Instant } from '../time.ts';

/** The five files of a knowledge base, `kb/<kind>.md`. */
export const KINDS = ['facts', 'patterns', 'queries', 'incidents', 'integrations'] as const;
export type Kind = (typeof KINDS)[number];

export const ENTRY_TYPES = ['fact', 'pattern', 'query', 'incident', 'note'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** The type that belongs into a file; an integration note is a fact about a system. */
export const TYPE_OF: Readonly<Record<Kind, EntryType>> = {
  facts: 'fact',
  patterns: 'pattern',
  queries: 'query',
  incidents: 'incident',
  integrations: 'fact',
};

/** One thing that is known. Dates without a time are days in UTC. */
export interface Entry {
  /** When it was written, to the second: `M-2026-11-28T14:02:11Z`. */
  readonly at: Instant;
  /** May hold spaces. Several entries of one key are versions of one thing; the newest counts. */
  readonly key: string;
  readonly type: EntryType;
  readonly tags: readonly string[];
  /** How often it helped. */
  readonly used: number;
  /** Day on which it last helped, `2026-11-28`. */
  readonly lastUsed?: string;
  /** Never archived for its age. */
  readonly pinned: boolean;
  /** `active`, `stale`, `deprecated` or whatever a team writes. */
  readonly status?: string;
  readonly body: string;
}

/** The line that begins an entry, without its end of line. */
export function headingOf({ at, key }: Pick<Entry, 'at' | 'key'>): string {
  return `## M-${new Date(at).toISOString().slice(0, 19)}Z ${key}`;
}

/** Keys that an entry says it replaces: ``Supersedes `older-key` ``. */
export function supersededBy(entry: Pick<Entry, 'body'>): readonly string[] {
  return [...entry.body.matchAll(/\bSupersedes\s{1,8}`([^`\n]{1,300})`/g)].map((found) => found[1] ?? '');
}

/** The day of an instant in UTC, as the files write it. */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The first line of a body that says something, without markdown's ornaments. */
export function summaryOf({ body }: Pick<Entry, 'body'>): string {
  for (const line of body.split('\n')) {
    const said = line.replaceAll('**', '').replace(/^[#>*\-\s]+|[*\s]+$/g, '');
    if (said !== '' && !/^(?:summary|details|symptoms)$/i.test(said) && !said.startsWith('```')) return said;
  }
  return '';
}
