import type { FileFound, Machine } from '../../src/config/machine.ts';

export const CWD = '/srv/steady';
export const HOME = '/home/sre';
export const UID = 1000;

export type FakeFile = string | Partial<Extract<FileFound, { kind: 'file' }>> | FileFound;

/** A machine of plain values: files by absolute path (or by name in the working folder), owned by its user, mode 0600. */
export function fakeMachine(
  files: Readonly<Record<string, FakeFile>> = {},
  env: Readonly<Record<string, string>> = {},
): Machine {
  const byPath = new Map(
    Object.entries(files).map(([path, file]) => [
      path.startsWith('/') ? path : `${CWD}/${path}`,
      fileOf(file),
    ]),
  );
  return { env, cwd: CWD, home: HOME, uid: UID, files: { read: (path) => byPath.get(path) } };
}

function fileOf(file: FakeFile): FileFound {
  if (typeof file === 'object' && file.kind === 'unreadable') return file;
  const own = typeof file === 'string' ? { text: file } : file;
  return { kind: 'file', text: '', owner: UID, mode: 0o600, folderMode: 0o755, ...own };
}
