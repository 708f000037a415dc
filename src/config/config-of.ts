import type { Config } from './config.ts';
import { loadConfig } from './load-config.ts';

/**
 * A configuration from given text and variables alone: no file, no environment and no home of this machine is looked at.
 * For the sandbox, which never reads a real configuration, and for tests. Throws ConfigError as `loadConfig` does.
 */
export function configOf(
  toml: string,
  given: { readonly dataDir: string; readonly env?: Readonly<Record<string, string>> },
): Config {
  const path = '/config.toml';
  return loadConfig({
    env: { ...given.env, STEADY_CONFIG: path, STEADY_DATA_DIR: given.dataDir },
    cwd: '/',
    home: undefined,
    uid: undefined,
    files: {
      read: (wanted) =>
        wanted === path ? { kind: 'file', text: toml, owner: 0, mode: 0o600, folderMode: 0o700 } : undefined,
    },
  });
}
