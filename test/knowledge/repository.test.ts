import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackendError } from '../../src/domain/errors.ts';
import type { Entry } from '../../src/domain/knowledge/entry.ts';
import { entriesOf, type KnowledgeFile, readFile, textOf } from '../../src/domain/knowledge/read-file.ts';
import { withEntry } from '../../src/domain/knowledge/write-file.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Files } from '../../src/knowledge/repository.ts';
import { type Remote, startRemote } from './real-git.ts';

let remote: Remote;
beforeEach(() => {
  remote = startRemote();
});
afterEach(() => remote[Symbol.dispose]());

const FACTS = 'kb/facts.md';
const fact = (key: string): Entry => ({
  at: Date.UTC(2026, 10, 28),
  key,
  type: 'fact',
  tags: [],
  used: 0,
  pinned: false,
  body: `about ${key}`,
});
const adding = (key: string) => (files: Files) =>
  new Map([[FACTS, withEntry(files.get(FACTS) ?? readFile('facts', '# Facts\n'), fact(key))]]);
const keys = (files: ReadonlyMap<string, KnowledgeFile>) =>
  entriesOf(files.get(FACTS) ?? { pieces: [] }).map((one) => one.key);

test('writes into an empty repository, and reads what it wrote', async () => {
  const repository = await remote.open('a');
  expect([...(await repository.sync())]).toEqual([]);
  expect(keys(await repository.change(adding('one'), 'Remember one'))).toEqual(['one']);
  expect(repository.state()).toMatchObject({ unpushed: 0 });
  expect(remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:kb/facts.md')).toContain(
    'about one',
  );
  expect(remote.git(remote.folder, '--git-dir=remote.git', 'log', '--format=%an %s', 'main').trim()).toBe(
    'Steady Remember one',
  );
  expect(keys(await (await remote.open('b')).sync())).toEqual(['one']);
});

test('two processes and a person write at the same time, and nothing is lost', async () => {
  const [a, b] = [await remote.open('a'), await remote.open('b')];
  await a.change(adding('first'), 'first');
  const clone = join(remote.folder, 'clone');
  const names = (who: string) => Array.from({ length: 4 }, (_, n) => `${who} ${n}`);
  async function person(): Promise<void> {
    remote.git(remote.folder, 'clone', '--quiet', remote.url, clone);
    // As a person resolves a conflict of two additions: both stay.
    writeFileSync(join(clone, '.git/info/attributes'), 'kb/*.md merge=union\n');
    for (const name of names('hand')) {
      const path = join(clone, FACTS);
      writeFileSync(
        path,
        `${readFileSync(path, 'utf8')}\n## M-2026-11-28T15:00:00Z ${name}\n\n- type: fact\n\nby hand\n`,
      );
      writeFileSync(join(clone, 'README.md'), `${name}\n`);
      remote.git(clone, 'add', '.');
      remote.git(clone, 'commit', '--quiet', '-m', name);
      for (let tries = 30; ; tries--) {
        // Lets the others go between.
        await new Promise((resolve) => setImmediate(resolve));
        try {
          remote.git(clone, 'pull', '--quiet', '--no-rebase');
          remote.git(clone, 'push', '--quiet');
          break;
        } catch (error) {
          if (tries === 0) throw error;
        }
      }
    }
  }
  const all = names('a').map((name) => a.change(adding(name), name));
  const others = names('b').map((name) => b.change(adding(name), name));
  await Promise.all([...all, ...others, person()]);
  await Promise.all([a.change(adding('a last'), 'a last'), b.change(adding('b last'), 'b last')]);
  const files = await a.sync();
  expect(keys(files).sort()).toEqual(
    ['a last', 'b last', 'first', ...names('a'), ...names('b'), ...names('hand')].sort(),
  );
  expect(textOf(files.get(FACTS) ?? { pieces: [] })).toBe(
    remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:kb/facts.md'),
  );
  expect(remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:README.md')).toBe('hand 3\n');
});

test('a push that fails is kept, said, and made up for', async () => {
  const repository = await remote.open('a');
  await repository.change(adding('one'), 'one');
  renameSync(join(remote.folder, 'remote.git'), join(remote.folder, 'gone.git'));
  expect(keys(await repository.change(adding('two'), 'two'))).toEqual(['one', 'two']);
  expect(repository.state()).toMatchObject({
    unpushed: 1,
    why: expect.stringMatching(/^git ls-remote failed/),
  });
  renameSync(join(remote.folder, 'gone.git'), join(remote.folder, 'remote.git'));
  // A process that was started anew knows what could not be pushed.
  const again = await remote.open('a');
  expect(keys(await again.sync())).toEqual(['one', 'two']);
  expect(again.state()).toMatchObject({ unpushed: 0 });
  expect(again.state().why).toBeUndefined();
  expect(keys(await (await remote.open('b')).sync())).toEqual(['one', 'two']);
});

test('an edit that changes nothing makes no commit', async () => {
  const repository = await remote.open('a');
  await repository.change(adding('one'), 'one');
  await repository.change((files) => new Map(files), 'nothing');
  expect(remote.git(remote.folder, '--git-dir=remote.git', 'rev-list', '--count', 'main').trim()).toBe('1');
});

test('leaves alone what is none of its files, and refuses a link under one of their names', async () => {
  const clone = join(remote.folder, 'clone');
  remote.git(remote.folder, 'clone', '--quiet', remote.url, clone);
  symlinkSync('/etc/passwd', join(clone, 'secret.md'));
  remote.git(clone, 'add', '.');
  remote.git(clone, 'commit', '--quiet', '-m', 'link');
  remote.git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  const repository = await remote.open('a');
  expect(keys(await repository.change(adding('one'), 'one'))).toEqual(['one']);
  remote.git(clone, 'pull', '--quiet', 'origin', 'main');
  remote.git(clone, 'rm', '--quiet', FACTS);
  remote.git(clone, 'commit', '--quiet', '-m', 'away');
  symlinkSync('/etc/passwd', join(clone, 'kb-link'));
  remote.git(
    clone,
    'update-index',
    '--add',
    '--cacheinfo',
    `120000,${remote.git(clone, 'hash-object', '-w', 'secret.md').trim()},${FACTS}`,
  );
  remote.git(clone, 'commit', '--quiet', '-m', 'link');
  remote.git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  await expect(repository.sync()).rejects.toThrow('kb/facts.md is no plain file (mode 120000).');
  expect(repository.state().why).toBe('kb/facts.md is no plain file (mode 120000).');
});

test('credentials reach the server and nothing else', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end('no');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const password = new Secret('tok-en/Wert+7f3a9c51', 'env KB_TOKEN');
  const repository = await remote.open('a', {
    url: `http://127.0.0.1:${port}/kb.git`,
    protocols: ['http'],
    credentials: { password },
  });
  await repository.sync();
  server.close();
  server.closeAllConnections();
  const sent = `Basic ${Buffer.from(`x-access-token:${password.reveal()}`).toString('base64')}`;
  expect(seen).toContain(sent);
  const { why = '' } = repository.state();
  expect(why).toMatch(/^git ls-remote failed: .*[Aa]uthentication/);
  expect(why).not.toContain(password.reveal());
  const files = readdirSync(join(remote.folder, 'a'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
  expect(files.length).toBeGreaterThan(2);
  expect(files.filter((text) => text.includes(password.reveal()))).toEqual([]);
});

test('hooks and other transports are not run', async () => {
  const repository = await remote.open('a', { url: `ext::sh -c touch% ${remote.folder}/ran` });
  await repository.sync();
  expect(repository.state().why).toMatch(/not allowed/);
  expect(existsSync(join(remote.folder, 'ran'))).toBe(false);
  const open = remote.open('b', { path: '/nowhere' });
  await expect(open).rejects.toBeInstanceOf(BackendError);
});
