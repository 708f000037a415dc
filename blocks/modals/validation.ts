import type { Incident } from '../../src/domain/incident.ts';
import {
  bearing,
  knownAnswers,
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
} from '../../src/domain/investigation/conclusion.ts';
import { INPUTS } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { Block } from '../message.ts';
import { choice, chosen, radio, type Submitted } from './fields.ts';

/** Up to so many answers are shown at once, each one tap; more are in a menu. */
const AT_ONCE = 8;
const MOST = 90;

const INPUT = {
  mechanism: INPUTS.mechanism,
  disproof: INPUTS.tested,
  assumptions: INPUTS.assumptions,
  alternatives: INPUTS.alternatives,
  counterfactual: INPUTS.counterfactual,
} as const;

/**
 * The five questions: a *yes* is the evidence that shows it. What was answered before is chosen, else what the timeline answers
 * already. Where they are `optional`, one that is left out is *not sure*.
 */
export function validationBlocks(
  incident: Incident,
  given: { readonly answers?: readonly QuestionAnswer[]; readonly optional?: boolean } = {},
): readonly Block[] {
  const known = [...(given.answers ?? []), ...knownAnswers(incident)];
  const evidence = bearing(incident).slice(0, MOST);
  const options: readonly (readonly [string, string])[] = [
    ...evidence.map((one) => [one.id, brief(`Yes: ${one.id} ${one.query}`, 75)] as const),
    ['no', 'No'],
    ['unsure', 'Not sure'],
  ];
  const field = options.length <= AT_ONCE ? radio : choice;
  return QUESTIONS.map(({ name, asks }) => {
    const answer = known.find((one) => one.question === name);
    const chosenBefore = answer?.says === 'yes' ? answer.evidence : answer?.says;
    const input = field(INPUT[name], asks, options, chosenBefore);
    return given.optional ? { ...input, optional: true } : input;
  });
}

export function readValidation(values: Submitted): readonly QuestionAnswer[] {
  return QUESTIONS.map(
    ({ name: question }): QuestionAnswer => answerIn(values, question) ?? { question, says: 'unsure' },
  );
}

/** Only what was chosen so far: a form that was put away begins with it again. */
export function answersSoFar(values: Submitted): readonly QuestionAnswer[] {
  return QUESTIONS.flatMap(({ name }) => answerIn(values, name) ?? []);
}

function answerIn(values: Submitted, question: QuestionName): QuestionAnswer | undefined {
  const said = chosen(values, INPUT[question]);
  if (said === undefined) return undefined;
  if (/^E\d+$/.test(said)) return { question, says: 'yes', evidence: said };
  return { question, says: said === 'no' ? 'no' : 'unsure' };
}

/** What is wrong with an answer, by the input it belongs under. */
export function underQuestions(
  wrong: ReadonlyMap<QuestionName, { readonly message: string }>,
): Record<string, string> {
  return Object.fromEntries([...wrong].map(([name, { message }]) => [INPUT[name], brief(message, 400)]));
}
