import { loadConfig } from '../config/load-config.ts';
import { resolvePath } from '../config/paths.ts';
import { ConfigError } from '../domain/errors.ts';
import type { ImportRequest, World } from './composition.ts';

/** Says what an older base would bring, or brings it. */
export async function kbImport(
  world: World,
  path: string,
  { person, org, team, apply }: Pick<ImportRequest, 'person' | 'org' | 'team' | 'apply'>,
): Promise<number> {
  if (person !== undefined && org !== undefined)
    throw new ConfigError(['Either --person or --org: one tier has one place.']);
  const { machine } = world;
  const config = loadConfig(machine);
  const composition = await world.compose();
  const lines = await composition.importMemory(config, {
    path: resolvePath(path, machine.cwd, machine.home),
    uid: machine.uid,
    apply,
    ...(person !== undefined && { person }),
    ...(org !== undefined && { org }),
    ...(team !== undefined && { team }),
  });
  for (const line of lines) world.terminal.out(line);
  return 0;
}
