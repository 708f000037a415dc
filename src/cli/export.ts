import { loadConfig } from '../config/load-config.ts';
import { resolvePath } from '../config/paths.ts';
import { ConfigError } from '../domain/errors.ts';
import { parseIncidentId } from '../domain/incident.ts';
import type { World } from './composition.ts';

/** Writes incidents to a new archive that is readable without Steady; never over an old one. */
export async function exportIncidents(
  world: World,
  words: readonly string[],
  options: { readonly private: readonly string[]; readonly pictures: boolean },
): Promise<number> {
  const [file = '', ...reversed] = words.toReversed();
  const ids = reversed.toReversed();
  if (/^(?:all|inc-?\d+)$/i.test(file))
    throw new ConfigError([
      `The last word is the file: \`steady export ${words.join(' ')} incidents.tar.gz\`.`,
    ]);
  const path = resolvePath(file, world.machine.cwd, world.machine.home);
  const there = world.writer.kindOf(path);
  if (there !== 'nothing')
    throw new ConfigError([
      `${path} is there already (${there}); an export never overwrites. Name another file.`,
    ]);
  const all = ids.length === 0 || ids.some((one) => /^all$/i.test(one));
  const only = all ? undefined : ids.map(numberOf);
  const config = loadConfig(world.machine);
  const composition = await world.compose();
  const request = {
    file: path,
    private: options.private.map(numberOf),
    pictures: options.pictures,
    ...(only && { only }),
  };
  for (const line of await composition.exportTo(config, request)) world.terminal.out(line);
  return 0;
}

function numberOf(word: string): number {
  const number = parseIncidentId(word);
  if (number === undefined) throw new ConfigError([`${word} is no incident. Write INC-42, or all.`]);
  return number;
}
