import { isUtf8 } from 'node:buffer';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { BackendError } from '../domain/errors.ts';
import { KINDS, type Kind } from '../domain/knowledge/entry.ts';
import { mergeFiles } from '../domain/knowledge/merge-files.ts';
import { type KnowledgeFile, readFile, textOf } from '../domain/knowledge/read-file.ts';
import { readLargeFile } from '../domain/knowledge/read-large-file.ts';
import type { Instant } from '../domain/time.ts';
import { ASKPASS, createGit, type GitCredentials, wasRejected } from './git.ts';

/** The files of one repository that Steady knows, by path: `kb/facts.md`, `archive/queries.md`, `journal/journal-2026-11.md`. */
export type Files = ReadonlyMap<string, KnowledgeFile>;

export interface RepositoryOptions {
  /** `https://…` or `ssh://…` or `git@host:path`. */
  readonly url: string;
  /** Default `main`. */
  readonly branch?: string;
  /** A folder of its own, made where it is missing. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly path: string;
  readonly credentials?: GitCredentials;
  readonly sshKey?: string;
  readonly protocols?: readonly string[];
}

/** How a repository stands. */
export interface RepositoryState {
  /** Commits of ours that the remote does not have. */
  readonly unpushed: number;
  /** Why the last exchange failed, if it did. */
  readonly why?: string;
  readonly pulledAt?: Instant;
}

/** One knowledge repository. Calls wait for one another. */
export interface Repository {
  /**
   * Brings what others pushed, joins it with what could not be pushed, pushes that, and answers the files: the very same ones where
   * nothing has changed since.
   */
  sync(): Promise<Files>;
  /**
   * Changes the newest files in one commit and pushes it. Where somebody pushed first, theirs is joined and ours is pushed again; where
   * the remote cannot be reached, the commit is kept for the next `sync`. Answers the files as they are now.
   */
  change(edit: (files: Files) => ReadonlyMap<string, KnowledgeFile>, message: string): Promise<Files>;
  state(): RepositoryState;
}

/** Others may push all the time, but not for ever. */
const TRIES = 6;
/** Larger files are somebody's mistake. */
const LARGEST = 8 * 1024 * 1024;
const OURS = 'refs/heads/steady';
const THEIRS = 'refs/remotes/origin/steady';
const PATH_OF_OURS =
  /^(?:(?:kb|archive)\/(facts|patterns|queries|incidents|integrations)\.md|journal\/journal-\d{4}-\d{2}\.md)$/;

export async function openRepository(options: RepositoryOptions): Promise<Repository> {
  const { branch = 'main', now } = options;
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const askpass = join(options.folder, 'askpass');
  await writeFile(askpass, ASKPASS, { mode: 0o700 });
  await chmod(askpass, 0o700);
  const git = createGit({ ...options, folder: join(options.folder, 'repository.git'), askpass });
  await git(['init', '--quiet', '--bare', '--', join(options.folder, 'repository.git')]);

  let state: RepositoryState = { unpushed: 0 };
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  }

  const commitOf = async (ref: string) =>
    text(await git(['rev-parse', '--verify', '--quiet', ref]).catch(() => Buffer.alloc(0))) || undefined;

  async function pull(): Promise<void> {
    const empty = text(await git(['ls-remote', '--heads', '--', options.url, branch])) === '';
    if (!empty)
      await git([
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-recurse-submodules',
        '--',
        options.url,
        `+refs/heads/${branch}:${THEIRS}`,
      ]);
    const theirs = await commitOf(THEIRS);
    const ours = await commitOf(OURS);
    if (theirs !== undefined && theirs !== ours) await unite(ours, theirs);
  }

  /** Makes ours hold theirs as well. */
  async function unite(ours: string | undefined, theirs: string): Promise<void> {
    const common =
      ours === undefined
        ? theirs
        : text(await git(['merge-base', ours, theirs]).catch(() => Buffer.alloc(0)));
    if (ours === undefined || common === ours) return void (await git(['update-ref', OURS, theirs]));
    if (common === theirs) return;
    const [before, mine, other] = await Promise.all([common, ours, theirs].map((one) => filesOf(one)));
    const merged = new Map<string, KnowledgeFile>();
    for (const [path, file] of mine ?? [])
      merged.set(
        path,
        mergeFiles(before?.get(path) ?? empty(path), file, other?.get(path) ?? empty(path)).file,
      );
    await commit(merged, theirs, [ours, theirs], 'Join what was written at the same time');
  }

  /** Files that were read, by path and hash: most of them change seldom. */
  const read = new Map<string, KnowledgeFile>();
  async function filesOf(commit: string): Promise<Files> {
    const files = new Map<string, KnowledgeFile>();
    if (commit === '') return files;
    const listing = await git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]);
    for (const line of listing.toString('utf8').split('\0')) {
      const [, mode, , hash = '', size = '', path = ''] =
        /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(line) ?? [];
      if (!PATH_OF_OURS.test(path)) continue;
      const before = read.get(`${path} ${hash}`);
      if (before && mode === '100644') {
        files.set(path, before);
        continue;
      }
      const blob =
        mode === '100644' && Number(size) <= LARGEST ? await git(['cat-file', 'blob', hash]) : undefined;
      if (blob === undefined || !isUtf8(blob)) throw unfit(path, mode, Number(size));
      const file = await readLargeFile(kindOf(path), blob.toString('utf8'), breath);
      files.set(path, file);
      read.set(`${path} ${hash}`, file);
    }
    return files;
  }

  async function commit(
    changed: ReadonlyMap<string, KnowledgeFile>,
    upon: string | undefined,
    parents: readonly string[],
    message: string,
  ): Promise<void> {
    const index = { GIT_INDEX_FILE: join(options.folder, 'index') };
    await git(['read-tree', ...(upon === undefined ? ['--empty'] : [upon])], undefined, index);
    for (const [path, file] of changed) {
      const hash = text(await git(['hash-object', '-w', '--stdin'], textOf(file)));
      await git(['update-index', '--add', '--cacheinfo', `100644,${hash},${path}`], undefined, index);
    }
    const tree = text(await git(['write-tree'], undefined, index));
    if (parents.length === 1 && tree === text(await git(['rev-parse', `${parents[0]}^{tree}`]))) return;
    const date = `${Math.floor(now() / 1_000)} +0000`;
    const who = { GIT_AUTHOR_NAME: 'Steady', GIT_AUTHOR_EMAIL: 'steady@localhost', GIT_AUTHOR_DATE: date };
    const made = await git(
      ['commit-tree', tree, ...parents.flatMap((one) => ['-p', one]), '-F', '-'],
      message,
      {
        ...who,
        GIT_COMMITTER_NAME: 'Steady',
        GIT_COMMITTER_EMAIL: 'steady@localhost',
        GIT_COMMITTER_DATE: date,
      },
    );
    await git(['update-ref', OURS, text(made)]);
  }

  /** Pulls and pushes until both have the same, or says why that could not be. */
  async function exchange(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await pull();
        if ((await unpushed()) > 0)
          await git(['push', '--quiet', '--no-verify', '--', options.url, `${OURS}:refs/heads/${branch}`]);
        const ours = await commitOf(OURS);
        if (ours !== undefined) await git(['update-ref', THEIRS, ours]);
        state = { unpushed: 0, pulledAt: now() };
        return;
      } catch (error) {
        if (wasRejected(error) && attempt < TRIES) continue;
        const why = error instanceof BackendError ? error.message : String(error);
        state = { ...state, unpushed: await unpushed(), why };
        if (!(error instanceof BackendError)) throw error;
        return;
      }
    }
  }

  async function unpushed(): Promise<number> {
    const [ours, theirs] = [await commitOf(OURS), await commitOf(THEIRS)];
    if (ours === undefined || ours === theirs) return 0;
    return Number(
      text(await git(['rev-list', '--count', ours, ...(theirs === undefined ? [] : [`^${theirs}`])])),
    );
  }

  /** Whoever asks later hears as well that what they are shown is older. */
  function unreadable(error: unknown): never {
    if (error instanceof BackendError) state = { ...state, why: error.message };
    throw error;
  }

  let held: { readonly commit: string; readonly files: Files } | undefined;
  /** The same as before where no commit came. */
  async function newest(): Promise<Files> {
    const commit = (await commitOf(OURS)) ?? '';
    if (held?.commit !== commit) {
      held = { commit, files: await filesOf(commit).catch(unreadable) };
      const current = new Set(held.files.values());
      for (const [id, file] of read) if (!current.has(file)) read.delete(id);
    }
    return held.files;
  }

  return {
    state: () => state,
    sync: () =>
      inTurn(async () => {
        await exchange();
        return newest();
      }),
    change: (edit, message) =>
      inTurn(async () => {
        await exchange();
        const ours = await commitOf(OURS);
        await commit(edit(await newest()), ours, ours === undefined ? [] : [ours], message);
        await exchange();
        return newest();
      }),
  };
}

/** What stands under one of our names and is none of ours is for a person to look at, never to be overwritten. */
function unfit(path: string, mode: string | undefined, size: number): BackendError {
  const why =
    mode !== '100644'
      ? `is no plain file (mode ${mode})`
      : size > LARGEST
        ? `has ${size} bytes, which no knowledge file needs`
        : 'is not UTF-8 text';
  return new BackendError('unavailable', `${path} ${why}.`, {
    nextStep:
      'Somebody who may write to this repository puts a text file there; until then nothing is read or written.',
  });
}

function kindOf(path: string): Kind {
  return KINDS.find((kind) => path.endsWith(`/${kind}.md`)) ?? 'facts';
}

function empty(path: string): KnowledgeFile {
  return readFile(kindOf(path), '');
}

function text(output: Buffer): string {
  return output.toString('utf8').trim();
}
