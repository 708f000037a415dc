import { evidenceCard } from '../../blocks/evidence-card.ts';
import { boardMessage, hypothesisCard } from '../../blocks/hypothesis-card.ts';
import type { Message, Reading, View } from '../../blocks/message.ts';
import { attachModal } from '../../blocks/modals/attach.ts';
import { hypothesisModal } from '../../blocks/modals/hypothesis.ts';
import { testModal } from '../../blocks/modals/test.ts';
import { stateButton } from '../../blocks/state-button.ts';
import { statusCard } from '../../blocks/status-card.ts';
import { updatePost } from '../../blocks/update.ts';
import type { Command } from '../../src/domain/command.ts';
import { type Answer, evidence } from '../../src/domain/evidence.ts';
import { noteOf } from '../../src/domain/evidence-note.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { type Hypothesis, testOf } from '../../src/domain/investigation/hypothesis.ts';
import { ANSWER, at, KAI, LEA, lastUpdate } from './sample.ts';

type Step = readonly [now: number, by: string, command: Command];

/** What the pictures of the investigation are drawn from. */
export interface InvestigationPaint {
  readonly incident: Incident;
  readonly plus: (...more: Step[]) => Incident;
  readonly words: string;
  /** `words`, and never blank. */
  readonly text: string;
  readonly reading: Reading;
  readonly answer: Answer;
}

function state(text: string): Command {
  return {
    type: 'state-hypothesis',
    statement: `it is ${text}`,
    disproof: `it is not ${text}`,
    strategy: 'bisection',
    method: 'red',
  };
}

/** Stated, its test planned and run with this answer. */
function tested(text: string, answer: Answer): readonly Step[] {
  return [
    [at('14:31'), KAI, state(text)],
    [at('14:32'), KAI, { type: 'plan-test', hypothesis: 'H1', expected: `no more ${text}` }],
    [
      at('14:33'),
      KAI,
      {
        type: 'record-evidence',
        evidence: (id) => noteOf(evidence(answer, id, KAI)),
        test: { hypothesis: 'H1', number: 1 },
      },
    ],
  ];
}

function judged(outcome: 'held' | 'killed' | 'unclear'): Step {
  return [at('14:34'), LEA, { type: 'judge-hypothesis', hypothesis: 'H1', outcome, test: 1 }];
}

function first(incident: Incident): Hypothesis {
  const [one] = incident.hypotheses;
  if (!one) throw new Error('No hypothesis');
  return one;
}

/** Everything the investigation says. */
export function investigationMessages({
  incident,
  plus,
  text,
  reading,
}: InvestigationPaint): Readonly<Record<string, Message | undefined>> {
  const ran = tested(text, ANSWER);
  const open = plus([at('14:31'), KAI, state(text)]);
  const testing = plus(...ran);
  const dead = plus(
    ...ran,
    judged('killed'),
    [at('14:35'), KAI, { type: 'attach', hypothesis: 'H1', evidence: 'E1', side: 'tests' }],
    [at('14:36'), LEA, state(`also ${text} other`)],
    [at('14:37'), LEA, { type: 'update', fields: { doing: text } }],
  );
  const held = plus(...ran, judged('held'));
  const unclear = plus(...ran, judged('unclear'));
  const card = (one: Incident) => hypothesisCard(one, first(one), reading);
  const run = testOf(testing, 'E2');
  return {
    'hypothesis open': card(open),
    'hypothesis in test': card(testing),
    'hypothesis supported': card(held),
    'hypothesis disproved': card(dead),
    'hypothesis inconclusive': card(unclear),
    board: boardMessage(dead, reading),
    'board, empty': boardMessage(incident, reading),
    'status card with a cause': statusCard(dead, reading),
    'update with what was ruled out': updatePost(dead, lastUpdate(dead), reading),
    'evidence of a test': evidenceCard(
      { evidence: evidence(ANSWER, 'E2', KAI), incident: testing, ...(run && { tested: run }) },
      reading,
    ),
    'a hypothesis lacks its disproof': stateButton(incident, text, reading),
    'a hypothesis lacks everything': stateButton(incident, '', reading),
  };
}

/** Its forms. */
export function investigationViews({
  plus,
  words,
  text,
}: InvestigationPaint): Readonly<Record<string, View>> {
  const testing = plus(...tested(text, ANSWER));
  const one = first(testing);
  return {
    'modal: hypothesis': hypothesisModal(
      testing,
      { statement: words, disproof: words, parent: one },
      { incident: 42 },
    ),
    'modal: hypothesis, empty': hypothesisModal(testing, {}, { incident: 42 }),
    'modal: test': testModal(testing, one, { incident: 42, about: 'H1' }),
    'modal: attach': attachModal(testing, { evidence: 'E1' }, { incident: 42 }),
  };
}
