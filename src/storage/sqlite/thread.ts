import { Worker } from 'node:worker_threads';
import { type Answer, type Ask, type Done, SqliteFault, type Statement, type WorkerSetup } from './wire.ts';

/** A SQLite file in a thread of its own. */
export interface SqliteThread {
  run(sql: string, parameters?: readonly unknown[], before?: string): Promise<Done>;
  /**
   * Runs each as a transaction of its own and commits all of them at once; one that fails leaves the others. Rejects where all are
   * lost.
   */
  runApart(statements: readonly Statement[], before?: string): Promise<readonly (Done | SqliteFault)[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (done: readonly (Done | SqliteFault)[]) => void;
  readonly reject: (fault: Error) => void;
}

/** Starts the thread. A file that cannot be opened is reported by the first statement. */
export function startThread(setup: WorkerSetup): SqliteThread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: setup, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let ended: Error | undefined;
  let closing = false;

  worker.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0 && !closing) worker.unref();
    if ('fault' in answer) asker?.reject(new SqliteFault(answer.fault, answer.code, answer.began));
    else
      asker?.resolve(
        answer.done.map((one) => ('fault' in one ? new SqliteFault(one.fault, one.code, true) : one)),
      );
  });
  worker.on('error', (error) => {
    const { message, errcode } = error as Error & { errcode?: number };
    end(new SqliteFault(message, errcode ?? 0, false));
  });
  worker.on('exit', () => end(new SqliteFault('the storage is closed', 0, false)));
  worker.unref();

  function end(why: Error): void {
    ended ??= why;
    for (const asker of waiting.values()) asker.reject(ended);
    waiting.clear();
  }

  function ask(question: Omit<Ask, 'id'>): Promise<readonly (Done | SqliteFault)[]> {
    if (ended !== undefined) return Promise.reject(ended);
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, ...question } satisfies Ask);
    });
  }

  return {
    async run(sql, parameters = [], before) {
      const [done] = await ask({ statements: [portable({ sql, parameters })], ...(before && { before }) });
      if (done === undefined || done instanceof SqliteFault) throw done;
      return done;
    },
    runApart: (statements, before) =>
      ask({ statements: statements.map(portable), apart: true, ...(before && { before }) }),
    async close() {
      if (ended !== undefined) return;
      closing = true;
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.ref();
      await ask({ statements: [] });
      await exited;
    },
  };
}

/** A view into a larger buffer would be copied to the thread whole. */
function portable({ sql, parameters }: Statement): Statement {
  return { sql, parameters: parameters.map(whole) };
}

function whole(parameter: unknown): unknown {
  if (parameter instanceof Uint8Array && parameter.byteLength !== parameter.buffer.byteLength) {
    return new Uint8Array(parameter);
  }
  return parameter;
}
