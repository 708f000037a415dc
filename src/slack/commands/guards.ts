import { doneLine } from '../../../blocks/done.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { GUARDS as KINDS } from '../../domain/investigation/guards.ts';
import { act } from '../../flows/act.ts';
import { triage } from '../../flows/triage.ts';
import { askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { targetOf } from '../target.ts';

/** What is looked at unasked, and what is said unasked. */
export const GUARDS: readonly CommandRow[] = [
  {
    name: 'triage',
    also: ['what changed'],
    group: 'investigate',
    usage: 'triage',
    summary: 'Ask again: deploy, flag, traffic, alerts, new errors. A P1 is asked about without it.',
    examples: ['triage'],
    options: [],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      await refuseWhereShared(call, incident);
      await triage(call.bot.world, incident, incident.version);
      return { kind: 'posted' };
    },
  },
  {
    name: 'mute',
    also: ['mute guard'],
    group: 'investigate',
    usage: 'mute <guard>|all',
    summary: 'No more of this private warning in this incident; the timeline says who muted it.',
    examples: ['mute no-lead', 'mute all'],
    options: [],
    target: 'open',
    run: (call) => change(call, 'mute-guard'),
  },
  {
    name: 'unmute',
    also: ['unmute guard'],
    group: 'investigate',
    usage: 'unmute <guard>|all',
    summary: 'Say this private warning again.',
    examples: ['unmute all'],
    options: [],
    target: 'open',
    run: (call) => change(call, 'unmute-guard'),
  },
];

async function change(call: Call, type: 'mute-guard' | 'unmute-guard'): Promise<Said> {
  const word = call.text.trim().toLowerCase();
  const guard = word === 'all' ? 'all' : KINDS.find((one) => one === word);
  if (guard === undefined)
    throw new RuleViolation(
      'which-guard',
      `Which one? ${KINDS.map((one) => `\`${one}\``).join(', ')}, or \`all\`.`,
    );
  const { after } = await act(call.bot.world, await targetOf(call), { type, guard }, askerOf(call.request));
  const line =
    type === 'mute-guard'
      ? `is muted here: ${guard}. \`unmute ${guard}\` undoes it.`
      : `says it again: ${guard}.`;
  return { kind: 'thread', message: doneLine(after, line, await readingOf(call, after)) };
}
