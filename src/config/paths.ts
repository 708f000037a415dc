import { isAbsolute, join, resolve } from 'node:path';

/** A path as people write it: `~/x` starts at home, a relative one at `base`. */
export function resolvePath(path: string, base: string, home: string | undefined): string {
  if ((path === '~' || path.startsWith('~/')) && home !== undefined) return resolve(home, path.slice(2));
  return isAbsolute(path) ? resolve(path) : resolve(base, path);
}

/** A path below home, where there is one. */
export function homedirPath(home: string | undefined, below: string): string | undefined {
  return home === undefined ? undefined : join(home, below);
}
