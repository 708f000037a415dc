import { claims } from '../claim.ts';
import type { Incident } from '../incident.ts';
import { proposedText, QUESTIONS } from '../investigation/conclusion.ts';
import { evidenceFor, type Hypothesis, leading } from '../investigation/hypothesis.ts';
import type { RootCause } from './postmortem.ts';

/**
 * A cause is called one only where all of it was looked at: a hypothesis that survived its disproof, five answers that stand on
 * evidence, and a review that found no gap. Everything else is the best that was said, and no more.
 */
export function rootCauseOf(incident: Incident): RootCause {
  const supported = incident.hypotheses.findLast((one) => one.state === 'supported' && survived(one));
  const { review } = incident;
  const because = [
    ...(supported ? [] : ['no hypothesis survived the test that would have proved it wrong']),
    ...(allAnswered(incident) ? [] : ['the five questions are not all answered with evidence']),
    ...reviewLacks(incident),
  ];
  if (supported && review && because.length === 0) {
    const { resolution } = incident;
    return {
      kind: 'established',
      statement: supported.statement,
      hypothesis: supported.id,
      evidence: evidenceFor(supported),
      review,
      ...(resolution !== undefined && { resolution: claims(resolution, incident.evidence) }),
    };
  }
  const best = bestOf(incident);
  return { kind: 'not-established', because, ...(best && { best }) };
}

function survived(one: Hypothesis): boolean {
  return one.tests.some((test) => test.outcome === 'held' && test.evidence !== undefined);
}

/** The answers that the resolution was last proposed with. */
function allAnswered(incident: Incident): boolean {
  const last = incident.timeline.findLast(({ event }) => event.type === 'questions-answered');
  if (last?.event.type !== 'questions-answered') return false;
  const { answers } = last.event;
  return QUESTIONS.every(({ name }) => answers.some((one) => one.question === name && one.says === 'yes'));
}

function reviewLacks({ review, phase }: Incident): readonly string[] {
  switch (review?.kind) {
    case undefined:
      return [phase === 'resolved' ? 'nobody judged it' : 'it is not resolved yet'];
    case 'judged':
      return review.verdicts.every((one) => one.solid) ? [] : ['whoever judged it found a gap'];
    case 'unreviewed':
      return ['nobody judged it before it closed'];
    case 'overridden':
      return ['it was closed without a judge'];
    case 'skipped':
      return [];
  }
}

function bestOf(incident: Incident) {
  const cause = leading(incident);
  const resolution = incident.resolution ?? proposedText(incident);
  if (resolution !== undefined) {
    const { evidence } = claims(resolution, incident.evidence);
    return {
      text: resolution,
      evidence,
      from: incident.resolution === undefined ? 'proposed' : 'the resolution',
    };
  }
  return (
    cause && { text: cause.statement, evidence: evidenceFor(cause), from: `${cause.id}, ${cause.state}` }
  );
}
