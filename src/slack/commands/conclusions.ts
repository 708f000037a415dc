import { doneLine } from '../../../blocks/done.ts';
import type { LessonsRead } from '../../../blocks/modals/lessons.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { QuestionAnswer, Verdict } from '../../domain/investigation/conclusion.ts';
import type { Instant } from '../../domain/time.ts';
import { act } from '../../flows/act.ts';
import { answerQuestions } from '../../flows/conclude.ts';
import { type Asked, askerOf, readingOf, timeOf } from '../call.ts';
import { hintsOnClaim } from '../claim-hints.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { throwAway } from '../forms/closing-form.ts';
import { openResolve } from '../forms/open-closing.ts';
import { openJudge, openQuestions } from '../forms/open-investigation.ts';
import { targetOf } from '../target.ts';
import { chosenLessons } from './distil.ts';
import { readPerson } from './people.ts';
import { corrected, words } from './talk.ts';

/** How an incident ends. */
export const CONCLUSIONS: readonly CommandRow[] = [
  {
    name: 'resolve',
    first: 6,
    also: ['resolved', 'close', 'closed', 'conclude resolved'],
    group: 'incident',
    usage: 'resolve [cause and fix] [at:15:20]',
    summary:
      'Propose the end: reminders stop at once, five questions follow. With `at:` it corrects the time.',
    examples: ['resolve payments raised our limit (E12)', 'resolve at:15:20'],
    options: ['at'],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      const at = await timeOf(call, incident);
      const command = { type: 'resolve', ...words(call.text), ...(at !== undefined && { at }) } as const;
      const acted = await act(call.bot.world, incident, command, askerOf(call.request));
      const proposed = acted.events[0]?.event.type === 'resolution-proposed';
      return proposed && call.request.trigger !== undefined
        ? openResolve(call, acted.after)
        : corrected(call, acted);
    },
  },
  {
    name: 'questions',
    also: ['answer questions', 'validate'],
    group: 'incident',
    usage: 'questions',
    summary: 'Open the five questions of a conclusion.',
    examples: ['questions'],
    options: [],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      if (call.request.trigger !== undefined) return openQuestions(call, incident);
      throw new RuleViolation('needs-click', 'Slack opens a form only from a click:', [
        { label: 'Answer the five questions', command: 'questions' },
      ]);
    },
  },
  {
    name: 'judge',
    also: ['review'],
    group: 'incident',
    usage: 'judge [@name]',
    summary: 'Judge a proposed resolution, or ask somebody independent to.',
    verbatim: true,
    examples: ['judge', 'judge @Mara'],
    options: [],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      const to = /<@[UW]/.test(call.text) ? readPerson(call.text, call.request.by) : undefined;
      if (to !== undefined) return askJudge(call, incident, to);
      if (call.request.trigger !== undefined) return openJudge(call, incident);
      throw new RuleViolation(
        'needs-click',
        'Slack opens a form only from a click; `judge @name` asks somebody else:',
        [{ label: 'Judge it', command: 'judge' }],
      );
    },
  },
  {
    name: 'override',
    also: ['resolve anyway'],
    group: 'incident',
    usage: 'override <reason> [at:15:20]',
    summary: 'Resolve without the questions or a judge; the reason stays visible in every later document.',
    examples: ['override nobody else is awake, rollback confirmed by E12'],
    options: ['at'],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      const at = await timeOf(call, incident);
      const command = { type: 'override', reason: call.text, ...(at !== undefined && { at }) } as const;
      await act(call.bot.world, incident, command, askerOf(call.request));
      return { kind: 'posted' };
    },
  },
];

async function askJudge(call: Call, incident: Incident, to: string): Promise<Said> {
  const { after } = await act(call.bot.world, incident, { type: 'ask-judge', to }, askerOf(call.request));
  return {
    kind: call.request.kind === 'mention' ? 'thread' : 'private',
    message: doneLine(after, `@{${to}} is asked to judge it.`, await readingOf(call, after, [to])),
  };
}

/** The form of the five questions: proposes the end where nothing is proposed yet, and answers. */
export async function resolveWith(
  asked: Asked,
  incident: Incident,
  read: { readonly text?: string; readonly at?: Instant; readonly answers: readonly QuestionAnswer[] },
  lessons: LessonsRead,
): Promise<Said> {
  const { answers, ...said } = read;
  const choice = await chosenLessons(asked, incident, lessons, answers);
  const { conclusion } = incident;
  const same = conclusion && said.text === conclusion.text;
  await answerQuestions(
    asked.bot.world,
    incident,
    { answers, ...(!same && { proposal: said }), ...(choice && { choice }) },
    askerOf(asked.request),
  );
  await throwAway(asked, incident);
  const hints = hintsOnClaim(incident, 'the cause', said.text);
  return { kind: 'posted', ...(hints && { also: hints }) };
}

/** The form of the judge. */
export async function judgeWith(
  asked: Asked,
  incident: Incident,
  verdicts: readonly Verdict[],
): Promise<Said> {
  const { after } = await act(asked.bot.world, incident, { type: 'judge', verdicts }, askerOf(asked.request));
  const gaps = verdicts.filter((one) => !one.solid).length;
  const line =
    gaps === 0
      ? 'your judgement is recorded: solid.'
      : incident.conclusion
        ? 'your judgement is recorded; the gap keeps the investigation open.'
        : 'your judgement is recorded. `reopen` takes it up again where the gap matters.';
  return { kind: 'private', message: doneLine(after, line, await readingOf(asked, after)) };
}
