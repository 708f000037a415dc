import type { EvidenceNote } from '../evidence-note.ts';
import type { Incident } from '../incident.ts';
import { knownAnswers, QUESTIONS, type QuestionAnswer } from '../investigation/conclusion.ts';
import { type Outcome, testOf } from '../investigation/hypothesis.ts';

/** A query that proved something, in words. */
export interface Proof {
  readonly note: EvidenceNote;
  readonly proves: string;
}

/**
 * The queries that proved the conclusion: the test that the cause survived, what the five answers name, what killed the others.
 * What a person pasted is no query that can be asked again.
 */
export function proofs(incident: Incident): readonly Proof[] {
  const ended = (outcome: Outcome) =>
    incident.hypotheses
      .toReversed()
      .flatMap(({ tests }) => tests)
      .flatMap((one) => (one.outcome === outcome && one.evidence !== undefined ? [one.evidence] : []));
  const answered = lastAnswers(incident).flatMap((one) => (one.says === 'yes' ? [one.evidence] : []));
  const queries = new Set<string>();
  return [
    ...ended('held'),
    ...answered,
    ...ended('killed'),
    ...(incident.conclusion?.evidence ?? []),
  ].flatMap((id): Proof[] => {
    const note = incident.evidence.find((one) => one.id === id);
    if (!note || note.reproduction.kind === 'supplied' || queries.has(note.query)) return [];
    queries.add(note.query);
    return [{ note, proves: proves(incident, note) }];
  });
}

function proves(incident: Incident, note: EvidenceNote): string {
  const tested = testOf(incident, note.id);
  if (tested?.test.outcome === 'held') return `shows ${tested.hypothesis.statement}: ${tested.test.expected}`;
  if (tested?.test.outcome === 'killed') return `rules out ${tested.hypothesis.statement}`;
  const answer = lastAnswers(incident).find((one) => one.says === 'yes' && one.evidence === note.id);
  const asks = QUESTIONS.find(({ name }) => name === answer?.question)?.asks;
  return asks === undefined ? `named as the cause’s evidence` : `answers “${asks}”`;
}

/** The five answers as they were last given, else what the timeline answers by itself. */
function lastAnswers(incident: Incident): readonly QuestionAnswer[] {
  const last = incident.timeline.findLast(({ event }) => event.type === 'questions-answered')?.event;
  return last?.type === 'questions-answered' ? last.answers : knownAnswers(incident);
}
