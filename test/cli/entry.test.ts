import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const NODE = process.execPath;
/** A Node of the machine that is too old for TypeScript, where there is one; CI's is 20. */
const OLD_NODE = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (path) => existsSync(path) && majorOf(path) < 24,
);

let folder: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steady-entry-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

function majorOf(path: string): number {
  return Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 0);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function begin(
  node: string,
  words: readonly string[],
  env: Record<string, string> = {},
  entry = join(root, 'bin/steady.js'),
) {
  const child = spawn(node, [entry, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stdout.includes(text) && resolve();
      waiting.push(look);
      look();
      void ended.then((end) => reject(new Error(`ended without printing ${text}: ${JSON.stringify(end)}`)));
    });
  return { child, ended, printed };
}

const run = (node: string, ...words: string[]) => begin(node, words).ended;

describe('steady', () => {
  it('writes a configuration of mode 0600, once, and not through a link', async () => {
    symlinkSync(join(folder, 'target'), join(folder, 'config.toml'));
    const path = join(folder, 'deep/er/config.toml');
    const [first, link] = await Promise.all([run(NODE, 'init', '--path', path), run(NODE, 'init')]);
    expect([first.code, link.code]).toEqual([0, 1]);
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(folder, 'deep')).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).sort()).toEqual(['config.toml', 'deep']);
    const before = readFileSync(path);
    expect((await run(NODE, 'init', '--path', path)).code).toBe(1);
    expect(readFileSync(path)).toEqual(before);
  });

  it('reports every problem of a configuration', async () => {
    writeFileSync(join(folder, 'config.toml'), '[slack]\nemoji = 5\n[cadence]\nupdate_every = "5"\n', {
      mode: 0o600,
    });
    const { code, stdout, stderr } = await run(NODE, 'start');
    expect([code, stdout]).toEqual([1, '']);
    const places = stderr
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[0]);
    expect(places).toEqual(['config.toml:2 slack.emoji', 'config.toml:4 cadence.update_every']);
  });

  it.each([
    ['SIGINT', NODE],
    ['SIGTERM', OLD_NODE ?? NODE],
  ] as const)('drains on %s with %s, and the exit code is that of what ran', async (signal, node) => {
    const steady = begin(node, ['start', '--or-sandbox'], {}, installation());
    await steady.printed('running as');
    steady.child.kill(signal);
    const { code, stdout, stderr } = await steady.ended;
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([7, 'drained']);
    expect(stderr).toContain('finishing what is under way');
  });
});

/** A copy of the command line with a composition root that only waits: what signals do, without Slack. */
function installation(): string {
  const home = join(folder, 'installation');
  mkdirSync(join(home, 'src'), { recursive: true });
  cpSync(join(root, 'bin'), join(home, 'bin'), { recursive: true });
  for (const part of ['cli', 'config', 'domain'])
    cpSync(join(root, 'src', part), join(home, 'src', part), { recursive: true });
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  writeFileSync(
    join(home, 'src/main.ts'),
    `export async function startSandbox(_options, terminal) {
      const ended = Promise.withResolvers();
      const alive = setInterval(() => {}, 1000);
      terminal.out('running as ' + process.pid);
      return { ended: ended.promise, stop: async () => { clearInterval(alive); terminal.out('drained'); ended.resolve(7); } };
    }`,
  );
  return join(home, 'bin/steady.js');
}

describe.runIf(OLD_NODE !== undefined)('an old Node', () => {
  const old = OLD_NODE ?? '';

  it('runs the bundled Node, and hands output and exit code on', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const [said, refused, unknown] = await Promise.all([
      run(old, '--version'),
      run(old, 'start'),
      run(old, 'nonsense'),
    ]);
    expect(said).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect([refused.code, unknown.code]).toEqual([1, 2]);
  });

  it('takes its runtime with it when it is killed outright', async () => {
    const steady = begin(old, ['start', '--or-sandbox'], {}, installation());
    await steady.printed('running as');
    steady.child.kill('SIGKILL');
    // The pipes close only when the runtime, which inherited them, has ended too.
    expect((await steady.ended).stdout).toContain('drained');
  });

  it('says in two lines what is needed when no runtime was installed', async () => {
    mkdirSync(join(folder, 'bare/bin'), { recursive: true });
    cpSync(join(root, 'bin/steady.js'), join(folder, 'bare/bin/steady.js'));
    writeFileSync(join(folder, 'bare/package.json'), '{"type":"module"}');
    const { code, stdout, stderr } = await begin(old, ['start'], {}, join(folder, 'bare/bin/steady.js'))
      .ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^Steady needs Node 24 or newer; this is Node \d+\./),
      expect.stringContaining('npm ci'),
    ]);
  });
});

if (OLD_NODE === undefined) process.stdout.write('not run: entry on an old Node (none on this machine)\n');
