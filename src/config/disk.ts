import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { FileFound, Files, Machine } from './machine.ts';

/** The real file system. The file is opened once, and what is judged is what was opened. */
export const disk: Files = {
  read(path, maxBytes): FileFound | undefined {
    let descriptor: number;
    try {
      // A named pipe would otherwise block the start until somebody writes to it.
      descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR') return dangling(path);
      return { kind: 'unreadable', why: `it cannot be opened (${code ?? 'unknown reason'})` };
    }
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return { kind: 'unreadable', why: 'it is not a file' };
      const link = lstatSync(path);
      const folder = statSync(dirname(realpathSync(path)));
      const text = readUpTo(descriptor, maxBytes);
      if (text === undefined) return { kind: 'unreadable', why: `it is larger than ${maxBytes} bytes` };
      return {
        kind: 'file',
        text,
        owner: stat.uid,
        mode: stat.mode & 0o7777,
        ...(link.isSymbolicLink() && { linkOwner: link.uid }),
        folderMode: folder.mode & 0o7777,
      };
    } finally {
      closeSync(descriptor);
    }
  },
};

function dangling(path: string): FileFound | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
    ? { kind: 'unreadable', why: 'it is a link that leads nowhere' }
    : undefined;
}

function readUpTo(descriptor: number, maxBytes: number): string | undefined {
  const bytes = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.toString('utf8', 0, length);
    length += read;
    if (length > maxBytes) return undefined;
  }
}

/** The machine Steady runs on: the one place where the environment is read. */
export function thisMachine(): Machine {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homeOf(process.env),
    uid: process.getuid?.(),
    files: disk,
  };
}

function homeOf(env: NodeJS.ProcessEnv): string | undefined {
  if (env.HOME) return env.HOME;
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}
