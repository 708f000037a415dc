import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';

export type ConfirmAnswer = 'yes' | 'no' | 'correct-me';
export const CONFIRM_ANSWERS: readonly ConfirmAnswer[] = ['yes', 'no', 'correct-me'];

/** A statement that somebody wants to know understood rightly. */
export interface Confirmation {
  readonly seq: number;
  readonly statement: string;
  readonly by: PersonId;
  readonly answers: readonly {
    readonly by: PersonId;
    readonly says: ConfirmAnswer;
    readonly correction?: string;
  }[];
}

/** The parts of an honest fix report, in the order they are asked; none may be empty. */
export const BUGFIX_PARTS = [
  { name: 'symptom', asks: 'Expected and actual, in one sentence, and how to reproduce it' },
  { name: 'mechanism', asks: 'The mechanism' },
  {
    name: 'introduced',
    asks: 'Introduced by (a link and its intent in one line, or “unknown” and what was checked)',
  },
  { name: 'test', asks: 'The test that failed before and passes now, with both outputs' },
  { name: 'fix', asks: 'The fix' },
  { name: 'ran', asks: 'Tests that were run' },
] as const;
export type BugfixPart = (typeof BUGFIX_PARTS)[number]['name'];
export type BugfixParts = Readonly<Record<BugfixPart, string>>;

export interface Bugfix {
  readonly seq: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly parts: BugfixParts;
}
