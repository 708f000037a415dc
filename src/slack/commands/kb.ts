import { knowledgeList } from '../../../blocks/knowledge/knowledge.ts';
import { changedLine } from '../../../blocks/knowledge/knowledge-changed.ts';
import { exportMessage, importMessage } from '../../../blocks/knowledge/knowledge-export.ts';
import { healthMessage, sleepMessage } from '../../../blocks/knowledge/knowledge-health.ts';
import { journalMessage, peopleIn } from '../../../blocks/knowledge/knowledge-journal.ts';
import { shownEntry } from '../../../blocks/knowledge/shown-entry.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { dayOf, KINDS } from '../../domain/knowledge/entry.ts';
import { unforget } from '../../flows/knowledge/change-entry.ts';
import { examine } from '../../flows/knowledge/doctor.ts';
import { exportOwn } from '../../flows/knowledge/export-knowledge.ts';
import { journal } from '../../flows/knowledge/journal.ts';
import { everything, recall } from '../../flows/knowledge/recall.ts';
import { dream, saySleep, sleep } from '../../flows/knowledge/sleep.ts';
import { settleOffer } from '../../flows/knowledge/sleep-by-itself.ts';
import { readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { namedEntry } from '../knowledge/named-entry.ts';
import { inPublic, orgFor } from '../knowledge/org-for.ts';
import { usedInSeen } from '../knowledge/used-in.ts';

/** In a channel, what happened to the team's; alone, to one's own as well. */
async function journalSaid(call: Call, typed: string | undefined): Promise<Said> {
  const { bot, request } = call;
  if (typed !== undefined && !/^\d{4}-\d{2}$/.test(typed))
    throw new RuleViolation('month-needed', 'Write the month as `kb journal 2026-11`.', [
      { label: 'The newest', command: 'kb journal' },
    ]);
  const alone = request.direct || request.kind === 'slash';
  const { month, pages, unread } = await journal(bot.world, {
    team: request.team,
    ...(alone && { person: request.by }),
    ...(typed !== undefined && { month: typed }),
  });
  const reading = await readingOf(call, undefined, peopleIn(pages));
  return inPublic(call, journalMessage(month, pages, unread, reading));
}

/** One entry whole, to whoever asks alone: it may be theirs. */
async function show(call: Call, key: string): Promise<Said> {
  const one = await namedEntry(call, key);
  return { kind: 'private', message: shownEntry(one, await usedInSeen(call, one), await readingOf(call)) };
}

/** `kb sleep` shows what it would do, `now` does it, `later` declines what was offered. */
async function sleepSaid(call: Call, typed: readonly string[]): Promise<Said> {
  const { world } = call.bot;
  const { team, by } = call.request;
  const last = typed.at(-1) ?? '';
  const how = last === 'now' || last === 'later' ? last : undefined;
  const org = orgFor(call, how === undefined ? typed[0] : typed.slice(0, -1)[0]);
  if (how === 'later') {
    const declined = await settleOffer(world, team, org, by);
    return {
      kind: 'private',
      message: changedLine(
        declined
          ? 'Not now; it is offered again in a week at the earliest.'
          : `Nothing is on offer for ${org.name}.`,
      ),
    };
  }
  const plan = how === 'now' ? await sleep(world, team, org) : await dream(world, team, org);
  if (how === 'now') await settleOffer(world, team, org, by, plan);
  return inPublic(call, sleepMessage(org.name, saySleep(plan), how === 'now'));
}

/** Into their direct messages, wherever they asked: a channel never sees it. */
async function exportSaid(call: Call): Promise<Said> {
  const { bot, request } = call;
  const own = await exportOwn(bot.world, request.team, request.by);
  const message = exportMessage(dayOf(await bot.world.store.now()), own);
  if (request.direct || own.text === undefined) return { kind: 'private', message };
  await bot.door.dm(request.by, message, { priority: 0 });
  return { kind: 'private', message: changedLine('It is in your direct messages.') };
}

async function shelf(call: Call): Promise<Said> {
  const { bot, request, text } = call;
  const [word = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  const { world } = bot;
  const { team, by } = request;
  const kind = KINDS.find(
    (one) => one === word || (one.startsWith(word.replace(/s$/, '')) && word.length > 3),
  );
  switch (word) {
    // Whoever looks at every tier brings its newest as well.
    case 'sync':
    case 'doctor':
      return {
        kind: 'private',
        message: healthMessage(await examine(world, team, by), await readingOf(call)),
      };
    case 'show':
      return show(call, text.trim().slice(word.length));
    case 'sleep':
      return sleepSaid(call, rest);
    case 'journal':
      return journalSaid(call, rest[0]);
    case 'export':
      return exportSaid(call);
    case 'import':
      return { kind: 'private', message: importMessage(by) };
    case 'undo':
      return {
        kind: 'private',
        message: changedLine(`Back again: ${(await unforget(world, team, by)).entry.key}`),
      };
    default: {
      if (!kind)
        throw new RuleViolation(
          'kb-what',
          `Which kind? ${KINDS.map((one) => `\`kb ${one}\``).join(', ')}; or \`kb journal\`, \`kb export\`, \`kb doctor\`, \`kb sync\`, \`kb sleep\`.`,
          KINDS.map((one) => ({ label: one, command: `kb ${one}` })),
        );
      const alone = request.direct || request.kind === 'slash';
      const all = await everything(world, { team, kind, ...(alone && { person: by }) });
      const { unread } = await recall(world, { team, text: '' });
      return inPublic(call, knowledgeList(kind, all, unread));
    }
  }
}

export const KB: CommandRow = {
  name: 'kb',
  also: ['knowledge'],
  group: 'know',
  usage:
    'kb facts|patterns|queries|incidents|integrations | show <key> | journal [month] | doctor | sync | sleep [team] | export | import | undo',
  summary: 'Everything of a kind; what was done to it; how it is doing; bring what others wrote; tidy up.',
  examples: ['kb patterns', 'kb show bad deploy', 'kb journal', 'kb doctor', 'kb sleep', 'kb export'],
  options: [],
  target: 'none',
  run: shelf,
};
