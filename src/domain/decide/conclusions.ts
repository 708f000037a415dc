import { RuleViolation } from '../errors.ts';
import { type Incident, type IncidentEvent, incidentId } from '../incident.ts';
import type { ConclusionCommand } from '../investigation/commands.ts';
import {
  CHECKS,
  CONCLUSION_WAITS,
  type Conclusion,
  missingTest,
  QUESTIONS,
  type Review,
  whyNotJudge,
} from '../investigation/conclusion.ts';
import { nextWorkingTime } from '../working-day.ts';
import { isPlaceholder } from './hypotheses.ts';
import { honestAnswers } from './questions.ts';
import { type Bare, type Deciders, inOrder, mustBeOpen, named, nextDue, oneLine, words } from './rules.ts';

/** How an incident ends. */
export const CONCLUSIONS: Deciders<ConclusionCommand> = {
  'answer-questions': (incident, command, circumstances) => {
    const conclusion = proposed(incident);
    const answers = honestAnswers(incident, command.answers);
    const missing = QUESTIONS.filter((_, index) => answers[index]?.says !== 'yes').map((one) =>
      missingTest(one, incident),
    );
    const answered = { type: 'questions-answered', answers } as const;
    if (missing.length > 0)
      return [
        answered,
        {
          type: 'conclusion-returned',
          why: 'questions',
          missing,
          dueAt: nextDue(incident, circumstances, undefined, 'mitigated'),
        },
      ];
    if (command.skipJudge) return [answered, resolved(conclusion, { kind: 'skipped' })];
    const able = command.judge !== undefined && whyNotJudge(incident, command.judge) === undefined;
    return [
      answered,
      {
        type: 'judge-asked',
        judgeBy: circumstances.now + CONCLUSION_WAITS,
        ...(able && command.judge !== undefined && { to: command.judge }),
      },
    ];
  },
  'ask-judge': (incident, { to }, { now }) => {
    const conclusion = proposed(incident);
    if (conclusion.stage !== 'judge')
      throw new RuleViolation(
        'questions-first',
        'The five questions come first; a judge looks at their answers.',
        [{ label: 'Answer them', command: 'questions' }],
      );
    mayJudge(incident, to);
    return [{ type: 'judge-asked', to, judgeBy: now + CONCLUSION_WAITS }];
  },
  judge: (incident, command, circumstances) => {
    const { conclusion, review } = incident;
    const late = review?.kind === 'unreviewed';
    if (!late && conclusion?.stage !== 'judge') throw nothingToJudge(incident);
    mayJudge(incident, circumstances.by);
    const verdicts = CHECKS.map(({ name, asks }) => {
      const found = command.verdicts.find((one) => one.check === name);
      const because = oneLine(found?.because ?? '');
      if (!found || isPlaceholder(because))
        throw new RuleViolation(
          'verdict-incomplete',
          `“${asks}” needs its answer in words: solid because …, or the gap.`,
          [{ label: 'Judge it', command: 'judge' }],
        );
      return { check: name, solid: found.solid, because };
    });
    const gaps = verdicts.filter((one) => !one.solid).map((one) => one.because);
    const judged = { type: 'judged', verdicts } as const;
    if (late || !conclusion) return [judged];
    if (gaps.length === 0)
      return [judged, resolved(conclusion, { kind: 'judged', by: circumstances.by, verdicts })];
    const dueAt = nextDue(incident, circumstances, undefined, 'mitigated');
    return [judged, { type: 'conclusion-returned', why: 'gaps', missing: gaps, dueAt }];
  },
  override: (incident, command, { now, by }) => {
    mustBeOpen(incident);
    const reason = oneLine(command.reason);
    if (isPlaceholder(reason))
      throw new RuleViolation(
        'reason-needed',
        'Why without a judge? `override nobody else is awake, rollback confirmed by E12`. It stays visible in every later document.',
      );
    const { conclusion } = incident;
    const effectiveAt = command.at ?? conclusion?.effectiveAt ?? now;
    inOrder(incident, effectiveAt, now);
    const own = words(command.text);
    return [
      {
        type: 'resolved',
        effectiveAt,
        ...(own.text === undefined ? words(conclusion?.text) : own),
        evidence: own.text === undefined ? (conclusion?.evidence ?? []) : named(own.text, incident),
        review: { kind: 'overridden', by, reason },
      },
    ];
  },
  'conclusion-late': (incident, command, circumstances) => {
    const { conclusion } = incident;
    if (conclusion?.seq !== command.proposal) return [];
    const { now } = circumstances;
    if (conclusion.stage === 'questions') {
      if (now < conclusion.at + CONCLUSION_WAITS) return [];
      const dueAt = nextDue(incident, circumstances, undefined, 'mitigated');
      return [{ type: 'conclusion-returned', why: 'unanswered', missing: [], dueAt }];
    }
    if (conclusion.judgeBy === undefined || now < conclusion.judgeBy) return [];
    const { judge } = conclusion;
    const review: Review = {
      kind: 'unreviewed',
      dueAt: nextWorkingTime(now, command.zone),
      ...(judge !== undefined && { asked: judge }),
    };
    return [resolved(conclusion, review)];
  },
};

function proposed(incident: Incident): Conclusion {
  mustBeOpen(incident);
  if (incident.conclusion) return incident.conclusion;
  throw new RuleViolation(
    'not-proposed',
    'Nothing is proposed as the end yet. `resolve <cause and fix>` proposes it.',
  );
}

function resolved(conclusion: Conclusion, review: Review): Bare<IncidentEvent> {
  const { effectiveAt, text, evidence } = conclusion;
  return { type: 'resolved', effectiveAt, ...words(text), evidence, review };
}

function mayJudge(incident: Incident, person: string): void {
  const why = whyNotJudge(incident, person);
  if (why !== undefined)
    throw new RuleViolation(
      'not-independent',
      `@{${person}} ${why}, so somebody else has to judge it: \`judge @name\`.`,
    );
}

function nothingToJudge(incident: Incident): RuleViolation {
  const id = incidentId(incident.number);
  if (incident.review?.kind === 'judged')
    return new RuleViolation('judged-already', `${id} is judged already, by @{${incident.review.by}}.`);
  return new RuleViolation(
    'nothing-to-judge',
    `Nothing of ${id} waits for a judge. \`status\` shows where it stands.`,
    [{ label: 'Status', command: `status ${id}` }],
  );
}
