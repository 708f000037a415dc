import type { ChildProcess } from 'node:child_process';

/** Ends a child that is still there when this process exits, and forgets it once it is gone: many files share a process. */
export function endsWithUs(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  const kill = () => void child.kill(signal);
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
