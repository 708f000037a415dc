import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../../domain/errors.ts';

/** The files of an embedded installation. */
export interface Folder {
  readonly database: string;
  readonly lock: string;
}

/** Who this process is; undefined where the system has no such thing (Windows). */
export type Me = number | undefined;

/**
 * Creates the data folder (0700) and answers its files. From here on the process creates files for its owner alone
 * (umask 077). Throws ConfigError for a folder or file that belongs to or can be written by somebody else.
 */
export function prepareFolder(dataDir: string, create: boolean, me: Me = process.getuid?.()): Folder {
  process.umask(0o077);
  const files = { database: join(dataDir, 'steady.db'), lock: join(dataDir, 'lock') };
  if (create) makeFolder(dataDir);
  const problems = [
    ...findFault(dataDir, 'folder', me),
    ...findFault(files.database, 'file', me),
    ...findFault(files.lock, 'file', me),
  ];
  if (!create && look(files.database) === undefined) {
    problems.push(`There is no Steady storage in ${dataDir}. Check STEADY_DATA_DIR or [storage] data_dir.`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return files;
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigError([
      `The data folder ${dataDir} cannot be created (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Create it, or name another one with STEADY_DATA_DIR.`,
    ]);
  }
}

function look(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function findFault(path: string, what: 'folder' | 'file', me: Me): string[] {
  const stats = look(path);
  if (stats === undefined) return [];
  // The folder itself may be reached through a link; a linked database could lie anywhere.
  if (what === 'file' && !stats.isFile()) return [`${path} is not a plain file. Move it away.`];
  if (what === 'folder' && !stats.isDirectory() && !stats.isSymbolicLink())
    return [`${path} is not a folder.`];
  if (stats.isSymbolicLink() || me === undefined) return [];
  if (stats.uid !== me)
    return [
      `${path} belongs to another user. Run this as that user, or give it to the user Steady runs as (chown).`,
    ];
  if ((stats.mode & 0o022) !== 0)
    return [`${path} can be written by other users. Close it with \`chmod go-rwx ${path}\`.`];
  return [];
}

/**
 * Holds the folder against a second bot until closed or until the process ends, however it ends: the lock is an open exclusive
 * transaction on a file of its own, which the system drops with the process. Nothing else may open that file, because
 * closing any descriptor of it would drop the lock (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
export function lockFolder(folder: Folder, dataDir: string): { release(): void } {
  const lock = new DatabaseSync(folder.lock, { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = delete; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new ConfigError([
      `Another Steady is using the data folder ${dataDir}. Stop it first, or give this one a folder of its own with STEADY_DATA_DIR. (backup, check and export can run beside it.)`,
    ]);
  }
  return { release: () => lock.close() };
}

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;
