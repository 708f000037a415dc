import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The real programs some tests start, by the name the rest of the suite uses. */
export type RealServer =
  | 'chromium'
  | 'prometheus'
  | 'promtool'
  | 'prometheus-alertmanager'
  | 'postgres'
  | 'initdb'
  | 'pg_ctl'
  | 'git';

/** Debian's binary first, then what other systems call the same program. */
const BINARIES: Readonly<Record<RealServer, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  'prometheus-alertmanager': ['prometheus-alertmanager', 'alertmanager'],
  postgres: ['postgres'],
  initdb: ['initdb'],
  pg_ctl: ['pg_ctl'],
  git: ['git'],
};

const POSTGRES = '/usr/lib/postgresql';
const FIXED_FOLDERS = ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/snap/bin', '/opt/homebrew/bin'];

/**
 * The path of a real program, or undefined after printing `not run: <name>`. With `STEADY_REQUIRE_REAL_SERVERS=1` (set by
 * `.ci/run`) an absent program is an error instead, so nothing is left out silently where it counts.
 */
export function realServer(name: RealServer): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    ...FIXED_FOLDERS,
    ...postgresFolders(),
  ];
  for (const binary of BINARIES[name]) {
    const found = folders.map((folder) => join(folder, binary)).find(isExecutable);
    if (found !== undefined) return throughPostgresWrapper(found, binary);
  }
  if (process.env.STEADY_REQUIRE_REAL_SERVERS === '1') {
    throw new Error(`${name} is required (STEADY_REQUIRE_REAL_SERVERS=1) and was not found on this machine`);
  }
  process.stdout.write(`not run: ${name}\n`);
  return undefined;
}

/** Debian keeps the server's programs out of PATH, one folder per version; the newest comes first. */
function postgresFolders(): string[] {
  try {
    return readdirSync(POSTGRES)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(POSTGRES, version, 'bin'));
  } catch {
    return [];
  }
}

/** `initdb` looks for `postgres` beside itself, so a symlink in another folder is followed to the real one. */
function throughPostgresWrapper(path: string, binary: string): string {
  return binary === 'postgres' || binary === 'initdb' || binary === 'pg_ctl' ? realpathSync(path) : path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Arguments for a headless Chromium that also runs as root and stays off the network. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
