import { forgottenMessage, recalled, rememberedMessage } from '../../../blocks/knowledge/knowledge.ts';
import { changedLine } from '../../../blocks/knowledge/knowledge-changed.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Kind } from '../../domain/knowledge/entry.ts';
import { isPersonal } from '../../domain/knowledge/shelf.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { forgetEntry, pinEntry } from '../../flows/knowledge/change-entry.ts';
import { helped, recall } from '../../flows/knowledge/recall.ts';
import { type Remembering, remember } from '../../flows/knowledge/remember.ts';
import { useKnowledge } from '../../flows/knowledge/use-knowledge.ts';
import type { Org } from '../../flows/ports.ts';
import { askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { namedEntry } from '../knowledge/named-entry.ts';
import { inPublic, orgFor } from '../knowledge/org-for.ts';
import { shareOwn } from '../knowledge/share-own.ts';
import { shareable } from '../knowledge/shareable.ts';
import { usedInEach } from '../knowledge/used-in.ts';
import { maySee } from '../target.ts';
import { CORRECT } from './correct.ts';
import { KB } from './kb.ts';

const KIND_OF: Readonly<Record<string, Kind>> = {
  fact: 'facts',
  pattern: 'patterns',
  query: 'queries',
  incident: 'incidents',
  integration: 'integrations',
};

/** Saved for the asker alone, or for an organisation; the answer is private where the knowledge is. */
async function save(call: Call, org: Org | undefined, typed: string): Promise<Said> {
  const said = org ? await shareable(call, typed, 'save for the team', 'remember') : typed;
  const [, word = '', rest = ''] =
    /^(fact|pattern|query|incident|integration):?\s+([\s\S]+)$/i.exec(said) ?? [];
  const proof = await proofIn(call, said);
  const kind = KIND_OF[word.toLowerCase()] ?? (proof ? 'queries' : 'facts');
  const asked: Remembering = {
    team: call.request.team,
    by: call.request.by,
    kind,
    text: (word === '' ? said : rest).replace(/^E\d{1,6}\s+/, ''),
    ...(org && { org }),
    ...(proof && { proof }),
    ...(call.request.resumed && { resumedFrom: call.request.at }),
  };
  const one = await remember(call.bot.world, asked);
  const message = rememberedMessage(one, org?.repository?.state().why, await readingOf(call));
  return org ? inPublic(call, message) : { kind: 'private', message };
}

/** `E7 …`: the evidence of the channel's incident that proves what is saved. What a private incident showed stays there. */
async function proofIn(call: Call, said: string): Promise<Remembering['proof']> {
  const id = /^(?:\w+:?\s+)?(E\d{1,6})\b/.exec(said)?.[1];
  const { channel, team, direct } = call.request;
  const here =
    channel === undefined || direct ? undefined : await call.bot.world.store.inChannel(team, channel);
  const number = call.incident ?? here?.ref.number;
  if (id === undefined || number === undefined) return undefined;
  const incident = await findIncident(call.bot.world.store, { team, number });
  const note =
    incident && (await maySee(call, incident)) ? incident.evidence.find((one) => one.id === id) : undefined;
  if (!note)
    throw new RuleViolation(
      'no-such-evidence',
      `There is no ${id} in INC-${number}. \`timeline\` shows what there is.`,
    );
  return { incident: number, note };
}

/** The open incident that is named, or that of the channel. */
async function incidentHere(call: Call): Promise<Incident | undefined> {
  const { store } = call.bot.world;
  const { channel, team, direct } = call.request;
  const here = channel === undefined || direct ? undefined : await store.inChannel(team, channel);
  const number = call.incident ?? (here?.open ? here.ref.number : undefined);
  const incident = number === undefined ? undefined : await findIncident(store, { team, number });
  return incident && isOpen(incident) && (await maySee(call, incident)) ? incident : undefined;
}

/** Of what is theirs, for whoever asks aloud. */
const OWN_SHOWN = 5;

async function look(call: Call): Promise<Said> {
  const { bot, request, text } = call;
  if (text.trim() === '')
    throw new RuleViolation('words-needed', 'Recall what? `recall checkout rate limit`.');
  const alone = request.direct || request.kind === 'slash';
  const { team } = request;
  const found = await recall(bot.world, { team, text, ...(alone && { person: request.by }) });
  // What is yours is told to you alone.
  const mine = alone
    ? []
    : (await recall(bot.world, { team, text, person: request.by, most: Number.MAX_SAFE_INTEGER })).matches;
  const all = mine.filter(({ one }) => isPersonal(one.shelf));
  const own = all.slice(0, OWN_SHOWN);
  const usedIn = await usedInEach(
    call,
    [...found.matches, ...own].map(({ one }) => one),
  );
  const message = recalled(text, found, await readingOf(call), usedIn);
  if (alone) return { kind: 'private', message };
  if (own.length === 0) return { kind: 'thread', message };
  return {
    kind: 'thread',
    message,
    also: recalled(
      text,
      { matches: own, more: all.length - own.length, unread: [] },
      await readingOf(call),
      usedIn,
    ),
  };
}

export const KNOWLEDGE: readonly CommandRow[] = [
  {
    name: 'remember',
    also: ['remember this', 'save this', 'keep in mind'],
    group: 'know',
    usage: 'remember [fact|pattern|query|integration] [E7] <what you know> [#tag]',
    summary: 'Saved at once, for you alone. With an evidence, its query, window and link are kept.',
    examples: [
      'remember the pool of checkout holds 40 #checkout',
      'remember query E7 share of refused calls',
    ],
    options: [],
    target: 'none',
    run: (call) => save(call, undefined, call.text),
  },
  {
    name: 'save',
    also: ['save for the team', 'save for team', 'share'],
    group: 'know',
    usage: 'save for the team [fact|pattern|query] [E7] <what you know> [#tag]',
    summary: 'The same, for everyone.',
    examples: ['save for the team payments limits us to 500/s #payments'],
    options: [],
    target: 'none',
    run: (call) => {
      const [, org, rest] = /^for\s+(\S+)\s+([\s\S]+)$/i.exec(call.text) ?? [];
      const typed = rest ?? call.text;
      const own = /^(?:confirmed\s+)?mine:\s*[\s\S]+$/i.test(typed);
      return own ? shareOwn(call, orgFor(call, org), typed) : save(call, orgFor(call, org), typed);
    },
  },
  {
    name: 'recall',
    first: 7,
    also: ['what do we know about', 'do we know', 'kb search'],
    group: 'know',
    usage: 'recall <words>',
    summary: 'What is known, best first: yours, your team’s, and what ships with Steady.',
    examples: ['recall checkout rate limit'],
    options: [],
    target: 'none',
    run: look,
  },
  KB,
  CORRECT,
  {
    name: 'pin',
    also: ['unpin'],
    group: 'know',
    usage: 'pin <key> | unpin <key>',
    summary: 'Never archived, however old.',
    examples: ['pin checkout'],
    options: [],
    target: 'none',
    run: async (call) => {
      const one = await namedEntry(call, call.text);
      const pinned = !/^unpin\b/i.test(call.again);
      await pinEntry(call.bot.world, call.request.team, one, pinned);
      return {
        kind: 'private',
        message: changedLine(`${pinned ? 'Pinned' : 'Not pinned any more'}: ${one.entry.key}`),
      };
    },
  },
  {
    name: 'forget',
    also: [],
    group: 'know',
    usage: 'forget <key>',
    summary: 'Gone from what is known; `kb undo` takes it back.',
    examples: ['forget checkout'],
    options: [],
    target: 'none',
    run: async (call) => {
      const one = await namedEntry(call, call.text);
      await forgetEntry(call.bot.world, call.request.team, call.request.by, one);
      return { kind: 'private', message: forgottenMessage(one) };
    },
  },
  {
    name: 'helped',
    also: [],
    group: 'know',
    usage: 'helped <key>',
    summary: 'Counts that it helped: what helps is found first and stays.',
    examples: ['helped checkout'],
    options: [],
    target: 'none',
    run: async (call) => {
      const one = await namedEntry(call, call.text);
      const { shelf, id, entry } = one;
      const incident = await incidentHere(call);
      const use = {
        of: { kind: 'entry', shelf, id, key: entry.key },
        name: entry.key,
        how: 'helped',
      } as const;
      if (incident) await useKnowledge(call.bot.world, incident, use, askerOf(call.request));
      else await helped(call.bot.world, call.request.team, one);
      return { kind: 'private', message: changedLine(`Counted: ${one.entry.key} helped.`) };
    },
  },
];
