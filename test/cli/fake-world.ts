import type { Composition, Probe, Running, World } from '../../src/cli/composition.ts';
import type { Machine } from '../../src/config/machine.ts';

/** A world of plain values that keeps what was printed, written and started. */
export class FakeWorld implements World {
  readonly machine: Machine;
  readonly version = '1.2.3';
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly written = new Map<string, string>();
  readonly there = new Map<string, 'file' | 'link' | 'other'>();
  /** Calls of the composition, in order: `startSandbox`, `stop`, `backup /a/b` … */
  readonly calls: string[] = [];
  probeList: readonly Probe[] = [];
  time = 0;
  /** Resolves when a command has started something. */
  readonly started = Promise.withResolvers<void>();
  /** Ends what runs, as `stop` does once it has drained. */
  readonly end = Promise.withResolvers<number>();
  drains = true;
  /** Time limits that were set, in order. */
  readonly limits: { readonly after: number; readonly abort: () => void }[] = [];
  #heard: ((why: string) => void) | undefined;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  readonly terminal = {
    out: (line: string) => void this.stdout.push(line),
    err: (line: string) => void this.stderr.push(line),
  };
  readonly now = () => this.time;
  readonly timeLimit = (after: number) => {
    const controller = new AbortController();
    this.limits.push({ after, abort: () => controller.abort() });
    return controller.signal;
  };
  readonly onStop = (heard: (why: string) => void) => {
    this.#heard = heard;
    return () => {
      this.#heard = undefined;
    };
  };
  readonly writer = {
    kindOf: (path: string) => this.there.get(path) ?? 'nothing',
    create: (path: string, text: string) => void this.written.set(path, text),
  };
  readonly compose = async (): Promise<Composition> => ({
    startSteady: async () => this.#start('startSteady'),
    startSandbox: async (options) => this.#start(`startSandbox ${JSON.stringify(options)}`),
    probes: () => this.probeList,
    backup: async (_config, file) => {
      this.calls.push(`backup ${file}`);
      return 'Wrote 3 incidents.';
    },
    exportTo: async (_config, request) => {
      this.calls.push(`export ${JSON.stringify(request)}`);
      return ['3 incidents are in it.'];
    },
    restore: async (_config, file) => {
      this.calls.push(`restore ${file}`);
      return 'Restored 3 incidents.';
    },
    importMemory: async (_config, request) => {
      this.calls.push(`importMemory ${JSON.stringify(request)}`);
      return ['kb/ → nowhere'];
    },
  });

  /** A request to stop, as a signal brings it. */
  signal(why = 'interrupted'): void {
    this.#heard?.(why);
  }

  get listening(): boolean {
    return this.#heard !== undefined;
  }

  #start(call: string): Running {
    this.calls.push(call);
    // Only after the caller has the running thing in hand: a signal may come at once.
    setImmediate(() => this.started.resolve());
    return {
      ended: this.end.promise,
      stop: async () => {
        this.calls.push('stop');
        if (this.drains) this.end.resolve(0);
      },
    };
  }
}
