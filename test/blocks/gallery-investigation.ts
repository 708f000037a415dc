import { evidenceCard } from '../../blocks/evidence/evidence-card.ts';
import { claimCard } from '../../blocks/investigation/claim-card.ts';
import { claimHints } from '../../blocks/investigation/claim-hints.ts';
import { bugfixCard, confirmationCard } from '../../blocks/investigation/confirmation.ts';
import { guardMessage } from '../../blocks/investigation/guard.ts';
import { boardMessage, hypothesisCard } from '../../blocks/investigation/hypothesis-card.ts';
import { judgeBrief } from '../../blocks/investigation/judge-brief.ts';
import { mitigationHand, triageCard } from '../../blocks/investigation/triage-card.ts';
import { unverifiedList, verifyMessage } from '../../blocks/investigation/verify.ts';
import type { Message, Reading, View } from '../../blocks/message.ts';
import { attachModal } from '../../blocks/modals/attach.ts';
import { hypothesisModal } from '../../blocks/modals/hypothesis.ts';
import { judgeModal } from '../../blocks/modals/judge.ts';
import { bugfixModal, correctionModal } from '../../blocks/modals/records.ts';
import { testModal } from '../../blocks/modals/test.ts';
import { phasePost } from '../../blocks/phase.ts';
import { disprovedButton, stateButton } from '../../blocks/state-button.ts';
import { statusCard } from '../../blocks/status-card.ts';
import { timelineMessage } from '../../blocks/timeline/timeline.ts';
import { updatePost } from '../../blocks/update.ts';
import type { Command } from '../../src/domain/command.ts';
import { type Answer, evidence } from '../../src/domain/evidence.ts';
import { noteOf } from '../../src/domain/evidence-note.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { CHECKS, QUESTIONS } from '../../src/domain/investigation/conclusion.ts';
import { type Hypothesis, testOf } from '../../src/domain/investigation/hypothesis.ts';
import { postedClaims } from '../../src/domain/investigation/posted-claims.ts';
import { BUGFIX_PARTS, type BugfixParts } from '../../src/domain/investigation/record.ts';
import { interimMessages, interimView } from './gallery-interims.ts';
import { ANSWER, at, BO, KAI, LEA, lastEvent, lastUpdate } from './sample.ts';

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

const TRIAGE = (text: string): Step => [
  at('14:31'),
  'steady',
  {
    type: 'record-triage',
    because: 1,
    evidence: [(id) => noteOf(evidence(ANSWER, id, 'steady'))],
    answers: [
      {
        question: 'deploy',
        says: 'yes',
        text,
        from: [0],
        changedAt: at('13:56'),
        target: { service: text, version: text },
      },
      { question: 'flag', says: 'yes', text, from: [0], target: { flag: text } },
      { question: 'traffic', says: 'yes', text, from: [0], target: { service: text } },
      { question: 'firing', says: 'no', text, from: [] },
      { question: 'errors', says: 'unknown', text, from: [] },
    ],
  },
];

function triageOf(incident: Incident): Incident['triages'][number] {
  const [one] = incident.triages;
  if (!one) throw new Error('No triage');
  return one;
}

const RECORDED = (text: string, seq: number): readonly Step[] => {
  const parts = Object.fromEntries(BUGFIX_PARTS.map(({ name }) => [name, `it ${text}`])) as BugfixParts;
  return [
    [at('14:31'), LEA, { type: 'ask-confirmation', statement: `it is ${text}` }],
    [
      at('14:32'),
      KAI,
      { type: 'answer-confirmation', confirmation: seq, says: 'correct-me', correction: `it ${text}` },
    ],
    [at('14:33'), KAI, { type: 'record-bugfix', parts }],
  ];
};

function must<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('Not recorded');
  return one;
}

const YES = QUESTIONS.map(({ name: question }) => ({ question, says: 'yes', evidence: 'E2' }) as const);

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
  const triaged = plus(TRIAGE(text));
  const recorded = plus(...RECORDED(text, incident.version + 1));
  const claimed = plus([at('14:31'), KAI, { type: 'claim', text: `it is ${text} E1 E2` }]);
  const claimedHere = must(postedClaims(claimed).find((one) => one.name === 'C1'));
  const told = (one: Incident) => phasePost(one, lastEvent(one), reading);
  const then = (before: readonly Step[], ...more: Step[]) => plus(...before, ...more);
  const proposal: readonly Step[] = [...ran, judged('held'), [at('14:35'), LEA, { type: 'resolve', text }]];
  const proposed = then(proposal);
  const answered: readonly Step[] = [
    ...proposal,
    [at('14:36'), LEA, { type: 'answer-questions', answers: YES, skipJudge: false, judge: BO }],
  ];
  const asked = then(answered);
  const verdict = (isSolid: boolean): Step => [
    at('14:38'),
    BO,
    {
      type: 'judge',
      verdicts: CHECKS.map(({ name }) => ({ check: name, solid: isSolid, because: `because ${text}` })),
    },
  ];
  const gap = then(answered, verdict(false));
  const solid = then(answered, verdict(true));
  const open5 = then(proposal, [
    at('14:36'),
    LEA,
    { type: 'answer-questions', answers: [], skipJudge: false },
  ]);
  const late = { type: 'conclusion-late', proposal: proposed.conclusion?.seq ?? 0, zone: 'UTC' } as const;
  const unanswered = then(proposal, [at('14:55'), 'steady', late]);
  const unreviewed = then(answered, [at('14:55'), 'steady', late]);
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
    'resolution proposed': told(proposed),
    'status card, proposed': statusCard(proposed, reading),
    'status card, with the judge': statusCard(asked, reading),
    'status card, unreviewed': statusCard(unreviewed, reading),
    'judge: brief': judgeBrief(asked, reading),
    'judge: brief, late': judgeBrief(unreviewed, reading),
    'a question is open': told(open5),
    'the judge found a gap': told(gap),
    'nobody answered': told(unanswered),
    'resolved, judged': told(solid),
    'resolved, unreviewed': told(unreviewed),
    'resolved, overridden': told(plus([at('14:38'), LEA, { type: 'override', reason: `it ${text}` }])),
    escalated: told(
      plus([at('14:38'), LEA, { type: 'conclude', as: 'escalated', lookAt: at('15:38'), text }]),
    ),
    'proposed, and moved on': phasePost(
      open5,
      must(open5.timeline.find(({ event }) => event.type === 'resolution-proposed')),
      reading,
    ),
    'proposed, with the judge': phasePost(
      asked,
      must(asked.timeline.find(({ event }) => event.type === 'resolution-proposed')),
      reading,
    ),
    ...interimMessages(plus, text, reading),
    'disproved in words': disprovedButton(dead, 'H1', reading),
    'is that right?': confirmationCard(recorded, must(recorded.confirmations[0]), reading),
    claim: claimCard(claimed, must(claimed.claims[0]), reading),
    'claim: verify': verifyMessage(claimed, claimedHere, claimed.evidence.at(-1), reading),
    'claim: verify, with faults': verifyMessage(claimed, claimedHere, claimed.evidence.at(-1), reading, [
      { kind: 'cannot-carry', id: 'E1', why: text },
    ]),
    'claim: verify, without evidence': verifyMessage(
      { ...claimed, evidence: [] },
      claimedHere,
      undefined,
      reading,
    ),
    'claims: unverified': unverifiedList(claimed, postedClaims(claimed), reading),
    'claims: all verified': unverifiedList(claimed, [], reading),
    'mitigated, recovery unshown': told(plus([at('14:38'), LEA, { type: 'mitigate' }])),
    'claim: hints': claimHints(claimed, 'C1', [
      { kind: 'unknown-evidence', id: 'E9' },
      { kind: 'other-incident', id: 'E3', incident: 41 },
      { kind: 'other-incident', id: 'E3', incident: 42 },
      { kind: 'cannot-carry', id: 'E1', why: text },
      { kind: 'shows-none', id: 'E1' },
    ]),
    'fix report': bugfixCard(recorded, must(recorded.bugfixes[0]), reading),
    guard: guardMessage(
      triaged,
      { kind: 'no-lead', situation: '12', to: LEA, says: text, show: 'board' },
      reading,
    ),
    'timeline with a change': timelineMessage(
      plus([
        at('14:31'),
        'steady',
        {
          type: 'see-changes',
          changes: [
            {
              at: at('14:30'),
              kind: 'deploy',
              title: text,
              version: text,
              source: text,
              url: 'https://sentry.example.com/releases',
            },
          ],
        },
      ]),
      reading,
    ),
    triage: triageCard(triaged, triageOf(triaged), reading),
    'a mitigation is announced': told(
      plus(TRIAGE(text), [
        at('14:36'),
        LEA,
        { type: 'announce-mitigation', kind: 'rollback', triage: triaged.version },
      ]),
    ),
    'mitigation: its command': mitigationHand(triaged, { command: text }, reading),
    'mitigation: no command': mitigationHand(triaged, { missing: text }, reading),
    'a hypothesis lacks everything': stateButton(incident, '', reading),
  };
}

/** Its forms. */
export function investigationViews({
  plus,
  words,
  text,
  reading,
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
    'modal: correction': correctionModal(testing, words, { incident: 42, seq: 3 }),
    'modal: fix report': bugfixModal(testing, { incident: 42 }),
    'modal: concluded, its questions': interimView(plus, text),
    'modal: judge': judgeModal(testing, reading, { incident: 42 }),
    'modal: attach': attachModal(testing, { evidence: 'E1' }, { incident: 42 }),
  };
}
