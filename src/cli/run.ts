import { readFileSync } from 'node:fs';
import { thisMachine } from '../config/disk.ts';
import { runCommand } from './commands.ts';
import type { World } from './composition.ts';
import { writer } from './writer.ts';

/** Runs the command line of this process and ends it with the command's exit code. Called by `bin/steady.js` alone. */
export async function run(words: readonly string[]): Promise<void> {
  // Before anything is opened: whatever Steady writes is the user's alone.
  process.umask(0o077);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const code = await runCommand(words, thisWorld());
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(code);
}

function thisWorld(): World {
  return {
    machine: thisMachine(),
    terminal: {
      out: (line) => void process.stdout.write(`${line}\n`),
      err: (line) => void process.stderr.write(`${line}\n`),
    },
    version: versionOf(new URL('../../package.json', import.meta.url)),
    now: () => Date.now(),
    timeLimit: (after) => AbortSignal.timeout(after),
    compose: () => import('../main.ts'),
    onStop: (heard) => {
      const interrupt = () => heard('interrupted');
      const terminate = () => heard('asked to end');
      const orphaned = () => heard('its parent is gone');
      process.on('SIGINT', interrupt).on('SIGTERM', terminate).on('disconnect', orphaned);
      return () =>
        void process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('disconnect', orphaned);
    },
    writer,
  };
}

function versionOf(file: URL): string {
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
