import type { PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';

export type HypothesisState = 'open' | 'testing' | 'supported' | 'disproved' | 'inconclusive';

/** What an attached evidence does for a hypothesis; `tests` says that it bears on it, and not which way. */
export type Side = 'for' | 'against' | 'tests';
export const SIDES: readonly Side[] = ['for', 'against', 'tests'];

/** How a test ended: as expected, with the outcome that kills the hypothesis, or neither. */
export type Outcome = 'held' | 'killed' | 'unclear';
export const OUTCOMES: readonly Outcome[] = ['held', 'killed', 'unclear'];

/** How to look for the cause: what differs between good and bad, or halving what it can be. */
export type Strategy = 'differential' | 'bisection';
export const STRATEGIES: readonly Strategy[] = ['differential', 'bisection'];

/** What to look at: https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals */
export type Method = 'golden-signals' | 'red' | 'use';
export const METHODS: readonly Method[] = ['golden-signals', 'red', 'use'];

export interface Attached {
  readonly evidence: string;
  readonly side: Side;
  readonly by: PersonId;
}

/** A query that was run to kill the hypothesis; what it should show was written down before it ran. */
export interface Test {
  /** Counts from 1 within the hypothesis. */
  readonly number: number;
  readonly expected: string;
  readonly by: PersonId;
  /** Absent until the query has answered. */
  readonly evidence?: string;
  readonly outcome?: Outcome;
}

/** What somebody thinks the cause is, with what would prove it wrong. */
export interface Hypothesis {
  /** `H2`; a narrower one below it is `H2.1`. */
  readonly id: string;
  readonly parent?: string;
  readonly statement: string;
  readonly disproof: string;
  readonly by: PersonId;
  readonly at: Instant;
  readonly state: HypothesisState;
  readonly strategy?: Strategy;
  readonly method?: Method;
  readonly attached: readonly Attached[];
  readonly tests: readonly Test[];
}

type Board = { readonly hypotheses: readonly Hypothesis[] };

const RANK: readonly HypothesisState[] = ['supported', 'testing', 'open'];

/** The one that explains most so far: supported before tested before open, the newest of each; never one that was ruled out. */
export function leading({ hypotheses }: Board): Hypothesis | undefined {
  for (const state of RANK) {
    const found = hypotheses.findLast((one) => one.state === state);
    if (found) return found;
  }
  return undefined;
}

/** What was ruled out, with what speaks against it. */
export function ruledOut({ hypotheses }: Board) {
  return hypotheses
    .filter((one) => one.state === 'disproved')
    .map((one) => ({ id: one.id, statement: one.statement, evidence: evidenceAgainst(one) }));
}

/** Evidence that speaks against it: what killed it first. */
export function evidenceAgainst(hypothesis: Hypothesis): readonly string[] {
  const killing = hypothesis.tests.flatMap((one) =>
    one.outcome === 'killed' && one.evidence !== undefined ? [one.evidence] : [],
  );
  return [...new Set([...killing, ...attachedAs(hypothesis, 'against')])];
}

/** Evidence that speaks for it: what survived its disproof first. */
export function evidenceFor(hypothesis: Hypothesis): readonly string[] {
  const held = hypothesis.tests.flatMap((one) =>
    one.outcome === 'held' && one.evidence !== undefined ? [one.evidence] : [],
  );
  return [...new Set([...held, ...attachedAs(hypothesis, 'for')])];
}

export function attachedAs(hypothesis: Hypothesis, side: Side): readonly string[] {
  return hypothesis.attached.filter((one) => one.side === side).map((one) => one.evidence);
}

/** The test that an evidence was asked for. */
export function testOf(
  { hypotheses }: Board,
  evidence: string,
): { readonly hypothesis: Hypothesis; readonly test: Test } | undefined {
  for (const hypothesis of hypotheses) {
    const test = hypothesis.tests.find((one) => one.evidence === evidence);
    if (test) return { hypothesis, test };
  }
  return undefined;
}

/** Reads `h2`, `H2.1`; undefined where it is none. */
export function parseHypothesisId(text: string): string | undefined {
  return /^h\d{1,4}(?:\.\d{1,4}){0,8}$/i.test(text.trim()) ? text.trim().toUpperCase() : undefined;
}

/** `H3`, or `H2.1` below H2. */
export function nextHypothesisId({ hypotheses }: Board, parent?: string): string {
  const siblings = hypotheses.filter((one) => one.parent === parent).length;
  return parent === undefined ? `H${siblings + 1}` : `${parent}.${siblings + 1}`;
}
