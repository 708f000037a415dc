import { doneLine } from '../../../blocks/done.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { QuestionAnswer } from '../../domain/investigation/conclusion.ts';
import { type InterimAs, openTests } from '../../domain/investigation/interim.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import { phaseHeard } from '../claim-hints.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { throwAway } from '../forms/closing-form.ts';
import { openInterim } from '../forms/open-investigation.ts';
import { serviceOwner } from '../knowledge/service-owner.ts';
import { targetOf } from '../target.ts';
import { words } from './talk.ts';

const AS: readonly InterimAs[] = ['monitoring', 'escalated', 'stalled'];

/** How an incident is concluded that goes on. */
export const INTERIMS: readonly CommandRow[] = [
  {
    name: 'conclude',
    also: ['conclusion'],
    group: 'incident',
    verbatim: true,
    usage: 'conclude monitoring|escalated|stalled [@new owner] [next:2h] [why]',
    summary:
      'Not over: watched, with a new owner, or looked at again after `next:`; five questions say what is still to test.',
    examples: [
      'conclude escalated @Mara the vendor has to look',
      'conclude stalled next:2h waiting for the vendor',
    ],
    options: ['next'],
    target: 'open',
    run: (call) => conclude(call),
  },
];

async function conclude(call: Call): Promise<Said> {
  const [word = '', ...rest] = call.text.split(/\s+/);
  const as = AS.find((one) => one === word.toLowerCase());
  const incident = await targetOf(call);
  if (as === undefined)
    throw new RuleViolation(
      'conclude-as',
      'Concluded how? `conclude resolved`, `monitoring`, `escalated @name` or `stalled next:2h`.',
      [{ label: 'Resolve', command: 'resolve' }],
    );
  const concluded = readConclude(call, as, rest.join(' '));
  if (as === 'escalated' && concluded.to === undefined && !('lookAt' in concluded))
    await offerOwner(call, incident, rest.join(' '));
  const { after, events } = await act(
    call.bot.world,
    incident,
    { type: 'conclude', as, ...concluded },
    askerOf(call.request),
  );
  const mitigated = events.find(({ event }) => event.type === 'mitigated');
  const said: Said = mitigated ? await phaseHeard(call, after, mitigated) : { kind: 'posted' };
  if (call.request.trigger === undefined) return said;
  const form = await openInterim(call, after);
  return 'also' in said && said.also ? { ...form, also: said.also } : form;
}

/** Where facts know who owns the service, they are a click away. */
async function offerOwner(call: Call, incident: Incident, why: string): Promise<void> {
  const owner = await serviceOwner(call, incident);
  if (!owner) return;
  throw new RuleViolation(
    'escalated-to',
    `Escalated to whom? ${owner.says} \`conclude escalated @name\` names somebody else, \`next:2h\` says when somebody looks again.`,
    [{ label: 'Escalate to the owner', command: `conclude escalated <@${owner.person}> ${why}`.trim() }],
  );
}

function readConclude(call: Call, as: InterimAs, said: string) {
  const to = as === 'monitoring' ? undefined : /<@([UW][A-Z0-9]+)/.exec(said)?.[1];
  const text = said.replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, '').trim();
  const { next } = call.options;
  const later = next === undefined || as === 'monitoring' ? undefined : call.bot.world.clock.now() + next;
  return {
    ...words(text),
    ...(to !== undefined && { to }),
    ...(later !== undefined && { lookAt: later }),
    ...(as === 'monitoring' && next !== undefined && { next }),
  };
}

/** The form of its five questions: whoever answered hears what is left to test, as everybody sees it on the card. */
export async function answerInterim(
  asked: Asked,
  incident: Incident,
  of: number,
  answers: readonly QuestionAnswer[],
): Promise<Said> {
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'answer-interim', of, answers },
    askerOf(asked.request),
  );
  await throwAway(asked, incident, of);
  const left = openTests(after);
  const line =
    left.length === 0
      ? 'all five questions are answered. `resolve` concludes it once it is over.'
      : `stays open; still to test: ${left.map((one) => one.brief).join(' · ')}. The \`board\` says how, and whoever looks next is handed it.`;
  return { kind: 'private', message: doneLine(after, line, await readingOf(asked, after)) };
}
