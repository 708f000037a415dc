import { type BotAtWork, type Kind, startBot, type Transport } from '../bots.ts';
import { ask, type Crowd, converse, crowdOf, type Load, send } from '../crowd.ts';
import { type Line, lineOf, median, percentile } from '../line.ts';
import type { Said } from '../processes/given.ts';

export interface CommandsOptions {
  readonly transport: Transport;
  readonly backendUrl: string;
  readonly senders: number;
  /** With an incident in each. Default 10. */
  readonly channels?: number;
  readonly rounds: number;
  /** How long each of the two sends in a round, in ms. */
  readonly span: number;
}

/** One bot's stretch of sending. */
interface Worked extends Load {
  /** Computing time for one command, in ms: the bot's, all its threads together. */
  readonly cpu: number;
  /** The same of this process, which plays Slack and the people. */
  readonly cpuBeside: number;
}

/** Four looks for each line on a timeline. */
const COMMANDS = ['help', 'help', 'note restarted one of the pods', 'help', 'help'] as const;
/** How Steady's answer to each begins. */
const ANSWERS = { help: /^What Steady understands/, note: /noted/ };
/** Before anything is measured everybody says everything twice: both are warm then, and everybody is known. */
const WARM_UP = { ms: 0, each: 2 * COMMANDS.length };
/** Questions that hang all the time beside the senders. */
const HANGING = 10;

/**
 * Commands per second, and the time to acknowledge one, while everybody sends at once and a backend hangs; and the memory after
 * it. The two work in turns: while one answers, the other has nothing to do.
 */
export async function measureCommands(options: CommandsOptions): Promise<readonly Line[]> {
  const { transport, backendUrl, senders, channels = 10, rounds, span } = options;
  const crowd = crowdOf({ senders, askers: HANGING, channels });
  const steady = await startBot('steady', transport, backendUrl, crowd);
  try {
    await declareEverywhere(steady, crowd);
    const says = await learnAnswers(steady, crowd);
    const baseline = await startBot('baseline', transport, backendUrl, crowd, says);
    try {
      const idle = { value: await megabytes(steady), baseline: await megabytes(baseline) };
      const loads: { readonly steady: Worked; readonly baseline: Worked }[] = [];
      for (let round = 0; round <= rounds; round++) {
        // Who goes first changes, so that what grows in this process falls on both.
        const order: readonly Kind[] = round % 2 === 0 ? ['steady', 'baseline'] : ['baseline', 'steady'];
        const done: Partial<Record<Kind, Worked>> = {};
        for (const kind of order) {
          const bot = kind === 'steady' ? steady : baseline;
          await ask(bot.workspace, crowd.askers, 'prom up');
          done[kind] = await work(bot, crowd, round === 0 ? WARM_UP : { ms: span, each: 1 });
        }
        // The first round only warms both up: everybody is known, everything was said once.
        if (round > 0 && done.steady && done.baseline)
          loads.push({ steady: done.steady, baseline: done.baseline });
      }
      const busy = { value: await megabytes(steady), baseline: await megabytes(baseline) };
      const details = {
        transport,
        senders,
        hanging: HANGING,
        commands: loads.reduce((sum, load) => sum + load.steady.acks.length, 0),
        mix: '4 help : 1 note',
      };
      const ackAt = (share: number) =>
        loads.map((load) => ({
          value: percentile(load.steady.acks, share),
          baseline: percentile(load.baseline.acks, share),
        }));
      return [
        lineOf(
          'commands per second',
          '1/s',
          loads.map((load) => ({ value: load.steady.perSecond, baseline: load.baseline.perSecond })),
          { atLeast: 0.7 },
          details,
        ),
        lineOf('time to acknowledge, p99', 'ms', ackAt(0.99), { atMost: 1.5 }, details),
        lineOf('time to acknowledge, p50', 'ms', ackAt(0.5), undefined, details),
        lineOf(
          'computing time per command',
          'ms',
          loads.map((load) => ({ value: load.steady.cpu, baseline: load.baseline.cpu })),
          undefined,
          {
            ...details,
            slackForSteady: medianOf(loads.map((load) => load.steady.cpuBeside)),
            slackForBaseline: medianOf(loads.map((load) => load.baseline.cpuBeside)),
          },
        ),
        lineOf('resident memory, idle', 'MB', [idle], undefined, { transport }),
        lineOf('resident memory, after the load', 'MB', [busy], undefined, details),
      ];
    } finally {
      await baseline.stop();
    }
  } finally {
    await steady.stop();
  }
}

/** Lets everybody send, and measures what it takes on both sides. */
async function work(
  { workspace, process: bot }: BotAtWork,
  { senders }: Crowd,
  how: { readonly ms: number; readonly each: number },
): Promise<Worked> {
  const before = await bot.usage();
  const beside = process.cpuUsage();
  const load = await send(workspace, senders, { commands: COMMANDS, answers }, how);
  const { user, system } = process.cpuUsage(beside);
  const after = await bot.usage();
  const many = load.acks.length;
  return { ...load, cpu: (after.cpu - before.cpu) / many, cpuBeside: (user + system) / 1_000 / many };
}

/** An incident in every channel, for the notes. */
async function declareEverywhere({ workspace }: BotAtWork, { channels, senders }: Crowd): Promise<void> {
  const said = channels.flatMap(({ id, name }) => {
    const sender = senders.find(({ channel }) => channel === id);
    return sender === undefined ? [] : [{ ...sender, text: `declare P2 ${name} is slow here` }];
  });
  const heard = await converse(workspace, said);
  const refused = heard.find(({ text }) => !/^Done/.test(text));
  if (refused !== undefined) throw new Error(`A declare was answered: ${refused.text}`);
}

/** What Steady says to each command, for the baseline to say the same. */
async function learnAnswers(
  { workspace }: BotAtWork,
  { senders }: Crowd,
): Promise<Readonly<Record<string, Said>>> {
  const [first] = senders;
  if (first === undefined) return {};
  const commands = [...new Set<string>(COMMANDS)];
  const said = await converse(
    workspace,
    commands.map((text) => ({ ...first, text })),
  );
  return Object.fromEntries(commands.flatMap((text, at) => (said[at] ? [[text, said[at]]] : [])));
}

function answers(command: string, text: string): boolean {
  return ANSWERS[command === 'help' ? 'help' : 'note'].test(text);
}

function medianOf(values: readonly number[]): number {
  return Number(median(values).toPrecision(4));
}

async function megabytes({ process }: BotAtWork): Promise<number> {
  return (await process.usage()).memory / 2 ** 20;
}
