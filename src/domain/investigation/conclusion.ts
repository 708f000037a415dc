import type { EvidenceNote } from '../evidence-note.ts';
import type { Incident, PersonId } from '../incident.ts';
import { type Duration, type Instant, MINUTE } from '../time.ts';
import { evidenceAgainst, evidenceFor, leading } from './hypothesis.ts';
import { saysNow } from './posted-claims.ts';

/** What has to be true of a cause before it is called one. */
export const QUESTIONS = [
  {
    name: 'mechanism',
    brief: 'the mechanism',
    asks: 'Is the mechanism proven, not just timing?',
    missing: 'a query that shows the mechanism itself, such as an unaffected cohort that stayed unaffected',
  },
  {
    name: 'disproof',
    brief: 'a disproof',
    asks: 'Was what would prove me wrong actually tested?',
    missing: 'the disproof of the leading hypothesis',
  },
  {
    name: 'assumptions',
    brief: 'the assumptions',
    asks: 'Were all assumptions tested?',
    missing: 'a query for the assumption that nobody has looked at',
  },
  {
    name: 'alternatives',
    brief: 'the simpler explanations',
    asks: 'Was every simpler explanation ruled out?',
    missing: 'a hypothesis for the simpler explanation, and its test',
  },
  {
    name: 'counterfactual',
    brief: 'the time before a fix',
    asks: 'Without a fix, does the evidence still explain the symptom?',
    missing: 'a query over the time before the fix that shows the symptom following the cause',
  },
] as const;
export type QuestionName = (typeof QUESTIONS)[number]['name'];

/** A *yes* names the evidence that shows it. */
export type QuestionAnswer =
  | { readonly question: QuestionName; readonly says: 'yes'; readonly evidence: string }
  | { readonly question: QuestionName; readonly says: 'no' | 'unsure' };

/** The test that a question calls for while its answer is not *yes*, with how to run it where that is known. */
export function missingTest({ name, missing }: (typeof QUESTIONS)[number], incident: Incident): string {
  if (name !== 'disproof') return missing;
  const cause = leading(incident);
  return cause
    ? `${missing}: \`${cause.id} test prom … expect:"…"\``
    : `${missing}: \`hypothesis … disproof:…\` states one`;
}

/** What a judge looks at. */
export const CHECKS = [
  { name: 'causation', asks: 'Causation: does the evidence show the cause, not only that it came first?' },
  { name: 'assumptions', asks: 'Assumptions: is what the cause rests on tested?' },
  { name: 'alternatives', asks: 'Alternatives: are the other explanations ruled out by evidence?' },
  { name: 'gaps', asks: 'Evidence gaps: is nothing missing that would change the conclusion?' },
] as const;
export type CheckName = (typeof CHECKS)[number]['name'];

/** `solid because …`, or `gap: …`. */
export interface Verdict {
  readonly check: CheckName;
  readonly solid: boolean;
  readonly because: string;
}

/** A resolution that waits: for its five answers, then for a judge. */
export interface Conclusion {
  readonly seq: number;
  readonly stage: 'questions' | 'judge';
  readonly proposedBy: PersonId;
  readonly at: Instant;
  readonly effectiveAt: Instant;
  readonly text?: string;
  readonly evidence: readonly string[];
  readonly answers: readonly QuestionAnswer[];
  /** Who was asked to judge; absent where nobody could be. */
  readonly judge?: PersonId;
  readonly judgeBy?: Instant;
}

/** How a resolution was looked at by somebody else; stays visible in every later document. */
export type Review =
  | { readonly kind: 'judged'; readonly by: PersonId; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'unreviewed'; readonly dueAt: Instant; readonly asked?: PersonId }
  | { readonly kind: 'overridden'; readonly by: PersonId; readonly reason: string }
  /** The configuration lets this severity close without a judge. */
  | { readonly kind: 'skipped' };

/** How long a proposed resolution waits for its answers, and then for its judge. */
export const CONCLUSION_WAITS: Duration = 15 * MINUTE;

/** Why a person cannot judge this conclusion; undefined where they can. */
export function whyNotJudge(incident: Incident, person: PersonId): string | undefined {
  if (person === incident.lead) return 'leads the incident';
  if (person === incident.conclusion?.proposedBy) return 'proposed the conclusion';
  if (incident.evidence.some((one) => one.askedBy === person)) return 'asked for some of its evidence';
  const cause = leading(incident);
  return cause?.by === person ? `stated ${cause.id}` : undefined;
}

/** What was last proposed as the cause, pending or returned. */
export function proposedText(incident: Incident): string | undefined {
  const last = incident.timeline.findLast(
    ({ event }) => event.type === 'resolution-proposed' && event.text !== undefined,
  );
  return last?.event.type === 'resolution-proposed'
    ? saysNow(incident, last.seq, last.event.text)
    : undefined;
}

/** Evidence that is offered as an answer, what bears on the cause first. */
export function bearing(incident: Incident): readonly EvidenceNote[] {
  const cause = leading(incident);
  const first = [
    ...(cause ? evidenceFor(cause) : []),
    ...incident.hypotheses.flatMap((one) => evidenceAgainst(one)),
    ...(incident.conclusion?.evidence ?? []),
  ];
  const rank = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length);
  return incident.evidence.toReversed().toSorted((a, b) => rank(a.id) - rank(b.id));
}

/**
 * What the timeline already answers: a supported cause has its disproof tested and its evidence, and what was ruled out has what
 * speaks against it. The other questions only a person can answer.
 */
export function knownAnswers(incident: Incident): readonly QuestionAnswer[] {
  const cause = leading(incident);
  const held = cause?.state === 'supported' ? evidenceFor(cause)[0] : undefined;
  const against = incident.hypotheses.flatMap((one) =>
    one.state === 'disproved' ? evidenceAgainst(one) : [],
  )[0];
  const yes = (question: QuestionName, evidence: string | undefined): QuestionAnswer[] =>
    evidence === undefined ? [] : [{ question, says: 'yes', evidence }];
  return [...yes('mechanism', held), ...yes('disproof', held), ...yes('alternatives', against)];
}
