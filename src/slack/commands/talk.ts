import { doneLine } from '../../../blocks/done.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { parseDuration, sayDuration } from '../../domain/time.ts';
import { readUpdate } from '../../domain/update.ts';
import { act } from '../../flows/act.ts';
import { askerOf, readingOf, timeOf } from '../call.ts';
import { phaseHeard } from '../claim-hints.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { openUpdate } from '../forms/open-modal.ts';
import { postUpdate } from '../post-update.ts';
import { targetOf } from '../target.ts';

const POSTED: Said = { kind: 'posted' };

/** What the channel hears: updates, heartbeats, snoozes. */
export const TALK: readonly CommandRow[] = [
  {
    name: 'update',
    first: 2,
    also: [],
    group: 'talk',
    usage: 'update [impact: …] [known: …] [doing: …] [next:30m]',
    summary: 'Tell the channel what is known; the next update is promised by itself.',
    examples: [
      'update 61 % of calls to payments answer 429 (E5)',
      'update impact: 23 % of checkouts fail (E1) doing: halving our retries next:15m',
    ],
    options: ['next'],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      if (call.text === '' && call.request.trigger !== undefined) return openUpdate(call, incident);
      const { next } = call.options;
      return postUpdate(call, incident, readUpdate(call.text), next === undefined ? {} : { next });
    },
  },
  {
    name: 'nochange',
    also: ['no change', 'no-change', 'nothing new', 'heartbeat'],
    group: 'talk',
    usage: 'nochange [next:30m]',
    summary: 'A heartbeat: what changed since the last word, or that nothing did. At most twice in a row.',
    examples: ['no change', 'no change next:15m'],
    options: ['next'],
    target: 'open',
    run: async (call) => {
      const { next } = call.options;
      const incident = await targetOf(call);
      await act(
        call.bot.world,
        incident,
        { type: 'no-change', ...(next !== undefined && { next }) },
        askerOf(call.request),
      );
      return POSTED;
    },
  },
  {
    name: 'snooze',
    also: ['snooze for'],
    group: 'talk',
    usage: 'snooze <time> <reason>',
    summary: 'Move the promised time once, with a reason the channel sees.',
    examples: ['snooze 30m waiting for the vendor'],
    options: [],
    target: 'open',
    run: async (call) => {
      const [first = '', ...rest] = call.text.split(/\s+/);
      const length = parseDuration(first);
      if (length === undefined)
        throw new RuleViolation('snooze-time', 'For how long, and why? `snooze 30m waiting for the vendor`.');
      const reason = rest.join(' ');
      const { after } = await act(
        call.bot.world,
        await targetOf(call),
        { type: 'snooze', for: length, reason },
        askerOf(call.request),
      );
      return {
        kind: 'thread',
        message: doneLine(
          after,
          `the next update is due in ${sayDuration(length)}: ${reason}`,
          await readingOf(call, after),
        ),
      };
    },
  },
  {
    name: 'note',
    also: ['timeline add'],
    group: 'talk',
    usage: 'note <what happened>',
    summary: 'Put a line on the timeline without telling the whole channel.',
    examples: ['note restarted checkout-7f9 in eu-west'],
    options: [],
    target: 'any',
    run: async (call) => {
      const { after } = await act(
        call.bot.world,
        await targetOf(call),
        { type: 'note', text: call.text },
        askerOf(call.request),
      );
      return {
        kind: 'thread',
        message: doneLine(after, 'noted on the timeline.', await readingOf(call, after)),
      };
    },
  },
];

/** Changes of phase, which the channel hears at top level. */
export const PHASES: readonly CommandRow[] = [
  {
    name: 'mitigate',
    first: 5,
    also: ['mitigated', 'stabilised', 'stabilized'],
    group: 'incident',
    usage: 'mitigate [what helped] [at:14:20] [next:30m]',
    summary: 'Customers no longer hurt; work goes on. Again with `at:` it corrects the time.',
    examples: ['mitigate retries halved (E12)', 'mitigate at:14:20'],
    options: ['at', 'next'],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      const at = await timeOf(call, incident);
      const { next } = call.options;
      const command = {
        type: 'mitigate',
        ...words(call.text),
        ...(at !== undefined && { at }),
        ...(next !== undefined && { next }),
      } as const;
      return corrected(call, await act(call.bot.world, incident, command, askerOf(call.request)));
    },
  },
  {
    name: 'reopen',
    also: ['re-open'],
    group: 'incident',
    usage: 'reopen [INC-42] [what came back]',
    summary: 'It is not over: phase and promise begin anew.',
    examples: ['reopen 500s are back since 16:02'],
    options: [],
    target: 'any',
    run: async (call) => {
      const reason = call.text === '' ? {} : { reason: call.text };
      await reopenInChannel(call, await targetOf(call), reason);
      return POSTED;
    },
  },
  {
    name: 'cancel',
    also: ['false alarm'],
    group: 'incident',
    usage: 'cancel <reason>',
    summary: 'A false alarm: ends it without further questions.',
    examples: ['cancel the probe was misconfigured'],
    options: [],
    target: 'open',
    run: async (call) => {
      await act(
        call.bot.world,
        await targetOf(call),
        { type: 'cancel', reason: call.text },
        askerOf(call.request),
      );
      return POSTED;
    },
  },
];

type Acted = Awaited<ReturnType<typeof act>>;

async function reopenInChannel(
  call: Parameters<CommandRow['run']>[0],
  incident: Acted['after'],
  reason: { reason?: string },
): Promise<void> {
  const here = await call.bot.world.store.inChannel(incident.team, incident.channel);
  if (here?.open && here.ref.number !== incident.number) {
    throw new RuleViolation(
      'one-open-per-channel',
      `INC-${here.ref.number} is open in that channel. Resolve or merge it first.`,
      [
        {
          label: `Merge into INC-${here.ref.number}`,
          command: `merge INC-${incident.number} INC-${here.ref.number}`,
        },
      ],
    );
  }
  await act(call.bot.world, incident, { type: 'reopen', ...reason }, askerOf(call.request));
}

/** Says what a corrected time was before; a change of phase is its own answer. */
export async function corrected(
  call: Parameters<CommandRow['run']>[0],
  { after, events }: Acted,
): Promise<Said> {
  const event = events[0]?.event;
  if (event?.type !== 'time-corrected') return phaseHeard(call, after, events[0]);
  const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
  const line = `${event.of} at ${clock(event.effectiveAt)} UTC. The timeline keeps ${clock(event.was)} UTC as well.`;
  return { kind: 'thread', message: doneLine(after, line, await readingOf(call, after)) };
}

export function words(text: string): { text?: string } {
  return text === '' ? {} : { text };
}
