/** What the thread that holds the file is started with. */
export interface WorkerSetup {
  readonly path: string;
  readonly readOnly: boolean;
}

/** One statement for the thread; without `sql` it closes the file and ends. */
export interface Ask {
  readonly id: number;
  readonly sql?: string;
  /** Run first, in the same breath: how a transaction begins without a journey of its own. */
  readonly before?: string;
  readonly parameters: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly changes: number }
  | { readonly id: number; readonly fault: string; readonly code: number; readonly began: boolean };

/** What SQLite said; `code` is its extended result code (https://www.sqlite.org/rescode.html). */
export class SqliteFault extends Error {
  override readonly name = 'SqliteFault';
  readonly code: number;
  /** Whether what was to run before the statement did run. */
  readonly began: boolean;

  constructor(message: string, code: number, began: boolean) {
    super(message);
    this.code = code;
    this.began = began;
  }
}
