import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Import {
  /** `domain`, `@slack/bolt`, `node:fs`, `src/main.ts`. */
  readonly zone: string;
  /** From the root of the project, for our own files; else as written. */
  readonly target: string;
  readonly typeOnly: boolean;
}

export interface Source {
  /** From the root of the project: `src/domain/time.ts`. */
  readonly path: string;
  /** `domain` for `src/domain/…`, `blocks`, or the file itself. */
  readonly zone: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

function zoneOf(path: string): string {
  if (path.startsWith('blocks/')) return 'blocks';
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? path;
}

const IMPORT =
  /^(?:import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(path: string, code: string): readonly Import[] {
  return [...code.matchAll(IMPORT)].map(([, type, named, dynamic]) => {
    const written = named ?? dynamic ?? '';
    const ours = written.startsWith('.');
    const target = ours ? normalize(join(dirname(path), written)) : written;
    const parts = written.split('/');
    const library = parts.slice(0, written.startsWith('@') ? 2 : 1).join('/');
    return { zone: ours ? zoneOf(target) : library, target, typeOnly: type !== undefined };
  });
}

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, '$1');
  return { path, zone: zoneOf(path), text, code, imports: importsOf(path, code) };
}

/** Every TypeScript file of a folder, its folders included. */
export function sourcesOf(folder: string): readonly Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** What ships: the bot, the sandbox and the messages. */
export function shipped(): readonly Source[] {
  return [...sourcesOf('src'), ...sourcesOf('blocks')];
}
