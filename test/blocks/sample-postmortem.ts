import { postmortemDocument } from '../../blocks/postmortem/postmortem-document.ts';
import type { Writing } from '../../blocks/postmortem/say.ts';
import type { Command } from '../../src/domain/command.ts';
import { type Answer, evidence } from '../../src/domain/evidence.ts';
import { noteOf } from '../../src/domain/evidence-note.ts';
import type { Incident, PersonId } from '../../src/domain/incident.ts';
import { CHECKS, QUESTIONS } from '../../src/domain/investigation/conclusion.ts';
import { postmortemOf } from '../../src/domain/postmortem/postmortem-of.ts';
import type { ServiceLevel } from '../../src/domain/postmortem/service-level.ts';
import { DAY } from '../../src/domain/time.ts';
import { ANSWER, at, BO, CHANNEL, DECLARE, KAI, LEA, readingAt, recordAnswer, story } from './sample.ts';

export const MARA = 'U0MARA';
export const SLO: ServiceLevel = { objective: 0.999, window: 30 * DAY };

type Step = readonly [now: number, by: PersonId, command: Command];

const found = (value: number, more: Partial<Answer> = {}): Answer => ({
  ...ANSWER,
  ...more,
  result: {
    kind: 'series',
    series: [{ labels: { code: '429' }, samples: [{ at: at('14:20'), value }] }],
  },
});

const testing = (hypothesis: string, answer: Answer, by: PersonId): Command => ({
  type: 'record-evidence',
  evidence: (id) => noteOf(evidence(answer, id, by)),
  test: { hypothesis, number: 1 },
});

/** Declared from an alert, two hypotheses, one killed and one that survived, judged, filled in by people. */
export const STEPS: readonly Step[] = [
  [at('14:08'), LEA, { type: 'give-role', role: 'comms', to: BO }],
  [at('14:09'), LEA, { type: 'severity', severity: 'P2' }],
  [at('14:10'), LEA, recordAnswer(found(23, { query: 'errors / requests * 100' }))],
  [
    at('14:12'),
    KAI,
    { type: 'state-hypothesis', statement: 'the 13:56 deploy broke it', disproof: 'errors began before it' },
  ],
  [at('14:13'), KAI, { type: 'plan-test', hypothesis: 'H1', expected: 'no errors before 13:56' }],
  [at('14:14'), KAI, testing('H1', found(12, { query: 'errors before the deploy' }), KAI)],
  [at('14:15'), KAI, { type: 'judge-hypothesis', hypothesis: 'H1', outcome: 'killed' }],
  [
    at('14:16'),
    KAI,
    { type: 'state-hypothesis', statement: 'payments limits our calls', disproof: '429s stay level' },
  ],
  [
    at('14:31'),
    LEA,
    {
      type: 'update',
      fields: {
        impact: '23 % of checkouts fail (E1)',
        known: 'payments changed their limits',
        doing: 'halving retries',
      },
    },
  ],
  [at('14:40'), KAI, { type: 'plan-test', hypothesis: 'H2', expected: '429s fall below 10' }],
  [at('14:41'), KAI, testing('H2', found(4.2, { query: 'sum(rate(calls{code="429"}[5m]))' }), KAI)],
  [at('14:42'), KAI, { type: 'judge-hypothesis', hypothesis: 'H2', outcome: 'held' }],
  [at('14:50'), LEA, { type: 'mitigate', text: '429s at 4.2 per second (E3)' }],
  [
    at('15:19'),
    LEA,
    { type: 'resolve', text: 'payments lowered our limit; our retries kept us at 4.2 (E3)' },
  ],
  [
    at('15:22'),
    LEA,
    {
      type: 'answer-questions',
      answers: QUESTIONS.map(({ name }) => ({ question: name, says: 'yes', evidence: 'E3' })),
      judge: MARA,
      skipJudge: false,
    },
  ],
  [
    at('15:25'),
    MARA,
    {
      type: 'judge',
      verdicts: CHECKS.map(({ name }) => ({ check: name, solid: true, because: 'E3 shows it' })),
    },
  ],
  [
    at('16:00'),
    BO,
    { type: 'note-postmortem', part: 'lessons', text: 'A panel of 429s by upstream\nAn alert on retries' },
  ],
];

export function finished(more: readonly Step[] = []): Incident {
  return story([...STEPS, ...more], {
    ...DECLARE,
    service: 'checkout',
    alert: {
      channel: CHANNEL,
      ts: `${at('14:03') / 1000}.000100`,
      permalink: 'https://acme.slack.com/archives/C0/p1',
    },
  });
}

export function writingOf(incident: Incident, now = at('16:30')): Writing {
  return {
    incident,
    reading: readingAt(now),
    linkOf: (seq) => `https://acme.slack.com/archives/${CHANNEL}/p${1000 + seq}`,
  };
}

export function documentOf(incident: Incident, now = at('16:30'), slo: ServiceLevel | undefined = SLO) {
  return postmortemDocument(postmortemOf(incident, now, slo), writingOf(incident, now));
}
