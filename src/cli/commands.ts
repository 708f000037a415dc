import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { BackendError, ConfigError, RuleViolation } from '../domain/errors.ts';
import type { World } from './composition.ts';

/** Exit code for a command line that was not understood. */
const USAGE = 2;

/**
 * Runs one command line and answers the exit code: 0 done, 1 refused or failed, 2 not understood. Never throws and
 * never ends the process.
 */
export async function runCommand(words: readonly string[], world: World): Promise<number> {
  let code = 0;
  const program = buildProgram(world, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(words.length === 0 ? ['--help'] : [...words], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, world);
  }
}

/** Each command's code is loaded when it runs: help, version and the sandbox do not wait for what they do not use. */
function buildProgram(world: World, done: (code: number) => void): Command {
  const program = new Command('steady')
    .description('A Slack bot for incident channels: asks the telemetry, keeps the promised updates coming.')
    .version(world.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.terminal.out(text.replace(/\n$/, '')),
      writeErr: (text) => world.terminal.err(text.replace(/\n$/, '')),
    });
  program
    .command('start')
    .description('connect to Slack and serve')
    .option('--or-sandbox', 'start the sandbox instead when nothing at all is configured', false)
    .action(async (options: { orSandbox: boolean }) =>
      done(await (await import('./start.ts')).start(world, options)),
    );
  program
    .command('sandbox')
    .description('a Slack workspace on this machine, to try Steady without any account')
    .option('--port <number>', 'port of the page; a busy one picks the next', port)
    .option('--clock-free', 'time stands still until the page advances it', false)
    .action(async (options: { port?: number; clockFree: boolean }) =>
      done(
        await (await import('./start.ts')).sandbox(world, {
          port: options.port,
          clockFree: options.clockFree,
        }),
      ),
    );
  program
    .command('init')
    .description('write a commented config.toml, and say how to create the Slack app')
    .option(
      '--migrate',
      'take over ~/.axiom.toml, ~/.grafana.toml, ~/.pyroscope.toml and ~/.slack.conf',
      false,
    )
    .option('--path <file>', 'write it there instead of ./config.toml')
    .action(async (options: { migrate: boolean; path?: string }) =>
      done(await (await import('./init.ts')).init(world, { migrate: options.migrate, path: options.path })),
    );
  program
    .command('check')
    .description('validate everything and ask each configured system one harmless question')
    .option('--json', 'print one JSON document instead of lines and a table', false)
    .action(async (options: { json: boolean }) =>
      done(await (await import('./check.ts')).check(world, options)),
    );
  program
    .command('backup')
    .description('write incidents, timelines and evidence to a new file (mode 0600)')
    .argument('<file>')
    .action(async (file: string) => done(await (await import('./move.ts')).backup(world, file)));
  program
    .command('export')
    .description('write incidents as an archive (mode 0600) that is readable without Steady')
    .argument('<words...>', 'INC-42 …, or all; then the file: incidents.tar.gz')
    .option('--private <ids...>', 'private incidents to include, each by its id', [])
    .option('--no-pictures', 'leave the pictures out, which take most of the time')
    .action(async (words: string[], options: { private: string[]; pictures: boolean }) =>
      done(await (await import('./export.ts')).exportIncidents(world, words, options)),
    );
  program
    .command('restore')
    .description('fill an empty installation from a backup, of either database engine')
    .argument('<file>')
    .action(async (file: string) => done(await (await import('./move.ts')).restore(world, file)));
  const kb = program.command('kb').description('what is known: facts, patterns, queries, incidents');
  kb.command('import')
    .description('bring in an older base (kb/, journal/, archive/, orgs/), or an exported file; a plan first')
    .argument('[path]', 'its folder, or a file that `kb export` made', '~/.config/axiom-sre/memory')
    .option('--person <id>', "a person's own files go to this person (U…), who alone sees them", slackId)
    .option('--org <name>', "a person's own files go to a [knowledge.orgs.NAME]")
    .option('--team <id>', 'the workspace (T…), where Slack is not to be asked for it')
    .option('--apply', 'do it', false)
    .action(async (path: string, options: { person?: string; org?: string; team?: string; apply: boolean }) =>
      done(await (await import('./kb-import.ts')).kbImport(world, path, options)),
    );
  return program;
}

function slackId(text: string): string {
  if (!/^[UW][A-Z0-9]{2,20}$/.test(text))
    throw new InvalidArgumentError("Write Slack's id of the person, U… or W….");
  return text;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('Write a port from 0 to 65535.');
  return value;
}

function failed(error: unknown, world: World): number {
  // Commander has already printed help, version or what it did not understand.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof ConfigError) for (const problem of error.problems) world.terminal.err(problem);
  else if (error instanceof RuleViolation || error instanceof BackendError) world.terminal.err(error.message);
  else {
    world.terminal.err("That broke, and it is Steady's fault.");
    world.terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return 1;
}
