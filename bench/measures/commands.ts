import { type BotAtWork, type Kind, startBot, type Transport } from '../bots.ts';
import { ask, type Crowd, converse, crowdOf, type Load, type Mix, send } from '../crowd.ts';
import { type Line, lineOf, percentile } from '../line.ts';
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

/** Four looks for each line on a timeline. */
const COMMANDS = ['help', 'help', 'note restarted one of the pods', 'help', 'help'] as const;
/** How Steady's answer to each begins. */
const ANSWERS = { help: /^What Steady understands/, note: /noted/ };
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
      const loads: { readonly steady: Load; readonly baseline: Load }[] = [];
      for (let round = 0; round <= rounds; round++) {
        // Who goes first changes, so that what grows in this process falls on both.
        const order: readonly Kind[] = round % 2 === 0 ? ['steady', 'baseline'] : ['baseline', 'steady'];
        const done: Partial<Record<Kind, Load>> = {};
        for (const kind of order) {
          const { workspace } = kind === 'steady' ? steady : baseline;
          await ask(workspace, crowd.askers, 'prom up');
          const mix: Mix = { commands: COMMANDS, answers };
          done[kind] = await send(
            workspace,
            crowd.senders,
            mix,
            round === 0 ? { ms: 0, each: 2 * COMMANDS.length } : { ms: span, each: 1 },
          );
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

async function megabytes({ process }: BotAtWork): Promise<number> {
  return (await process.memory()) / 2 ** 20;
}
