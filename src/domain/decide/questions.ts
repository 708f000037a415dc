import { RuleViolation } from '../errors.ts';
import type { Incident } from '../incident.ts';
import { whyNotBearing } from '../investigation/bears.ts';
import { QUESTIONS, type QuestionAnswer, type QuestionName } from '../investigation/conclusion.ts';
import { leading } from '../investigation/hypothesis.ts';
import { noted } from './hypotheses.ts';

/** All five in order; one that is left out counts as not sure. Throws a `RuleViolation` for a *yes* that its evidence cannot carry. */
export function honestAnswers(
  incident: Incident,
  answers: readonly QuestionAnswer[],
): readonly QuestionAnswer[] {
  return QUESTIONS.map(({ name }) => {
    const answer = answerTo(answers, name);
    if (answer.says === 'yes') mustShow(incident, answer);
    return answer;
  });
}

/** Why a *yes* cannot stand, by question: for the form, which says it before anything is lost. */
export function unprovenAnswers(
  incident: Incident,
  answers: readonly QuestionAnswer[],
): ReadonlyMap<QuestionName, RuleViolation> {
  const wrong = new Map<QuestionName, RuleViolation>();
  for (const answer of answers) {
    try {
      if (answer.says === 'yes') mustShow(incident, answer);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      wrong.set(answer.question, error);
    }
  }
  return wrong;
}

function answerTo(answers: readonly QuestionAnswer[], question: QuestionAnswer['question']): QuestionAnswer {
  return answers.find((one) => one.question === question) ?? { question, says: 'unsure' };
}

/** A *yes* stands on evidence that can carry it; that the disproof was tested is read from the hypothesis, never from words. */
function mustShow(incident: Incident, answer: Extract<QuestionAnswer, { says: 'yes' }>): void {
  const note = noted(incident, answer.evidence);
  if (answer.question === 'disproof') {
    const cause = leading(incident);
    const held =
      cause?.state === 'supported' &&
      cause.tests.some((one) => one.outcome === 'held' && one.evidence === note.id);
    if (!held) throw notTested(incident, note.id);
  }
  const says = { assumptions: 'all assumptions', alternatives: 'every explanation' } as const;
  const sentence = answer.question in says ? says[answer.question as keyof typeof says] : '';
  const why = note.partial === undefined || sentence === '' ? undefined : whyNotBearing(note, sentence);
  if (why !== undefined)
    throw new RuleViolation('evidence-too-weak', `${why}. Ask again for the whole, or answer *not sure*.`);
}

function notTested(incident: Incident, id: string): RuleViolation {
  const cause = leading(incident);
  if (!cause)
    return new RuleViolation(
      'disproof-not-run',
      'No hypothesis was tested, so nothing could have proved it wrong. `hypothesis <one sentence> disproof: …` states one.',
      [{ label: 'State a hypothesis', command: 'hypothesis' }],
    );
  const run = cause.tests.findLast((one) => one.outcome === 'held')?.evidence;
  return new RuleViolation(
    'disproof-not-run',
    cause.state === 'supported' && run !== undefined
      ? `${id} is not the test that ${cause.id} survived; ${run} is. Choose that.`
      : `${cause.id} is ${cause.state}, not supported: its disproof “${cause.disproof}” was not run, or did not hold.`,
    [{ label: 'Run the test', command: `${cause.id} test` }],
  );
}
