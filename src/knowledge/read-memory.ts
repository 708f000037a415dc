import { isUtf8 } from 'node:buffer';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../domain/errors.ts';
import { unbundle } from '../domain/knowledge/bundle.ts';

/** One tier of an older base: a person's, or what an organisation shares. */
export interface MemoryTier {
  readonly org?: string;
  /** By their path within the tier: `kb/facts.md`. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Memory {
  readonly tiers: readonly MemoryTier[];
  /** What is not read, with the reason: `orgs/acme/kb/facts.md: it is a link`. */
  readonly refused: readonly string[];
}

/** Larger files are somebody's mistake. */
const LARGEST = 8 * 1024 * 1024;
const MOST_FILES = 2_000;
const FOLDERS = ['kb', 'archive', 'journal'] as const;
const OTHERS_WRITE = 0o022;

/**
 * Reads the folder of an older base (`kb/`, `archive/`, `journal/`, and the same below `orgs/NAME/`), or one exported file. Links, what
 * belongs to somebody else than `uid` or root, what others can write, and what is no text are refused and named. Throws ConfigError where
 * there is nothing to read at all.
 */
export async function readMemory(path: string, uid: number | undefined): Promise<Memory> {
  const refused: string[] = [];
  const stat = await lstat(path).catch(() => undefined);
  if (!stat) throw new ConfigError([`There is nothing at ${path}.`]);
  const why = distrusted(stat, uid);
  if (why !== undefined) throw new ConfigError([`${path}: ${why}.`]);
  if (stat.isFile()) {
    const text = await readText(path, uid);
    const files = 'text' in text ? unbundle(text.text) : undefined;
    if (!files)
      throw new ConfigError([`${path} is no export of Steady; name one, or a folder with kb/ in it.`]);
    return { tiers: [{ files }], refused };
  }

  let count = 0;
  async function tier(below: string): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    for (const folder of FOLDERS) {
      if (!(await isFolder(join(below, folder)))) continue;
      for (const name of (await readdir(join(path, below, folder))).sort()) {
        const at = join(below, folder, name);
        if (!name.endsWith('.md')) continue;
        if (++count > MOST_FILES) throw new ConfigError([`${path} holds more than ${MOST_FILES} files.`]);
        const read = await readText(join(path, at), uid);
        if ('text' in read) files.set(join(folder, name), read.text);
        else refused.push(`${at}: ${read.why}`);
      }
    }
    return files;
  }
  async function isFolder(at: string): Promise<boolean> {
    const found = await lstat(join(path, at)).catch(() => undefined);
    if (!found) return false;
    const reason = distrusted(found, uid) ?? (found.isDirectory() ? undefined : 'it is no folder');
    if (reason !== undefined) refused.push(`${at}: ${reason}`);
    return reason === undefined;
  }

  const tiers: MemoryTier[] = [{ files: await tier('') }];
  if (await isFolder('orgs'))
    for (const org of (await readdir(join(path, 'orgs'))).sort())
      if (await isFolder(join('orgs', org))) tiers.push({ org, files: await tier(join('orgs', org)) });
  return { tiers: tiers.filter(({ files }) => files.size > 0), refused };
}

/** The link itself is never followed: what is opened is what was looked at. */
async function readText(
  path: string,
  uid: number | undefined,
): Promise<{ readonly text: string } | { readonly why: string }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => (error.code === 'ELOOP' ? 'it is a link' : 'it cannot be read'),
  );
  if (typeof file === 'string') return { why: file };
  try {
    const stat = await file.stat();
    const why = distrusted(stat, uid) ?? (stat.isFile() ? undefined : 'it is no plain file');
    if (why !== undefined) return { why };
    if (stat.size > LARGEST) return { why: `it has ${stat.size} bytes, which no knowledge file needs` };
    const bytes = await file.readFile();
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { why: 'it is not UTF-8 text' };
  } finally {
    await file.close();
  }
}

function distrusted(stat: Stats, uid: number | undefined): string | undefined {
  if (stat.isSymbolicLink()) return 'it is a link; name what it leads to';
  if (uid === undefined) return undefined;
  if (stat.uid !== uid && stat.uid !== 0) return `it belongs to another user (uid ${stat.uid})`;
  return (stat.mode & OTHERS_WRITE) === 0 ? undefined : 'others can write it; run chmod go-w on it';
}
