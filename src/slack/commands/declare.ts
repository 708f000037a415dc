import { refusal } from '../../../blocks/notice.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { incidentId, type MessageRef, type Severity } from '../../domain/incident.ts';
import { declareIncident } from '../../flows/declare.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { openDeclare } from '../forms/open-modal.ts';
import { readSeverity } from './facts.ts';

/** What was typed after `declare`: severity and title, and whether `here` confirmed the channel or `new` asked for one. */
export interface Typed {
  readonly title: string;
  readonly severity?: Severity;
  readonly where?: 'here' | 'new';
}

export function readDeclare(text: string): Typed {
  const words = text.split(/\s+/).filter(Boolean);
  const last = /^(here|new)[.!]?$/i.exec(words.at(-1) ?? '')?.[1]?.toLowerCase();
  const where = last === 'here' || last === 'new' ? last : undefined;
  if (where !== undefined) words.pop();
  const first = readSeverity(words[0] ?? '');
  const end = first === undefined && words.length > 1 ? readSeverity(words.at(-1) ?? '') : undefined;
  if (first !== undefined) words.shift();
  else if (end !== undefined) words.pop();
  const severity = first ?? end;
  return {
    title: words.join(' '),
    ...(where !== undefined && { where }),
    ...(severity !== undefined && { severity }),
  };
}

export interface Begin {
  readonly title: string;
  readonly severity: Severity;
  readonly channel: string;
  readonly service?: string;
  readonly link?: string;
  readonly impactSince?: number;
  readonly alert?: MessageRef;
}

/** Starts an incident in a channel that the person confirmed; refuses with the way on where Steady could not speak there. */
export async function begin(asked: Asked, begin: Begin): Promise<Said> {
  const { bot, request } = asked;
  const seen = await bot.looks.channel(begin.channel);
  if (seen === undefined || !seen.member) {
    throw new RuleViolation(
      'not-invited',
      'I am not in that channel, so nobody would hear me. Type `/invite @steady` there, then declare again.',
    );
  }
  if (seen.archived) throw new RuleViolation('archived', 'That channel is archived. Declare in another one.');
  if (seen.dm)
    throw new RuleViolation(
      'dm-target',
      'An incident needs a channel where people can join. Declare it in one, with `here` at the end.',
    );
  if (seen.shared && !bot.rules.sharedChannels.includes(begin.channel)) {
    throw new RuleViolation(
      'shared',
      'That channel is shared with another company. Declare in an internal one, or have it named under `[slack] shared_channels`.',
    );
  }
  await refuseSecond(asked, begin);
  await declareIncident(bot.world, request.team, { ...begin, private: seen.private }, askerOf(request));
  return { kind: 'posted' };
}

/** A channel of its own, `inc-42-checkout-500s`, with the asker in it; only where the operator switched it on. */
export async function beginInNewChannel(
  asked: Asked,
  title: string,
  severity: Severity,
  more: Partial<Begin> = {},
): Promise<Said> {
  const { bot, request } = asked;
  if (!bot.rules.newChannels) {
    throw new RuleViolation(
      'new-channels-off',
      'Opening channels is switched off. Create one, `/invite @steady`, and declare there with `here`.',
    );
  }
  const [newest] = await bot.world.store.list(request.team, { limit: 1 });
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const channel = await bot.door.createChannel(
    `inc-${(newest?.ref.number ?? 0) + 1}-${words}`.slice(0, 70).replace(/-$/, ''),
  );
  await bot.door.invite(channel, [request.by]);
  await begin(asked, { ...more, title, severity, channel });
  return { kind: 'private', message: refusal(`Declared in <#${channel}>.`, [], await readingOf(asked)) };
}

/** One open incident per channel: the second declare offers the first one, or a channel of its own. */
async function refuseSecond({ bot, request }: Asked, begin: Begin): Promise<void> {
  const here = await bot.world.store.inChannel(request.team, begin.channel);
  if (!here?.open) return;
  const id = incidentId(here.ref.number);
  throw new RuleViolation('one-open-per-channel', `${id} is open here: ${here.title}. Is this the same?`, [
    { label: `Use ${id}`, command: `status ${id}` },
    ...(bot.rules.newChannels
      ? [{ label: 'New channel', command: `declare ${begin.severity} ${begin.title} new` }]
      : []),
  ]);
}

export const DECLARE: readonly CommandRow[] = [
  {
    name: 'declare',
    first: 1,
    also: ['start', 'open', 'incident', 'new incident'],
    group: 'incident',
    usage: 'declare [P1|P2|P3|P4] <what is happening> here',
    summary: 'Start an incident in this channel. `here` confirms the channel; without it you are asked.',
    examples: ['declare P1 checkout 500s here', 'declare search is slow'],
    options: [],
    target: 'none',
    run: async (call) => {
      const { bot, request } = call;
      const typed = readDeclare(call.text);
      const { channel } = request;
      if (
        channel !== undefined &&
        !request.direct &&
        typed.where === 'here' &&
        typed.severity !== undefined &&
        typed.title !== ''
      ) {
        return begin(call, { title: typed.title, severity: typed.severity, channel });
      }
      if (typed.where === 'new' && typed.severity !== undefined && typed.title !== '')
        return beginInNewChannel(call, typed.title, typed.severity);
      if (request.trigger !== undefined) return openDeclare(call, typed);
      if (typed.title === '')
        throw new RuleViolation('title-needed', 'What is happening? `declare P1 checkout 500s here`.');
      if (channel === undefined || request.direct) {
        throw new RuleViolation(
          'channel-needed',
          'In which channel? Say it there: `@steady declare P1 checkout 500s here`.',
        );
      }
      const severities: readonly Severity[] =
        typed.severity === undefined ? ['P1', 'P2', 'P3', 'P4'] : [typed.severity];
      const question =
        typed.severity === undefined
          ? 'How bad is it? It will be declared in this channel.'
          : 'Declare it in this channel?';
      throw new RuleViolation('confirm-channel', question, [
        ...severities.map((one) => ({
          label: severities.length > 1 ? one : `Declare ${one} here`,
          command: `declare ${one} ${typed.title} here`,
        })),
        ...(bot.rules.newChannels
          ? [{ label: 'New channel', command: `declare ${typed.severity ?? 'P2'} ${typed.title} new` }]
          : []),
      ]);
    },
  },
];
