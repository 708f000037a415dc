import type { Message } from '../../blocks/message.ts';
import { notice } from '../../blocks/notice.ts';
import { BackendError, BY_HAND, RuleViolation } from '../domain/errors.ts';
import { tablesAsLists } from '../domain/pipe-table.ts';
import { MINUTE } from '../domain/time.ts';
import { doneUnder } from '../flows/incident-of.ts';
import { type Asked, readingOf, threadOf } from './call.ts';
import type { Call, CommandRow, Said } from './command-row.ts';
import { SlackRefusal } from './outbound/contract.ts';
import { permit } from './permit.ts';
import { bareQuery } from './words/bare-query.ts';
import { type Parsed, parseCommand } from './words/parse-command.ts';
import { plainNames } from './words/plain-names.ts';

/** How it went, for the one who edits a command that was not understood. */
export type Outcome = 'done' | 'refused' | 'unknown';

/** Understands what was typed, does it, and always answers. Every error of every command is caught and worded here, once. */
export async function answer(asked: Asked, typed: string, table: readonly CommandRow[]): Promise<Outcome> {
  let outcome: Outcome = 'done';
  let query: string | undefined;
  let name = 'unknown';
  await guarded(
    asked,
    typed,
    async () => {
      const read = parseCommand(typed, table);
      if (read.kind === 'command') {
        query = bareQuery(read.parsed.text);
        name = read.parsed.row.name;
        const call = { ...asked, ...read.parsed };
        return heardOf(call, await run(call));
      }
      outcome = 'unknown';
      if (read.kind === 'nothing') return run({ ...asked, ...parsedHelp(table) });
      throw /^ask$/i.test(read.word) && read.rest !== ''
        ? unasked(read.rest, table)
        : unknown(read.word, read.rest, read.nearest);
    },
    (refused) => {
      if (outcome === 'done' && refused) outcome = 'refused';
    },
    () => query,
  );
  asked.bot.ran(name, outcome);
  return outcome;
}

/** Runs one thing for a person and says what came of it, or why not. Clicks and modals come in here as well. */
export async function guarded(
  asked: Asked,
  typed: string | undefined,
  work: () => Promise<Said>,
  ended: (refused: boolean) => void = () => {},
  query: () => string | undefined = () => undefined,
): Promise<void> {
  try {
    await permit(asked);
    const said = await work();
    await asked.bot.sent();
    await say(asked, said);
    ended(false);
  } catch (error) {
    if (error instanceof RuleViolation && (await wasDone(asked))) return ended(false);
    ended(true);
    await refuse(asked, error, { asked: typed, query: query() });
  }
}

async function run(call: Call): Promise<Said> {
  call.bot.log('info', 'command', { command: call.row.name, kind: call.request.kind, key: call.request.key });
  const { group, name } = call.row;
  // Who is meant and the words of a query stay as typed; what is shown as plain text has names in place of ids.
  if (group === 'people' || group === 'ask' || call.row.verbatim) return call.row.run(call);
  const text = tablesAsLists(call.text);
  return call.row.run({ ...call, text: name === 'update' ? text : await plainNames(call, text) });
}

/** Who asks in the incident's channel sees what was posted there; from anywhere else it needs a word, or it looks ignored. */
async function heardOf(call: Call, said: Said): Promise<Said> {
  const { bot, request, incident } = call;
  if (said.kind !== 'posted' || said.also || request.kind === 'click') return said;
  const here =
    request.channel === undefined || request.direct
      ? undefined
      : await bot.world.store.inChannel(request.team, request.channel);
  const elsewhere = request.direct || (incident !== undefined && here?.ref.number !== incident);
  if (request.kind !== 'slash' && !elsewhere) return said;
  return { kind: 'posted', also: notice(DONE, await readingOf(call)) };
}

/** A typo never runs anything; it offers the nearest as a button. */
function unknown(word: string, rest: string, nearest: readonly CommandRow[]): RuleViolation {
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const offers = nearest.map((row) => ({
    label: `${row.name} ${rest}`.trim(),
    command: `${row.name} ${rest}`.trim(),
  }));
  if (offers.length > 0)
    return new RuleViolation(
      'unknown-command',
      `I don't know \`${shown.replaceAll('`', "'")}\`. Did you mean:`,
      offers,
    );
  return new RuleViolation(
    'unknown-command',
    `I don't know \`${shown.replaceAll('`', "'")}\`. \`help\` lists what I do.${rest === '' ? '' : ` If it is a system that I cannot ask, ${BY_HAND}.`}`,
    [{ label: 'Help', command: 'help' }],
  );
}

/** A system that there is no way to: what can be asked, who connects it, and the way round. */
function unasked(rest: string, table: readonly CommandRow[]): RuleViolation {
  const [system = ''] = rest.split(/\s+/);
  const tools = table.flatMap((row) => (row.asks === undefined ? [] : [`\`${row.name}\``]));
  const shown = system.length > 40 ? `${system.slice(0, 40)}…` : system;
  return new RuleViolation(
    'cannot-ask',
    `I cannot ask \`${shown.replaceAll('`', "'")}\`, only ${[...new Set(tools)].join(', ')}; whoever runs Steady connects those. For any other, ${BY_HAND}.`,
  );
}

function parsedHelp(table: readonly CommandRow[]): Parsed {
  const row = table.find((one) => one.name === 'help');
  if (!row) throw new TypeError('The command table has no help');
  return { row, options: {}, text: '', again: row.name, straightened: false };
}

async function say(asked: Asked, said: Said): Promise<void> {
  if (said.kind === 'thread') await publicly(asked, said.message);
  if (said.kind === 'private') await privately(asked, said.message);
  if ('also' in said && said.also) await privately(asked, said.also);
}

const DONE = new RuleViolation('done', "Done; it is in the incident's channel.");

async function publicly(asked: Asked, message: Message): Promise<void> {
  const { bot, request } = asked;
  if (request.channel === undefined || request.kind === 'slash') return privately(asked, message);
  const thread = threadOf(request);
  // Nothing to hang on (a click on a private answer): at top level it would be noise for everyone.
  if (thread === undefined && !request.direct) return privately(asked, message);
  const place = { channel: request.channel, ...(thread !== undefined && { thread }) };
  const key = `answer/${request.key}`;
  if (request.resumed && (await bot.looks.findByKey(place, key, request.at - MINUTE))) return;
  await bot.door.post(place, message, { key, priority: 0 });
}

/** Whether a refusal only says that what a dead process began was done by it. */
async function wasDone({ bot, request }: Asked): Promise<boolean> {
  if (!request.resumed || request.channel === undefined) return false;
  const here = await bot.world.store.inChannel(request.team, request.channel);
  return here !== undefined && (await doneUnder(bot.world.store, here.ref, request.key)).length > 0;
}

/** To the asker alone: where they asked if that is possible, else as a direct message. */
export async function privately({ bot, request }: Asked, message: Message): Promise<void> {
  if (request.responseUrl !== undefined && request.kind === 'slash')
    return bot.door.respond(request.responseUrl, message);
  if (request.direct && request.channel !== undefined) {
    const thread = threadOf(request);
    await bot.door.post({ channel: request.channel, ...(thread !== undefined && { thread }) }, message, {
      priority: 0,
    });
    return;
  }
  // Slack shows an ephemeral in a thread only where the thread has replies already, so a thread is never begun by one.
  // https://docs.slack.dev/reference/methods/chat.postEphemeral
  const { thread } = request;
  try {
    if (request.channel === undefined) await bot.door.dm(request.by, message, { priority: 0 });
    else
      await bot.door.ephemeral(
        { channel: request.channel, ...(thread !== undefined && { thread }) },
        request.by,
        message,
      );
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    await bot.door.dm(request.by, message, { priority: 0 });
  }
}

/** What a refusal was about: the words typed, and the query in them. */
interface About {
  readonly asked: string | undefined;
  readonly query: string | undefined;
}

async function refuse(asked: Asked, thrown: unknown, { asked: typed, query }: About): Promise<void> {
  const { bot, request } = asked;
  const error = worded(thrown);
  const ours = !(error instanceof RuleViolation || error instanceof BackendError);
  const reference = request.key.slice(-12);
  if (ours) bot.world.fault(error, `${request.kind} ${request.key} reference ${reference}`);
  try {
    const extras = {
      ...(typed !== undefined && { asked: typed }),
      ...(query !== undefined && { query }),
      ...(ours && { reference }),
    };
    const named = error instanceof Error ? peopleIn(error.message) : [];
    await privately(asked, notice(error, await readingOf(asked, undefined, named), extras));
  } catch (failure) {
    bot.world.fault(failure, `answer to ${request.key}`);
  }
}

/** People in a sentence of ours, `@{U123}` or as Slack writes them: whoever shows it needs their names. */
function peopleIn(text: string): readonly string[] {
  return [...text.matchAll(/@\{([^{}\s]{1,80})\}|<@([UW][A-Z0-9]{1,30})/g)].flatMap(
    ([, braced, slack]) => braced ?? slack ?? [],
  );
}

/** Slack's own refusals that a person can do something about. */
function worded(error: unknown): unknown {
  if (!(error instanceof SlackRefusal)) return error;
  switch (error.reason) {
    case 'not_in_channel':
    case 'channel_not_found':
      return new RuleViolation(
        'not-invited',
        'I am not in this channel, so nobody would hear me. Type `/invite @steady` here and ask again.',
      );
    case 'is_archived':
      return new RuleViolation(
        'archived',
        'This channel is archived. Say it in another one, with the incident first: `INC-42 status`.',
      );
    case 'expired_trigger_id':
    case 'exchanged_trigger_id':
      return new RuleViolation(
        'too-slow',
        'That took too long to open, and Slack let it go. Once more, please.',
      );
    case 'missing_scope':
      return new RuleViolation(
        'missing-scope',
        `Slack did not allow it: the app lacks \`${error.needed ?? 'a scope'}\`. Whoever runs Steady installs it again from manifest.yml.`,
      );
    default:
      return error;
  }
}
