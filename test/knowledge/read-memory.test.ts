import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../src/domain/knowledge/bundle.ts';
import { readMemory } from '../../src/knowledge/read-memory.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steady-memory-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const uid = process.getuid?.();
function put(path: string, text: string | Uint8Array = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode: 0o600 });
}

test('reads every tier with journals and archives, and nothing else', async () => {
  for (const path of [
    'kb/facts.md',
    'journal/journal-2026-01.md',
    'orgs/acme/kb/queries.md',
    'orgs/acme/archive/2025.md',
  ])
    put(path);
  put('kb/notes.txt');
  put('README.memory.md');
  put('orgs/acme/.git/config');
  put('orgs/empty/README.md');
  const { tiers, refused } = await readMemory(root, uid);
  expect(tiers.map(({ org, files }) => [org, ...files.keys()])).toEqual([
    [undefined, 'kb/facts.md', 'journal/journal-2026-01.md'],
    ['acme', 'kb/queries.md', 'archive/2025.md'],
  ]);
  expect(refused).toEqual([]);
});

test('refuses links, what others may write, what is no text, and what somebody else owns', async () => {
  put('kb/facts.md');
  put('elsewhere/kb/facts.md');
  put('kb/open.md');
  chmodSync(join(root, 'kb/open.md'), 0o666);
  put('kb/bytes.md', Uint8Array.of(0xff, 0xfe));
  mkdirSync(join(root, 'kb/folder.md'));
  symlinkSync('/etc/passwd', join(root, 'kb/link.md'));
  mkdirSync(join(root, 'orgs'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'orgs/acme'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'archive'));
  const { tiers, refused } = await readMemory(root, uid);
  expect(tiers.map(({ files }) => [...files.keys()])).toEqual([['kb/facts.md']]);
  expect(refused).toEqual([
    'kb/bytes.md: it is not UTF-8 text',
    'kb/folder.md: it is no plain file',
    'kb/link.md: it is a link',
    'kb/open.md: others can write it; run chmod go-w on it',
    'archive: it is a link; name what it leads to',
    'orgs/acme: it is a link; name what it leads to',
  ]);
  await expect(readMemory(join(root, 'orgs/acme'), uid)).rejects.toMatchObject({
    problems: [expect.stringContaining('it is a link')],
  });
  if (uid === 0) return;
  await expect(readMemory(root, 12_345)).rejects.toMatchObject({
    problems: [expect.stringContaining('belongs to another user')],
  });
});

test('reads one exported file, and no other', async () => {
  put('export.md', bundle(new Map([['kb/facts.md', 'x']])));
  put('other.md', '# Facts\n');
  expect((await readMemory(join(root, 'export.md'), uid)).tiers).toEqual([
    { files: new Map([['kb/facts.md', 'x']]) },
  ]);
  await expect(readMemory(join(root, 'other.md'), uid)).rejects.toMatchObject({
    problems: [expect.stringContaining('is no export of Steady')],
  });
  await expect(readMemory(join(root, 'gone'), uid)).rejects.toMatchObject({
    problems: [`There is nothing at ${join(root, 'gone')}.`],
  });
});
