import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoredFile } from './slack/model.ts';

/** Nothing inline, nothing from elsewhere. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What is shown in place; everything else is offered as a download. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** The only packages that the page may load modules from. */
const PACKAGES: ReadonlySet<string> = new Set(['preact', 'htm']);

export interface Served {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** A file of the page, or of one of its packages under `modules/`. Undefined for everything else. */
export async function pageFile(path: string): Promise<Served | undefined> {
  const parts = path.split('/');
  if (parts.some((part) => !/^[\w][\w.-]*$/.test(part))) return undefined;
  const type = TYPES[extname(path)];
  if (type === undefined) return undefined;
  const [folder = '', name = ''] = parts;
  if (folder === 'modules' && !PACKAGES.has(name)) return undefined;
  const where =
    folder === 'modules'
      ? new URL(`../../node_modules/${parts.slice(1).join('/')}`, import.meta.url)
      : new URL(`page/${path}`, import.meta.url);
  const bytes = await readFile(fileURLToPath(where)).catch(() => undefined);
  return bytes === undefined ? undefined : { bytes, headers: { 'content-type': type } };
}

/** An uploaded file. Only pictures are shown in place; a hostile upload can run nothing. */
export function uploadedFile(file: StoredFile): Served | undefined {
  if (file.bytes === undefined) return undefined;
  const shown = SHOWN.has(file.mimetype);
  return {
    bytes: file.bytes,
    headers: {
      'content-type': shown ? file.mimetype : 'application/octet-stream',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}
