import { execFile } from 'node:child_process';
import { BackendError } from '../domain/errors.ts';
import type { Secret } from '../domain/secret.ts';
import { type Duration, SECOND } from '../domain/time.ts';

/** What a remote asks for when it wants to know who we are. */
export interface GitCredentials {
  /** Default `x-access-token`, which GitHub and GitLab take with a token. */
  readonly username?: string;
  readonly password: Secret;
}

export interface GitOptions {
  /** The bare repository that is worked in. */
  readonly folder: string;
  /** A program that answers git's questions from the environment; it is asked only where `credentials` are set. */
  readonly askpass: string;
  readonly credentials?: GitCredentials;
  /** A private key for ssh, by its path. */
  readonly sshKey?: string;
  /** Transports that may be used. Default https and ssh; tests use `file`. */
  readonly protocols?: readonly string[];
  /** For one call. Default 60 s. */
  readonly timeout?: Duration;
  /** Where programs are found. */
  readonly path: string;
}

/** Runs git once; answers what it printed. Throws BackendError with git's own words, secrets taken out. */
export type Git = (args: readonly string[], input?: string | Uint8Array, env?: Env) => Promise<Buffer>;

type Env = Readonly<Record<string, string>>;

/** Largest answer of one call: far more than any knowledge file. */
const MOST = 32 * 1024 * 1024;

/**
 * Git as a library would be: no shell, no hooks, no configuration but this, no prompt, no submodules, strict host keys. Credentials
 * reach it through its askpass program and never its arguments, its configuration or an address.
 */
export function createGit(options: GitOptions): Git {
  const { folder, credentials, protocols = ['https', 'ssh'] } = options;
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'credential.helper=',
    'gc.auto=0',
    'http.followRedirects=initial',
    'protocol.allow=never',
    ...protocols.map((one) => `protocol.${one}.allow=always`),
    'submodule.recurse=false',
  ].flatMap((setting) => ['-c', setting]);
  const ssh = ['ssh', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'];
  const identity =
    options.sshKey === undefined ? [] : ['-o', 'IdentitiesOnly=yes', '-i', quoted(options.sshKey)];
  const always: Env = {
    PATH: options.path,
    LC_ALL: 'C',
    GIT_DIR: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
    GIT_SSH_COMMAND: [...ssh, ...identity].join(' '),
    GIT_ASKPASS: options.askpass,
    SSH_ASKPASS_REQUIRE: 'never',
  };
  return (args, input, env = {}) =>
    new Promise((resolve, reject) => {
      const secrets: Env = credentials
        ? {
            STEADY_GIT_USERNAME: credentials.username ?? 'x-access-token',
            STEADY_GIT_PASSWORD: credentials.password.reveal(),
          }
        : {};
      const child = execFile(
        'git',
        [...settings, ...args],
        {
          env: { ...always, ...secrets, ...env },
          encoding: 'buffer',
          maxBuffer: MOST,
          timeout: options.timeout ?? 60 * SECOND,
          killSignal: 'SIGKILL',
        },
        (error, stdout, stderr) => {
          if (!error) return resolve(stdout);
          reject(failure(args[0] ?? '', error, stderr.toString('utf8'), credentials));
        },
      );
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
}

/** Git splits the command of ssh as a shell would. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** What to put where `askpass` points: it says what the environment holds and nothing else. */
export const ASKPASS = `#!/bin/sh
case "$1" in
  [Uu]sername*) printf '%s' "$STEADY_GIT_USERNAME" ;;
  *) printf '%s' "$STEADY_GIT_PASSWORD" ;;
esac
`;

function failure(
  verb: string,
  error: Error & { readonly killed?: boolean; readonly code?: unknown },
  said: string,
  credentials: GitCredentials | undefined,
): BackendError {
  if (error.code === 'ENOENT')
    return new BackendError('unavailable', 'There is no git on this machine.', {
      nextStep:
        'Install git where Steady runs, or leave `repo` out: knowledge is then kept in Steady’s own storage.',
    });
  if (error.killed)
    return new BackendError('timeout', `git ${verb} did not end in time.`, {
      nextStep: 'Try again with `kb sync`.',
    });
  const clean = credentials ? said.replaceAll(credentials.password.reveal(), '[secret]') : said;
  const last = clean
    .split('\n')
    .filter((line) => /^(?:fatal|error|remote|ERROR)|denied|not found|rejected/i.test(line))
    .map((line) => line.replace(/\p{Cc}/gu, ' ').trim())
    .join(' ')
    .slice(0, 300);
  const kind = /authentication|denied|could not read (?:Username|Password)|403|401/i.test(clean)
    ? 'unauthorized'
    : 'unavailable';
  return new BackendError(kind, `git ${verb} failed: ${last || 'it did not say why'}.`, {
    cause: isRejected(clean) ? 'rejected' : undefined,
    ...(kind === 'unauthorized' && {
      nextStep:
        'Whoever runs Steady checks the token or key of this repository: it needs to read and write its contents.',
    }),
  });
}

/** Somebody pushed first. */
function isRejected(said: string): boolean {
  return /\[rejected\]|non-fast-forward|fetch first|cannot lock ref|failed to update ref|\[remote rejected\].*lock/i.test(
    said,
  );
}

export function wasRejected(error: unknown): boolean {
  return error instanceof BackendError && error.details.cause === 'rejected';
}
