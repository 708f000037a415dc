import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository, type Repository } from '../../src/knowledge/repository.ts';

/** A bare repository as a server has it, in a folder that goes with the test. */
export interface Remote extends Disposable {
  readonly folder: string;
  readonly url: string;
  /** Runs git as a person with a clone of it would; answers what it printed. */
  git(where: string, ...args: readonly string[]): string;
  /** A process of Steady on it. */
  open(name: string, more?: Partial<Parameters<typeof openRepository>[0]>): Promise<Repository>;
}

const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a person',
  GIT_AUTHOR_EMAIL: 'person@example.com',
  GIT_COMMITTER_NAME: 'a person',
  GIT_COMMITTER_EMAIL: 'person@example.com',
};

export function startRemote(): Remote {
  const folder = mkdtempSync(join(tmpdir(), 'steady-git-'));
  const bare = join(folder, 'remote.git');
  const git = (where: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'init.defaultBranch=main', ...args], {
      cwd: where,
      env: ENV,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  git(folder, 'init', '--quiet', '--bare', bare);
  const url = `file://${bare}`;
  let clock = Date.UTC(2026, 10, 28, 14);
  return {
    folder,
    url,
    git,
    open: (name, more) =>
      openRepository({
        url,
        folder: join(folder, name),
        now: () => (clock += 1_000),
        path: ENV.PATH,
        protocols: ['file'],
        ...more,
      }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
