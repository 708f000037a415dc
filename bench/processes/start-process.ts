import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Longest wait for a process to say something. */
const PATIENCE = 20_000;
/** Standard error that is kept for when a process ends early, in characters. */
const KEPT = 4_000;

/** What a process takes. */
export interface Usage {
  /** Resident, in bytes. */
  readonly memory: number;
  /** Computing time of all its threads since its start, in ms. */
  readonly cpu: number;
}

/** A process that was started and said that it is ready. */
export interface Started {
  /** What it said: `ready`, or an address. */
  readonly said: unknown;
  /** From its start to being ready, in ms. */
  readonly took: number;
  /** What it takes now. */
  usage(): Promise<Usage>;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
}

/** Starts a module of this folder's kind. Rejects with its last words where it ends before it is ready. */
export async function startProcess(module: URL, given: unknown): Promise<Started> {
  const begun = performance.now();
  const child = fork(fileURLToPath(module), [JSON.stringify(given)], {
    execArgv: execArgvFor(module),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.on('data', (some) => {
    lastWords = `${lastWords}${some}`.slice(-KEPT);
  });
  try {
    const said = await nextWord(child, () => lastWords);
    const took = performance.now() - begun;
    return {
      said,
      took,
      usage: async () => {
        child.send('usage');
        return (await nextWord(child, () => lastWords)) as Usage;
      },
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** `STEADY_BENCH_PROFILE=<folder>` writes a CPU profile of every process there. */
function execArgvFor(module: URL): string[] {
  const folder = process.env.STEADY_BENCH_PROFILE;
  const name = module.pathname.split('/').at(-1) ?? '';
  return folder === undefined
    ? []
    : [
        '--cpu-prof',
        `--cpu-prof-dir=${folder}`,
        `--cpu-prof-name=${name}-${process.hrtime.bigint()}.cpuprofile`,
      ];
}

function nextWord(child: ChildProcess, lastWords: () => string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      child.off('message', heard).off('exit', ended);
      done();
    };
    const heard = (word: unknown) => settle(() => resolve(word));
    const ended = () => settle(() => reject(new Error(`A process ended too early: ${lastWords()}`)));
    const late = () => settle(() => reject(new Error(`A process says nothing: ${lastWords()}`)));
    const timer = setTimeout(late, PATIENCE);
    child.once('message', heard).once('exit', ended);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const last = setTimeout(() => child.kill('SIGKILL'), 5_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(last);
}
