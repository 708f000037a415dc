import { resolvePath } from '../config/paths.ts';
import { configTemplate } from '../config/template.ts';
import { ConfigError } from '../domain/errors.ts';
import type { World } from './composition.ts';
import { migrateLegacy } from './migrate.ts';

/** Writes a commented configuration, with the older tools' settings when asked; never over or through anything. */
export async function init(
  world: World,
  options: { readonly migrate: boolean; readonly path: string | undefined },
): Promise<number> {
  const { machine, terminal, writer } = world;
  const path = resolvePath(options.path ?? 'config.toml', machine.cwd, machine.home);
  const there = writer.kindOf(path);
  if (there === 'link')
    throw new ConfigError([`${path} is a symbolic link; init writes through none. Remove it or use --path.`]);
  if (there !== 'nothing')
    throw new ConfigError([`${path} is there already; init never overwrites. Move it away or use --path.`]);

  const migrated = options.migrate ? migrateLegacy(machine) : { toml: '', told: [] };
  writer.create(path, migrated.toml === '' ? configTemplate() : `${configTemplate()}\n${migrated.toml}`);
  terminal.out(`Wrote ${path} (mode 0600). Every setting is in it as a comment with its default.`);
  for (const line of migrated.told) terminal.out(line);
  const used = machine.env.STEADY_CONFIG;
  if (used !== undefined && resolvePath(used, machine.cwd, machine.home) !== path)
    terminal.err(`warning: STEADY_CONFIG names ${used}, so that file is read and not this one`);
  for (const line of NEXT) terminal.out(line);
  return 0;
}

const NEXT = [
  '',
  'Next, the Slack app (about five minutes):',
  '  1. Open https://api.slack.com/apps, choose "Create New App", then "From a manifest".',
  '  2. Choose your workspace and paste manifest.yml from this project.',
  '  3. Under "Basic Information", "App-Level Tokens": generate one with the scope connections:write. That is app_token (xapp-…).',
  '  4. Under "Install App": install it. The Bot User OAuth Token is bot_token (xoxb-…).',
  '  5. Put both under [slack], or into SLACK_APP_TOKEN and SLACK_BOT_TOKEN, and run: steady check',
  '  For HTTP instead of Socket Mode: signing_secret from "Basic Information" in place of app_token.',
] as const;
