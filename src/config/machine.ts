/** What configuration may know of the machine. Only the entry of the command line makes the real one. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** Absolute; undefined when the machine has none (a container without HOME). */
  readonly home: string | undefined;
  /** The user Steady runs as; undefined where there are no such numbers (Windows). */
  readonly uid: number | undefined;
  readonly files: Files;
}

export interface Files {
  /** Reads a file, links followed. Undefined when nothing is there; `unreadable` when something is and cannot be read. */
  read(path: string, maxBytes: number): FileFound | undefined;
}

export type FileFound =
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'file';
      readonly text: string;
      readonly owner: number;
      /** Permission bits. */
      readonly mode: number;
      /** The owner of the link, when the path is one. */
      readonly linkOwner?: number;
      /** Permission bits of the folder that holds the file itself. */
      readonly folderMode: number;
    };

const GROUP_OR_OTHERS_WRITE = 0o022;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * Why a file must not be believed, or undefined. Owned by the user or root, writable by nobody else, in a folder where
 * others cannot swap it; a link counts as what it leads to, and must itself belong to the user or root.
 */
export function distrust(found: FileFound, uid: number | undefined): string | undefined {
  if (found.kind === 'unreadable') return found.why;
  if (uid === undefined) return undefined;
  const ours = (owner: number) => owner === uid || owner === 0;
  if (!ours(found.owner)) return `it belongs to another user (uid ${found.owner}); chown it to yourself`;
  if (found.linkOwner !== undefined && !ours(found.linkOwner))
    return `the link to it belongs to another user (uid ${found.linkOwner})`;
  if ((found.mode & GROUP_OR_OTHERS_WRITE) !== 0) return 'others can write it; run chmod go-w on it';
  if ((found.folderMode & OTHERS_WRITE) !== 0 && (found.folderMode & STICKY) === 0)
    return 'others can write its folder and so replace it; run chmod o-w on the folder';
  return undefined;
}
