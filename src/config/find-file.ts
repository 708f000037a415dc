import { distrust, type FileFound, type Machine } from './machine.ts';
import { homedirPath, resolvePath } from './paths.ts';

/** A configuration file that is there. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As people see it: `config.toml`, `~/.config/steady/config.toml`. */
  readonly shown: string;
  readonly found: FileFound;
  /** The file of the skill Steady grew from: sections it does not know are told, not refused. */
  readonly legacy: boolean;
}

/** More than any person writes; a larger file is a mistake. */
const LARGEST = 1_000_000;

/** Where a configuration is looked for, in order; `STEADY_CONFIG` replaces the whole list. */
export function candidates(machine: Machine): readonly { readonly path: string; readonly legacy: boolean }[] {
  const named = machine.env.STEADY_CONFIG;
  if (named !== undefined && named !== '')
    return [{ path: resolvePath(named, machine.cwd, machine.home), legacy: false }];
  const base = homedirPath(machine.home, '.config');
  return [
    { path: resolvePath('config.toml', machine.cwd, machine.home), legacy: false },
    ...(base === undefined
      ? []
      : [
          { path: `${base}/steady/config.toml`, legacy: false },
          { path: `${base}/axiom-sre/config.toml`, legacy: true },
          { path: `${base}/gilfoyle/config.toml`, legacy: true },
        ]),
  ];
}

/** The first configuration file that exists, readable or not. */
export function findConfigFile(machine: Machine): ConfigFile | undefined {
  for (const { path, legacy } of candidates(machine)) {
    const found = machine.files.read(path, LARGEST);
    if (found !== undefined) return { path, shown: showPath(path, machine), found, legacy };
  }
  return undefined;
}

/** Its text, or why it is refused. */
export function trusted(file: ConfigFile, machine: Machine): { text: string } | { refused: string } {
  const why = distrust(file.found, machine.uid);
  if (why !== undefined) return { refused: why };
  return file.found.kind === 'file' ? { text: file.found.text } : { refused: file.found.why };
}

export function showPath(path: string, machine: Pick<Machine, 'cwd' | 'home'>): string {
  if (path === resolvePath('config.toml', machine.cwd, machine.home)) return 'config.toml';
  if (machine.home !== undefined && machine.home !== '/' && path.startsWith(`${machine.home}/`))
    return `~${path.slice(machine.home.length)}`;
  return path;
}
