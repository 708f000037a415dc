import { CALLBACKS, INPUTS, type Meta } from '../../../blocks/action-ids.ts';
import { readAttach } from '../../../blocks/modals/attach.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { readHypothesisModal } from '../../../blocks/modals/hypothesis.ts';
import { readJudge } from '../../../blocks/modals/judge.ts';
import { readBugfix, readCorrection } from '../../../blocks/modals/records.ts';
import { readResolve } from '../../../blocks/modals/resolve.ts';
import { readTest } from '../../../blocks/modals/test.ts';
import { readValidation, underQuestions } from '../../../blocks/modals/validation.ts';
import { isPlaceholder } from '../../domain/decide/hypotheses.ts';
import { unprovenAnswers } from '../../domain/decide/questions.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Asked } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { judgeWith, resolveWith } from '../commands/conclusions.ts';
import { distilWith, whyReasonNeeded } from '../commands/distil.ts';
import { attach, state } from '../commands/hypotheses.ts';
import { answerInterim } from '../commands/interims.ts';
import { confirmed, recordBugfix } from '../commands/records.ts';
import { runTest } from '../evidence/run-test.ts';
import { lessonsRead } from '../forms/closing-form.ts';

/** What cannot be right in a form of the investigation, under its input. */
export function wrongInvestigation(callback: string, values: Submitted): Record<string, string> | undefined {
  if (callback === CALLBACKS.hypothesis && isPlaceholder(readHypothesisModal(values).disproof))
    return { [INPUTS.disproof]: 'What would you see if it were wrong? A few words that a query can show.' };
  if (callback === CALLBACKS.test && isPlaceholder(readTest(values).expected))
    return { [INPUTS.expected]: 'Say what the answer shows if it is right, before it runs.' };
  return undefined;
}

/** A *yes* that its evidence cannot carry is said while everything is still in the form. */
export function wrongClosing(
  incident: Incident,
  callback: string,
  values: Submitted,
  about: string | undefined,
): Record<string, string> | undefined {
  const answers = readValidation(values);
  const wrong = callback === CALLBACKS.distil ? new Map() : unprovenAnswers(incident, answers);
  // Where a question is open it is not over, so nobody has to say why there is nothing to keep.
  const over = callback === CALLBACKS.distil || answers.every((one) => one.says === 'yes');
  const why =
    callback !== CALLBACKS.interim && over ? whyReasonNeeded(lessonsRead(values, about)) : undefined;
  const errors = { ...underQuestions(wrong), ...(why !== undefined && { [INPUTS.lessonsReason]: why }) };
  return Object.keys(errors).length === 0 ? undefined : errors;
}

/** A form of the investigation, decided on the newest state. */
export function investigationSubmit(
  asked: Asked,
  callback: string,
  incident: Incident,
  { values, meta, table }: { values: Submitted; meta: Meta; table: readonly CommandRow[] },
): Promise<Said> {
  switch (callback) {
    case CALLBACKS.resolve:
      return resolveWith(asked, incident, readResolve(values), lessonsRead(values, meta.about));
    case CALLBACKS.distil:
      return distilWith(asked, incident, lessonsRead(values, meta.about));
    case CALLBACKS.interim:
      return answerInterim(asked, incident, meta.seq ?? 0, readValidation(values));
    case CALLBACKS.correction:
      return confirmed(asked, incident, meta.seq ?? 0, 'correct-me', readCorrection(values));
    case CALLBACKS.bugfix:
      return recordBugfix(asked, incident, readBugfix(values));
    case CALLBACKS.judge:
      return judgeWith(asked, incident, readJudge(values));
    case CALLBACKS.hypothesis: {
      const read = readHypothesisModal(values);
      return state(asked, incident, { ...read, ...(meta.about !== undefined && { parent: meta.about }) });
    }
    case CALLBACKS.test:
      return runTest(asked, { incident, hypothesis: meta.about ?? '', ...readTest(values) }, table);
    case CALLBACKS.attach: {
      const read = readAttach(values);
      if (!read)
        throw new RuleViolation('attach-choose', 'Choose all three: `H2 for E7` says the same in one line.');
      return attach(asked, incident, read.hypothesis, read.evidence, read.side);
    }
    default:
      throw new TypeError(`No such modal: ${callback}`);
  }
}
