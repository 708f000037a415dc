import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';

/** What only people can say, in the order it is asked. The questions ask how and what, not who and why. */
export const PARTS = [
  { name: 'factors', title: 'Contributing factors', asks: 'What made this possible, or made it worse?' },
  { name: 'well', title: 'What went well', asks: 'What helped, and should stay as it is?' },
  { name: 'badly', title: 'What did not go well', asks: 'What cost time, or got in the way?' },
  { name: 'lessons', title: 'Lessons', asks: 'What would have made this trivial to debug?' },
  { name: 'observability', title: 'Missing observability', asks: 'Which observability is missing?' },
] as const;
export type PartName = (typeof PARTS)[number]['name'];

/** People's words on one part; every line of it somebody wrote. */
export interface Words {
  readonly part: PartName;
  readonly text: string;
  /** Who wrote any of it, in order. */
  readonly by: readonly PersonId[];
  /** The seq of the last change: a form that was opened before it keeps what came since. */
  readonly seq: number;
}

/** A section that somebody rewrote in the document itself. */
export interface SectionEdit {
  /** Key of a section of ours, or `own-…` of one that people added. */
  readonly section: string;
  readonly title: string;
  /** Markdown, as it was given back. */
  readonly text: string;
  /** What the timeline said there when it was edited, as a fingerprint; absent for a section that people added. */
  readonly base?: string;
  /** Key of the section it comes after, for one that people added. */
  readonly after?: string;
  readonly by: PersonId;
  readonly at: Instant;
  readonly seq: number;
}

/** What people gave the postmortem. */
export interface Contributed {
  readonly words: readonly Words[];
  readonly edits: readonly SectionEdit[];
}

export function partNamed(name: string): (typeof PARTS)[number] | undefined {
  const word = name.trim().toLowerCase();
  return PARTS.find((one) => one.name === word || one.title.toLowerCase() === word);
}

/** Lines that are not there yet go below those that are. */
export function withLines(before: string, added: string): string {
  const there = before === '' ? [] : before.split('\n');
  const known = new Set(there.map(folded));
  const fresh = added.split('\n').filter((line) => line.trim() !== '' && !known.has(folded(line)));
  return [...there, ...fresh].join('\n');
}

function folded(line: string): string {
  return line.trim().replace(/\s+/g, ' ').toLowerCase();
}
