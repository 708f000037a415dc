import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { BackendError } from '../domain/errors.ts';
import { Body } from './body.ts';
import type { AccessCommand } from './connection.ts';
import { codeOf } from './connection-failure.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';
import { bodyOf, pathOf } from './request-parts.ts';
import { headersOfBody, statusOfBody } from './status-of-body.ts';
import { tooLarge } from './too-large.ts';
import type { Transport, TransportOptions } from './transport.ts';

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** The command ended without an answer. `code` is what it exited with; null where it was killed. */
class CommandEnded extends Error {
  readonly code: number | null;

  constructor(code: number | null) {
    super('the command ended without an answer');
    this.code = code;
  }
}

/**
 * Requests through the operator's own command, which knows how to get in: `cmd… URL -s [-X POST] [-H …] [-d @-]`, as curl and
 * what wraps it take them. No shell runs it, nothing secret is among its arguments, a body goes by its standard input, and what
 * it prints is the body. It says no status, so that is read from the body. With its whole process group it is killed when
 * the signal ends, when it prints too much, and when it is done but left something running.
 */
export function createCommandTransport(command: AccessCommand, options: TransportOptions): Transport {
  const { title, base, maxBytes } = options;
  const [program = '', ...first] = command.argv;

  async function exchange(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const sent = bodyOf(asked);
    const headers = {
      ...(sent && { 'content-type': sent.type }),
      ...options.headers,
      ...asked.headers,
    };
    const child = spawn(
      program,
      [
        ...first,
        // curl would take these for patterns of addresses.
        (base.origin + pathOf(base, asked.path, asked.query)).replace(/[[\]{}]/g, encodeURIComponent),
        '-s',
        ...(asked.method === 'GET' ? [] : ['-X', asked.method]),
        ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
        ...(sent ? ['-d', '@-'] : []),
      ],
      { env: command.environment, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    // A command that does not read it closes the pipe.
    child.stdin.on('error', () => undefined).end(sent?.text ?? '');
    const body = await received(child, signal);
    return { status: statusOfBody(body), headers: headersOfBody(body), body };
  }

  function received(child: Child, signal: AbortSignal): Promise<Body> {
    const body = new Body();
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        signal.removeEventListener('abort', onAbort);
        killGroup(child);
        child.stdout.destroy();
        then();
      };
      const onAbort = () => settle(() => reject(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      child.stdout.on('data', (chunk: Uint8Array) => {
        if (body.length + chunk.length > maxBytes) settle(() => reject(tooLarge(title, maxBytes)));
        else body.append(chunk);
      });
      child.on('error', (error) => settle(() => reject(error)));
      // What it left running may hold its output open, so that `close` would never come.
      child.on('exit', () => killGroup(child));
      child.on('close', (code) =>
        settle(() => (code === 0 ? resolve(body) : reject(new CommandEnded(code)))),
      );
    });
  }

  function failure(error: unknown): BackendError {
    const said =
      error instanceof CommandEnded
        ? error.code === null
          ? 'was killed'
          : `ended with code ${error.code}`
        : `could not be started (${codeOf(error) || 'unknown reason'})`;
    return new BackendError('unavailable', `The access_command of ${title} ${said}.`, {
      asked: title,
      nextStep:
        'Whoever runs Steady runs that command by hand, as the same user: it may want to sign in again.',
    });
  }

  return { exchange, failure, close: async () => undefined };
}

function killGroup({ pid }: Child): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
