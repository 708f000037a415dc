import { doneLine } from '../../../blocks/done.ts';
import { bugfixModal, correctionModal } from '../../../blocks/modals/records.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { type BugfixParts, CONFIRM_ANSWERS, type ConfirmAnswer } from '../../domain/investigation/record.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { metaOf, openModal } from '../forms/open-modal.ts';
import { targetOf } from '../target.ts';

/** What was understood, and what was fixed. */
export const RECORDS: readonly CommandRow[] = [
  {
    name: 'confirm',
    also: ['is that right'],
    group: 'investigate',
    usage: 'confirm <statement>',
    summary:
      'Ask the channel whether it is understood rightly: yes, no, or correct me. The answers are kept.',
    examples: ['confirm payments answers 429 to our retries only'],
    options: [],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      const command = { type: 'ask-confirmation', statement: call.text } as const;
      const { after } = await act(call.bot.world, incident, command, askerOf(call.request));
      return {
        kind: 'thread',
        message: doneLine(after, 'asked, under the status card.', await readingOf(call, after)),
      };
    },
  },
  {
    name: 'bugfix',
    also: ['fix report'],
    group: 'investigate',
    usage: 'bugfix',
    summary: 'Record an honest fix report. None of its parts may be empty.',
    examples: ['bugfix'],
    options: [],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      if (call.request.trigger !== undefined)
        return openModal(call, bugfixModal(incident, metaOf(call, { incident: incident.number })));
      throw new RuleViolation('needs-click', 'Slack opens a form only from a click:', [
        { label: 'Fill in the fix report', command: 'bugfix' },
      ]);
    },
  },
];

/** One click, or the form for what is right instead. */
export async function confirmed(
  asked: Asked,
  incident: Incident,
  confirmation: number,
  word: string | undefined,
  correction?: string,
): Promise<Said> {
  const says: ConfirmAnswer = CONFIRM_ANSWERS.find((one) => one === word) ?? 'no';
  if (says === 'correct-me' && correction === undefined) {
    const statement = incident.confirmations.find((one) => one.seq === confirmation)?.statement ?? '';
    const meta = metaOf(asked, { incident: incident.number, seq: confirmation });
    return openModal(asked, correctionModal(incident, statement, meta));
  }
  const command = {
    type: 'answer-confirmation',
    confirmation,
    says,
    ...(correction !== undefined && { correction }),
  } as const;
  await act(asked.bot.world, incident, command, askerOf(asked.request));
  return { kind: 'posted' };
}

export async function recordBugfix(asked: Asked, incident: Incident, parts: BugfixParts): Promise<Said> {
  await act(asked.bot.world, incident, { type: 'record-bugfix', parts }, askerOf(asked.request));
  return { kind: 'posted' };
}
