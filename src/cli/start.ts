import type { Config } from '../config/config.ts';
import { whyNotSandbox } from '../config/real-settings.ts';
import { requireSlack } from '../config/slack-settings.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Running, SandboxOptions, World } from './composition.ts';

/** Exit code of a process that a second request to stop ended before it had drained. */
const CUT_SHORT = 130;

/** One Ctrl-C can reach us twice: from the terminal, and forwarded by a parent. */
const SAME_REQUEST = 1_000;

/** Connects to Slack. With `orSandbox`, starts the sandbox instead when nothing at all is configured. */
export async function start(world: World, options: { readonly orSandbox: boolean }): Promise<number> {
  const reasons = whyNotSandbox(world.machine);
  if (options.orSandbox && reasons.length === 0) {
    world.terminal.out('Nothing is configured, so this is the sandbox: a Slack workspace on this machine.');
    return runSandbox(world, { port: undefined, clockFree: false });
  }
  const config = await realConfig(world, options.orSandbox ? reasons : []);
  for (const line of startLines(config)) world.terminal.out(line);
  for (const warning of config.warnings) world.terminal.err(`warning: ${warning}`);
  const composition = await world.compose();
  return serve(world, () => composition.startSteady(config, world.terminal));
}

/** Starts the sandbox, unless anything here looks like a real installation. */
export async function sandbox(world: World, options: SandboxOptions): Promise<number> {
  const reasons = whyNotSandbox(world.machine);
  if (reasons.length > 0)
    throw new ConfigError([
      'The sandbox starts only where nothing real is configured, so that play is never mistaken for work.',
      ...reasons.map((reason) => `In the way: ${reason}.`),
      'Unset it, or start the sandbox from another folder or user.',
    ]);
  return runSandbox(world, options);
}

/** Where every setting came from; no values. */
export function startLines(config: Config): readonly string[] {
  return [
    `Configuration: ${config.file ?? 'the environment alone'}`,
    ...config.origins.map(({ setting, from }) => `  ${setting} from ${from}`),
  ];
}

async function realConfig(world: World, reasons: readonly string[]): Promise<Config> {
  const { loadConfig } = await import('../config/load-config.ts');
  try {
    const config = loadConfig(world.machine);
    requireSlack(config);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError) || reasons.length === 0) throw error;
    throw new ConfigError([
      ...error.problems,
      `The sandbox was not started instead, because ${reasons.join('; ')}.`,
    ]);
  }
}

async function runSandbox(world: World, options: SandboxOptions): Promise<number> {
  const composition = await world.compose();
  return serve(world, () => composition.startSandbox(options, world.terminal));
}

/** Runs until it ends by itself or is asked to stop; a second request does not wait for the drain. */
async function serve(world: World, begin: () => Promise<Running>): Promise<number> {
  const cut = Promise.withResolvers<number>();
  let running: Running | undefined;
  let askedAt: number | undefined;
  const stopListening = world.onStop((why) => {
    if (askedAt !== undefined && world.now() - askedAt < SAME_REQUEST) return;
    if (askedAt !== undefined || running === undefined) {
      cut.resolve(CUT_SHORT);
      return;
    }
    askedAt = world.now();
    world.terminal.err(`Stopping (${why}): finishing what is under way. Once more stops at once.`);
    running.stop().catch(cut.reject);
  });
  try {
    const started = begin().then((one) => {
      running = one;
      return one.ended;
    });
    return await Promise.race([started, cut.promise]);
  } finally {
    stopListening();
  }
}
