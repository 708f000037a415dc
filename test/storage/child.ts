import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endsWithUs } from '../ends-with-us.ts';

/** A script of this folder in a process of its own, heard line by line. */
export interface Child {
  /** The next line the child says; rejects when it ends without one. */
  line(): Promise<string>;
  /** Every line from now until the child is gone. */
  rest(): Promise<string[]>;
  /** Kills it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  readonly exited: Promise<number | null>;
}

/** Starts a script with this very Node. */
export function startChild(script: string, ...argv: readonly string[]): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  endsWithUs(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    exited,
    async line() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${script} ended with ${await exited}`);
      return next.value;
    },
    async rest() {
      const said: string[] = [];
      for (let next = await lines.next(); next.done !== true; next = await lines.next())
        said.push(next.value);
      return said;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
