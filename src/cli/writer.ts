import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Writer } from './composition.ts';

/** The real file system, for the few files that the command line itself writes. */
export const writer: Writer = {
  kindOf(path) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return 'nothing';
    if (stat.isSymbolicLink()) return 'link';
    return stat.isFile() ? 'file' : 'other';
  },
  create(path, text) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Exclusive creation also refuses a link that appeared since we looked.
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  },
};
