import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importMemory } from '../../src/cli/import-memory.ts';
import type { Config } from '../../src/config/config.ts';
import { configOf } from '../../src/config/config-of.ts';
import { entriesOf, readFile } from '../../src/domain/knowledge/read-file.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { type Remote, startRemote } from '../knowledge/real-git.ts';

let remote: Remote;
beforeEach(() => {
  remote = startRemote();
});
afterEach(() => remote[Symbol.dispose]());

const SECRET = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
const entry = (key: string, body = key) =>
  `## M-2026-01-05T14:32:10Z ${key}\n\n- type: fact\n- tags: a\n- used: 1\n- last_used: 2026-01-06\n- pinned: false\n- schema_version: 1\n\n${body}\n`;
const around = { clock: { now: () => Date.UTC(2026, 10, 28) }, team: async () => 'T1', protocols: ['file'] };
const shown = (path: string) => remote.git(remote.folder, '--git-dir=remote.git', 'show', `main:${path}`);

function config(): Config {
  const base = configOf('[knowledge.orgs.acme]\n[knowledge.orgs.kept]\n', {
    dataDir: join(remote.folder, 'data'),
  });
  const orgs = base.knowledge.orgs.map((org) => (org.name === 'acme' ? { ...org, repo: remote.url } : org));
  return { ...base, knowledge: { ...base.knowledge, orgs } };
}

function memory(): string {
  const root = join(remote.folder, 'memory');
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o600 });
  };
  put(
    'kb/facts.md',
    `# Facts\n\n${entry('mine')}\n${entry('token', `use ${SECRET}`)}\n## M-soon torn\n\ntext\n`,
  );
  put('journal/journal-2026-01.md', `# Journal\n\nby hand\n\n${entry('seen')}`);
  put('archive/2025.md', entry('old'));
  put('orgs/acme/kb/patterns.md', `# Patterns\n\n${entry('herd').replace('fact', 'pattern')}`);
  put('orgs/acme/journal/journal-2026-01.md', `# Journal\n\n${entry('seen by all')}`);
  put('orgs/kept/kb/facts.md', entry('of storage'));
  put('orgs/other/kb/facts.md', entry('of nobody'));
  return root;
}

async function rows(shelf: string) {
  const store = await openStore({ dataDir: join(remote.folder, 'data'), now: around.clock.now });
  try {
    return (await store.knowledge('T1', [shelf])).map((row) => `${row.kind} ${row.id}`);
  } finally {
    await store.close();
  }
}

test('a plan says per file what comes in and writes nothing; applied twice it is there once', async () => {
  const request = { path: memory(), uid: process.getuid?.(), person: 'U1', apply: false };
  const plan = await importMemory(config(), request, around);
  expect(plan).toEqual([
    '',
    'kb/ → U1 alone',
    '  kb/facts.md: 2 entries, 1 new',
    '    kb/facts.md:25: an entry begins with a time in UTC: ## M-2026-11-28T14:02:11Z its key',
    '    kb/facts.md:14: token holds a secret; not taken',
    '  archive/2025.md: 1 entry, 1 new',
    '  journal/journal-2026-01.md: 1 entry, 1 new',
    '',
    'orgs/acme/ → acme, its repository',
    '  kb/patterns.md: 1 entry, 1 new',
    '  journal/journal-2026-01.md: 1 entry, 1 new',
    '',
    'orgs/kept/ → kept',
    '  kb/facts.md: 1 entry, 1 new',
    '',
    'orgs/other/ → nowhere: there is no [knowledge.orgs.other] in the configuration',
    '',
    'Nothing was written. The same with --apply does it.',
  ]);
  expect(await rows('personal/U1')).toEqual([]);
  expect(() => shown('kb/patterns.md')).toThrow();

  const apply = { ...request, apply: true };
  expect((await importMemory(config(), apply, around)).at(-1)).toBe('Done. Doing it again changes nothing.');
  const first = [
    await rows('personal/U1'),
    await rows('journal/personal/U1'),
    await rows('archive/personal/U1'),
  ];
  expect(first).toEqual([
    ['facts facts/2026-01-05T14:32:10Z mine'],
    [
      expect.stringMatching(/^2026-01 2026-01-00\//),
      '2026-01 2026-01-05T14:32:10.000Z/seen',
      expect.stringMatching(/^2026-11 .*imported/),
    ],
    ['facts facts/2026-01-05T14:32:10Z old'],
  ]);
  expect(await rows('org/kept')).toEqual(['facts facts/2026-01-05T14:32:10Z of storage']);
  expect(entriesOf(readFile('patterns', shown('kb/patterns.md'))).map((one) => one.key)).toEqual(['herd']);
  expect(shown('journal/journal-2026-01.md')).toContain('seen by all');
  expect(shown('journal/journal-2026-11.md')).toContain('imported');
  const commits = () =>
    remote.git(remote.folder, '--git-dir=remote.git', 'rev-list', '--count', 'main').trim();
  expect(commits()).toBe('1');

  const again = await importMemory(config(), apply, around);
  expect(again.filter((line) => /[1-9]\d* new/.test(line))).toEqual([]);
  expect([
    await rows('personal/U1'),
    await rows('journal/personal/U1'),
    await rows('archive/personal/U1'),
  ]).toEqual(first);
  expect(commits()).toBe('1');
  for (const line of [...plan, ...again]) expect(line).not.toContain(SECRET);
  const kept = readFileSync(join(remote.folder, 'data', 'steady.db'));
  expect(kept.includes(SECRET)).toBe(false);
});

test('what cannot be pushed is said, and is no success', async () => {
  const gone = config();
  const orgs = gone.knowledge.orgs.map((org) => (org.repo ? { ...org, repo: `${remote.url}-gone` } : org));
  const failing = { ...gone, knowledge: { ...gone.knowledge, orgs } };
  const request = { path: memory(), uid: process.getuid?.(), person: 'U1', apply: true };
  await expect(importMemory(failing, request, around)).rejects.toMatchObject({
    problems: expect.arrayContaining([expect.stringMatching(/^Nothing was pushed to acme/)]),
  });
});
