import type { Incident, PersonId } from '../incident.ts';
import type { Instant } from '../time.ts';
import {
  knownAnswers,
  missingTest,
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
} from './conclusion.ts';
import { leading } from './hypothesis.ts';

/** How an incident is concluded that goes on: watched, with somebody else, or put off. */
export type InterimAs = 'monitoring' | 'escalated' | 'stalled';

/** It claims no cause, so a *no* is an honest answer to each of the five questions: it says what is handed on. */
export interface Interim {
  /** Of the event that concluded it. */
  readonly seq: number;
  readonly as: InterimAs;
  /** Seq of the event whose post says it. */
  readonly said: number;
  readonly lookAt?: Instant;
  readonly to?: PersonId;
  /** Absent until somebody answered. */
  readonly answers?: readonly QuestionAnswer[];
}

/** Questions that were answered with *no* or *not sure*. */
export interface LeftOpen {
  readonly questions: readonly QuestionName[];
  /** How many answers of telemetry there were by then: what is asked later may close one. */
  readonly after: number;
}

/** A test that somebody still has to run. */
export interface OpenTest {
  readonly question: QuestionName;
  /** `the disproof of H2`: for one line. */
  readonly brief: string;
  /** The whole sentence, with the command where there is one. */
  readonly says: string;
}

/** What the five questions left open, unless a test that was run since has answered it. Handed to whoever looks next. */
export function openTests(incident: Incident): readonly OpenTest[] {
  const { leftOpen, evidence } = incident;
  if (!leftOpen) return [];
  const place = new Map(evidence.map(({ id }, index) => [id, index]));
  const closed = knownAnswers(incident).flatMap((one) =>
    one.says === 'yes' && (place.get(one.evidence) ?? -1) >= leftOpen.after ? [one.question] : [],
  );
  const cause = leading(incident);
  return QUESTIONS.filter(({ name }) => leftOpen.questions.includes(name) && !closed.includes(name)).map(
    (one) => ({
      question: one.name,
      brief: one.name === 'disproof' && cause ? `the disproof of ${cause.id}` : one.brief,
      says: missingTest(one, incident),
    }),
  );
}

/** What answers leave open; undefined where every one is *yes*. */
export function leftOpenBy(answers: readonly QuestionAnswer[], after: number): LeftOpen | undefined {
  const questions = answers.flatMap((one) => (one.says === 'yes' ? [] : [one.question]));
  return questions.length === 0 ? undefined : { questions, after };
}
