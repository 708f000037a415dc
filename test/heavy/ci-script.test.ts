import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The script installs servers that are missing; a test must not. */
const SERVERS = [
  '/usr/bin/prometheus',
  '/usr/bin/prometheus-alertmanager',
  '/usr/bin/chromium',
  '/usr/lib/postgresql',
];
const present = SERVERS.every((path) => existsSync(path));
if (!present) process.stdout.write('not run: the CI script on a made-up project (servers are missing)\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steady-ci-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project whose `npm test` reports what it is told, and whose `npm start` serves a page. */
function project(name: string, scripts: Record<string, string>): string {
  const root = join(folder, name);
  mkdirSync(join(root, '.ci'), { recursive: true });
  cpSync(fileURLToPath(new URL('../../.ci/run', import.meta.url)), join(root, '.ci/run'));
  const pack = { name: 'made-up', version: '1.0.0', private: true };
  const good = {
    test: 'node report.js 5 0',
    'test:heavy': 'node report.js 2 0',
    typecheck: 'true',
    lint: 'true',
    bench: 'true',
    start: 'node serve.js',
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...pack, scripts: { ...good, ...scripts } }));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ ...pack, lockfileVersion: 3, requires: true, packages: { '': pack } }),
  );
  writeFileSync(
    join(root, 'report.js'),
    `const file = process.argv.find((word) => word.startsWith('--outputFile.json=')).split('=')[1];
    const [numPassedTests, numFailedTests] = process.argv.slice(2).map(Number);
    require('fs').writeFileSync(file, JSON.stringify({ numPassedTests, numFailedTests }));
    console.log('required', process.env.STEADY_REQUIRE_REAL_SERVERS, 'token', process.env.SLACK_BOT_TOKEN);
    process.exit(numFailedTests > 0 ? 1 : 0);`,
  );
  writeFileSync(
    join(root, 'serve.js'),
    `const server = require('http').createServer((_request, answer) => answer.end('page'));
    server.listen(0, '127.0.0.1', () => console.log('Open http://127.0.0.1:' + server.address().port + '/x'));
    process.on('SIGTERM', () => process.exit(0));`,
  );
  writeFileSync(join(root, 'wait.js'), 'setTimeout(() => undefined, 600_000);');
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'All');
  return root;
}

/** As CI may call it: no HOME, nothing to read, strange settings around. */
function ci(root: string, env: Record<string, string> = {}) {
  const temporary = join(root, '..', `tmp-${env.STEADY_CI_LIMIT ?? 'all'}-${Math.abs(hash(root))}`);
  mkdirSync(temporary, { recursive: true });
  const done = spawnSync(join(root, '.ci/run'), {
    env: {
      PATH: process.env.PATH ?? '',
      TMPDIR: temporary,
      NODE_ENV: 'production',
      SLACK_BOT_TOKEN: 'x',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const left = readdirSync(temporary).filter((name) => name.startsWith('steady-ci.'));
  return { code: done.status, lines: done.stdout.trimEnd().split('\n'), left };
}

function hash(text: string): number {
  return [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);
}

describe.runIf(present)('.ci/run', () => {
  it('counts tests and steps, and ends with one line', () => {
    const { code, lines, left } = ci(project('good', {}));
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
    // 7 tests; servers, clone, install, types, linter, benchmark, clean; clone, install, start, clean.
    expect([code, lines.at(-1)]).toEqual([0, '18 passed, 0 failed']);
    expect(lines).toContain('required 1 token undefined');
    expect(left).toEqual([]);
  });

  it('counts what fails and goes on to the end', () => {
    const { code, lines } = ci(
      project('bad', {
        test: 'node report.js 5 2',
        lint: 'false',
        'test:heavy': 'exit 3',
        start: 'echo nothing',
      }),
    );
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([
      'FAILED: linter (exit 1)',
      'FAILED: heavy suites (exit 3, no report)',
      'FAILED: npm start answers within 10 s (exit 1)',
    ]);
    expect([code, lines.at(-1)]).toEqual([1, '14 passed, 5 failed']);
  });

  it('says so when the time is up, still with the last line', () => {
    const { code, lines, left } = ci(project('slow', { test: 'node wait.js' }), { STEADY_CI_LIMIT: '6' });
    expect(lines).toContain('FAILED: the time limit for everything');
    expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/^\d+ passed, 1 failed$/)]);
    expect(left).toEqual([]);
  });
});
