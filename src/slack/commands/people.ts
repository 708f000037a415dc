import { doneLine } from '../../../blocks/done.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, type PersonId, ROLES, type Role } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { openHandOff } from '../forms/open-modal.ts';
import { serviceOwner } from '../knowledge/service-owner.ts';
import { targetOf } from '../target.ts';

/** `<@U123>`, or me. */
export function readPerson(text: string, me: PersonId): PersonId | undefined {
  const found = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(text)?.[1];
  return found ?? (/^(?:me|i|myself)?$/i.test(text.trim()) ? me : undefined);
}

async function give(call: Call, role: Role, text: string): Promise<Said> {
  const incident = await targetOf(call);
  const to = readPerson(text, call.request.by);
  if (to === undefined)
    throw new RuleViolation(
      'person-needed',
      `Who? \`${role === 'lead' ? 'lead' : `role ${role}`} @name\`, or nobody for yourself.`,
    );
  await mustBePerson(call, to);
  const command =
    role === 'lead' && to === call.request.by
      ? ({ type: 'take-lead' } as const)
      : ({ type: 'give-role', role, to } as const);
  const { after } = await act(call.bot.world, incident, command, askerOf(call.request));
  const outside =
    to !== call.request.by && !(await call.bot.directory.inChannel(call.request.team, to, incident.channel));
  const name = await call.bot.directory.name(call.request.team, to);
  const line = `@{${to}} is ${role} now${role === 'lead' ? `, was @{${incident.lead}}` : ''}.${outside ? ` @{${to}} is not in <#${incident.channel}> yet: \`/invite @${name}\` there brings them in.` : ''}`;
  return { kind: 'thread', message: doneLine(after, line, await readingOf(call, after, [to])) };
}

async function mustBePerson(call: Call, person: PersonId): Promise<void> {
  const standing = await call.bot.directory.standing(call.request.team, person);
  if (standing?.bot) throw new RuleViolation('not-a-person', 'Apps cannot take a role. Name a person.');
  if (standing?.deactivated)
    throw new RuleViolation('deactivated', `@{${person}} is deactivated. Name someone who can answer.`);
}

/** Offers a role; it is handed off only when the other person accepts. */
export async function offer(
  call: Pick<Call, 'bot' | 'request'>,
  incident: Incident,
  role: Role,
  to: PersonId,
): Promise<Said> {
  const { after } = await act(call.bot.world, incident, { type: 'offer', role, to }, askerOf(call.request));
  const line = `${role} is offered to @{${to}}; until they accept, nothing changes hands.`;
  return {
    kind: call.request.kind === 'mention' ? 'thread' : 'private',
    message: doneLine(after, line, await readingOf(call, after, [to])),
  };
}

/** Who does what. */
export const PEOPLE: readonly CommandRow[] = [
  {
    name: 'lead',
    also: [
      "i'm lead",
      'im lead',
      'i am lead',
      'i lead',
      'take lead',
      'taking lead',
      'ack',
      'acknowledge',
      'mine',
    ],
    group: 'people',
    usage: 'lead [@name]',
    summary: 'Take the lead, or say who leads. Reminders go to the lead.',
    examples: ['lead', "I'm lead", 'lead @Bo'],
    options: [],
    target: 'open',
    run: (call) => give(call, 'lead', call.text),
  },
  {
    name: 'role',
    also: ['comms', 'ops', 'scribe'],
    keeps: ['comms', 'ops', 'scribe'],
    group: 'people',
    usage: 'role comms|ops|scribe [@name]',
    summary: 'Who talks, who changes the system, who writes down.',
    examples: ['role comms @Bo', 'scribe'],
    options: [],
    target: 'open',
    run: (call) => {
      const [word = '', ...rest] = call.text.split(/\s+/);
      const role = ROLES.find((one) => one === word.toLowerCase());
      if (role === undefined)
        throw new RuleViolation(
          'role-word',
          'Which role? `role comms @name`; there are lead, comms, ops and scribe.',
        );
      return give(call, role, rest.join(' '));
    },
  },
  {
    name: 'handoff',
    also: ['hand off', 'hand-off', 'handover', 'hand over'],
    group: 'people',
    usage: 'handoff [lead|comms|ops|scribe] @name',
    summary: 'Offer your role; it moves when the other person accepts.',
    examples: ['handoff @Mara', 'handoff comms @Bo'],
    options: [],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      const [word = ''] = call.text.split(/\s+/);
      const role = ROLES.find((one) => one === word.toLowerCase());
      const to = /<@([UW][A-Z0-9]+)/.exec(call.text)?.[1];
      if (to === undefined && call.request.trigger !== undefined) return openHandOff(call, incident);
      if (to === undefined) {
        const owner = await serviceOwner(call, incident);
        throw new RuleViolation(
          'person-needed',
          `To whom? \`handoff @name\`.${owner ? ` ${owner.says}` : ''}`,
          owner
            ? [{ label: 'Offer it to the owner', command: `handoff ${role ?? 'lead'} <@${owner.person}>` }]
            : [],
        );
      }
      await mustBePerson(call, to);
      return offer(call, incident, role ?? 'lead', to);
    },
  },
];
