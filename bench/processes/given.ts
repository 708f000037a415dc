/** What a bot process is started with, as JSON in its one argument. */
export interface Given {
  readonly apiUrl: string;
  /** A Prometheus that accepts and never answers. */
  readonly backendUrl: string;
  readonly tokens: { readonly bot: string; readonly app: string; readonly signingSecret: string };
  /** Where signed requests are taken; without it Socket Mode. */
  readonly port?: number;
  /** An empty folder of its own. */
  readonly dataDir: string;
  /** For the baseline: what it says to a command, as Steady said it; to others, one line. */
  readonly says?: Readonly<Record<string, Said>>;
}

/** A message as it was posted. */
export interface Said {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}
