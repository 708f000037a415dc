/** What the thread that holds the file is started with. */
export interface WorkerSetup {
  readonly path: string;
  readonly readOnly: boolean;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a statement came to. */
export interface Done {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

/** Work for the thread; without statements it closes the file and ends. */
export interface Ask {
  readonly id: number;
  readonly statements: readonly Statement[];
  /** Run first, in the same breath: how a transaction begins without a journey of its own. */
  readonly before?: string;
  /** The statements are transactions of their own: one that fails leaves the others, and all are committed at the end. */
  readonly apart?: boolean;
}

/** What SQLite said to one statement. */
export interface Fault {
  readonly fault: string;
  readonly code: number;
}

export type Answer =
  | { readonly id: number; readonly done: readonly (Done | Fault)[] }
  | (Fault & { readonly id: number; readonly began: boolean });

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
