/** What the composer knows when it turns typed names into mentions. */
export interface ComposeContext {
  readonly people: readonly { readonly id: string; readonly names: readonly string[] }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly usergroups: readonly { readonly id: string; readonly handle: string }[];
  /** Straight quotes outside code become curly ones. */
  readonly smartQuotes: boolean;
}

/** One inline element of a rich_text block. */
export interface Inline {
  readonly type: 'text' | 'link' | 'user' | 'channel' | 'usergroup' | 'broadcast' | 'emoji';
  readonly text?: string;
  readonly url?: string;
  readonly user_id?: string;
  readonly channel_id?: string;
  readonly usergroup_id?: string;
  readonly range?: string;
  readonly name?: string;
  readonly unicode?: string;
  readonly style?: Style;
}

export interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}
