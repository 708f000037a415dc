import { actionHint, actionsMine, actionsOf } from '../../../blocks/actions.ts';
import { doneLine } from '../../../blocks/done.ts';
import { ACTION_ID, type ActionCommand, type ActionItem, whyVague } from '../../domain/action-item.ts';
import { actionNamed } from '../../domain/decide/actions.ts';
import { resolveDue } from '../../domain/due-date.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident, PersonId } from '../../domain/incident.ts';
import type { Instant } from '../../domain/time.ts';
import { act } from '../../flows/act.ts';
import { ownedActions } from '../../flows/owned-actions.ts';
import { safeUrl } from '../../safety/text.ts';
import { mayAction } from '../action-access.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { peopleOf } from '../reading.ts';
import { targetOf } from '../target.ts';
import { plainNames } from '../words/plain-names.ts';

/** What is to be done because of it, and followed up until it is closed. */
export const ACTIONS: readonly CommandRow[] = [
  {
    name: 'action',
    also: ['todo', 'action item', 'follow up', 'follow-up'],
    group: 'incident',
    usage:
      'action <what to do> [@owner] [due:fri|next:3d] | action A2 done|drop <why>|reopen|@owner due:…|<new words>',
    summary:
      'Keep something to be done, also after the end. Its owner hears of it on the morning it is due, then weekly.',
    examples: [
      'action Alert on pool use above 80 % @Mara due:fri',
      'action A2 done',
      'action A2 drop the service is being retired',
      'action A2 @Bo due:2026-12-04',
    ],
    options: ['due', 'next'],
    target: 'any',
    verbatim: true,
    run: async (call) => {
      const [first = '', ...rest] = call.text.split(/\s+/);
      const dueAt = await dueOf(call);
      if (!ACTION_ID.test(first)) return add(call, await targetOf(call), dueAt);
      const incident = await mayAction(call, first);
      return change(call, incident, actionNamed(incident, first), rest.join(' '), dueAt);
    },
  },
  {
    name: 'actions',
    also: ['todos', 'action items'],
    group: 'incident',
    usage: 'actions [mine]',
    summary:
      'What is to be done because of this incident; `mine`: everything that you have to do, of all of them.',
    examples: ['actions', 'actions mine'],
    options: [],
    target: 'any',
    looks: true,
    run: async (call) => {
      if (/^(?:mine|my|me)\b/i.test(call.text) || (call.request.direct && call.incident === undefined))
        return mine(call);
      const incident = await targetOf(call);
      const message = actionsOf(incident, await readingOf(call, incident));
      return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
    },
  },
];

async function dueOf({ bot, request, options }: Call): Promise<Instant | undefined> {
  const now = bot.world.clock.now();
  if (options.due === undefined) return options.next === undefined ? undefined : now + options.next;
  return resolveDue(options.due, { now, zone: await bot.directory.zone(request.team, request.by) });
}

async function mine(call: Call): Promise<Said> {
  const { bot, request } = call;
  const items = await ownedActions(bot.world.store, request.team, request.by);
  const people = [...new Set(items.flatMap(({ incident }) => peopleOf(incident)))];
  return { kind: 'private', message: actionsMine(items, await readingOf(call, undefined, people)) };
}

async function add(call: Call, incident: Incident, dueAt: Instant | undefined): Promise<Said> {
  const { owner, text } = await readOwner(call, call.text);
  const url = safeUrl(/https?:\/\/\S+/.exec(text)?.[0] ?? '');
  const said = await decideAction(call, incident, {
    type: 'add-action',
    text,
    ...(owner !== undefined && { owner }),
    ...(dueAt !== undefined && { dueAt }),
    ...(url !== undefined && { link: url.url }),
  });
  const item = said.after.actions.at(-1);
  if (!item) throw new TypeError('The action item is not there');
  const lacks = [owner === undefined && `@name`, dueAt === undefined && `due:fri`].filter(Boolean).join(' ');
  const line = `${item.id} is kept${who(item)}.${lacks === '' ? '' : ` \`action ${item.id} ${lacks}\` says ${owner === undefined ? 'who' : 'until when'}${owner === undefined && dueAt === undefined ? ', and until when' : ''}.`}`;
  return answered(call, said.after, line, item);
}

/** What follows `A2`: how it ended, whose it is, until when, or other words for it. */
async function change(
  call: Call,
  incident: Incident,
  { id }: ActionItem,
  rest: string,
  dueAt: Instant | undefined,
): Promise<Said> {
  const [, word = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const verb = word.toLowerCase().replace(/[:.,]$/, '');
  if (after === '' && ['done', 'closed', 'finished'].includes(verb)) return closeAction(call, incident, id);
  if (['drop', 'dropped', 'wontfix'].includes(verb))
    return dropAction(call, incident, id, await plainNames(call, after));
  if (after === '' && verb === 'reopen') {
    const said = await decideAction(call, incident, { type: 'reopen-action', action: id });
    return answered(call, said.after, `${id} is open again.`);
  }
  const { owner, text } = await readOwner(call, rest);
  if (owner === undefined && text === '' && dueAt === undefined)
    throw new RuleViolation(
      'action-what',
      `What about ${id}? \`action ${id} done\`, \`action ${id} drop <why>\`, \`action ${id} @name due:fri\`, or other words for it.`,
      [{ label: `${id} is done`, command: `action ${id} done` }],
    );
  const said = await decideAction(call, incident, {
    type: 'change-action',
    action: id,
    ...(text !== '' && { text }),
    ...(owner !== undefined && { owner }),
    ...(dueAt !== undefined && { dueAt }),
  });
  const item = actionNamed(said.after, id);
  const same = said.events.length === 0;
  return answered(
    call,
    said.after,
    `${id} ${same ? 'says that already' : `is changed${who(item)}`}.`,
    text === '' ? undefined : item,
  );
}

export async function closeAction(asked: Asked, incident: Incident, id: string): Promise<Said> {
  const said = await decideAction(asked, incident, { type: 'close-action', action: id, how: 'done' });
  return answered(asked, said.after, `${id} is done.`);
}

export async function dropAction(
  asked: Asked,
  incident: Incident,
  id: string,
  reason: string,
): Promise<Said> {
  const command = { type: 'close-action', action: id, how: 'dropped', reason } as const;
  const said = await decideAction(asked, incident, command);
  return answered(
    asked,
    said.after,
    `${id} is dropped: ${said.after.actions.find((one) => one.id === id)?.closed?.reason ?? ''}`,
  );
}

/** To somebody, or until another day; both may be left as they are. */
export async function handAction(
  asked: Asked,
  incident: Incident,
  id: string,
  to: { readonly owner?: PersonId; readonly dueAt?: Instant },
): Promise<Said> {
  if (to.owner !== undefined) await mustBePerson(asked, to.owner);
  const said = await decideAction(asked, incident, { type: 'change-action', action: id, ...to });
  return answered(asked, said.after, `${id} is kept${who(actionNamed(said.after, id))}.`);
}

function decideAction(asked: Asked, incident: Incident, command: ActionCommand) {
  return act(asked.bot.world, incident, command, askerOf(asked.request));
}

function who({ owner, dueAt }: ActionItem): string {
  const day = dueAt === undefined ? '' : ` until ${new Date(dueAt).toISOString().slice(0, 10)}`;
  return owner === undefined ? day : ` for @{${owner}}${day}`;
}

/** The line where it was asked; the message whose button was clicked changes in place, and says it there. */
async function answered(asked: Asked, after: Incident, line: string, item?: ActionItem): Promise<Said> {
  const reading = await readingOf(asked, after);
  const why = item && whyVague(item.text);
  const hint = why === undefined || !item ? undefined : actionHint(after, item.id, why, reading);
  const message = doneLine(after, line, reading);
  if (asked.request.kind === 'mention' || asked.request.kind === 'dm')
    return { kind: 'thread', message, ...(hint && { also: hint }) };
  return { kind: 'private', message: hint ? { ...message, more: [hint] } : message };
}

/** The first person named is the owner; others stay in the words, by name. `me` is whoever asks. */
async function readOwner(call: Call, said: string): Promise<{ owner?: PersonId; text: string }> {
  const found = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(said);
  const me = /^@?me$|\s@me$/i.exec(said.trim());
  const owner = found?.[1] ?? (me ? call.request.by : undefined);
  const left = found ? said.replace(found[0], '') : me ? said.trim().slice(0, me.index) : said;
  if (owner !== undefined) await mustBePerson(call, owner);
  const text = (await plainNames(call, left)).replace(/\s+/g, ' ').trim();
  return { ...(owner !== undefined && { owner }), text };
}

async function mustBePerson({ bot, request }: Asked, person: PersonId): Promise<void> {
  const standing = await bot.directory.standing(request.team, person);
  if (standing?.bot) throw new RuleViolation('not-a-person', 'Apps do not do action items. Name a person.');
  if (standing?.deactivated)
    throw new RuleViolation('deactivated', `@{${person}} is deactivated. Name someone who can do it.`);
}
