import { loadConfig } from '../config/load-config.ts';
import { resolvePath } from '../config/paths.ts';
import { ConfigError } from '../domain/errors.ts';
import type { World } from './composition.ts';

/** Writes the installation to a new file; never over an old one, never through a link. */
export async function backup(world: World, file: string): Promise<number> {
  const path = resolvePath(file, world.machine.cwd, world.machine.home);
  const there = world.writer.kindOf(path);
  if (there !== 'nothing')
    throw new ConfigError([
      `${path} is there already (${there}); a backup never overwrites. Name another file.`,
    ]);
  const config = loadConfig(world.machine);
  const composition = await world.compose();
  world.terminal.out(await composition.backup(config, path));
  return 0;
}

/** Fills an empty installation from a backup. */
export async function restore(world: World, file: string): Promise<number> {
  const path = resolvePath(file, world.machine.cwd, world.machine.home);
  if (world.writer.kindOf(path) === 'nothing') throw new ConfigError([`There is no file ${path}.`]);
  const config = loadConfig(world.machine);
  const composition = await world.compose();
  world.terminal.out(await composition.restore(config, path));
  return 0;
}
