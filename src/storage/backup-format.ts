import type { Schema } from './schema.ts';

/**
 * A backup is gzip over lines of JSON, the same for both engines: a head, one line per row, and a tail with the count and
 * the SHA-256 of every byte before it.
 */
export const FORMAT = 1;

export interface Head {
  readonly steady: 'backup';
  readonly format: number;
  /** Number of the last migration the rows follow. */
  readonly schema: number;
  readonly engine: string;
  readonly at: string;
}

export type Row = Record<string, unknown>;
export type TableName = keyof Schema;

/** `[table, row]` */
export type RowLine = readonly [TableName, Row];

export interface Tail {
  readonly end: true;
  readonly rows: number;
  readonly sha256: string;
}

/** What a backup takes of a table. */
export interface BackupTable {
  readonly name: TableName;
  /** The primary key: the order of rows and the place to go on from. */
  readonly key: readonly string[];
  /** Rows read at a time: few where one may be megabytes. */
  readonly page: number;
  /** Changes a row on its way out; what belongs to a running process or is secret stays behind. */
  readonly out?: (row: Row) => Row;
  /** Changes a row on its way in. */
  readonly back?: (row: Row) => Row;
}

const unleased = (row: Row): Row => ({ ...row, lease_owner: null, lease_until: null });

/** Number and what is searched by are made by the engine. */
const unnumbered = ({
  n: _n,
  head: _head,
  trigrams: _trigrams,
  head_trigrams: _headTrigrams,
  ...row
}: Row): Row => row;

/** In the order in which they can be filled. */
export const TABLES: readonly BackupTable[] = [
  { name: 'steady_counters', key: ['team'], page: 500 },
  { name: 'steady_incidents', key: ['team', 'number'], page: 200, out: unleased },
  { name: 'steady_events', key: ['team', 'number', 'seq'], page: 50 },
  {
    name: 'steady_posts',
    key: ['team', 'key'],
    page: 50,
    out: unleased,
    // The bot went on after the backup and may have sent it: look before posting.
    back: (row) => (row.state === 'waiting' ? { ...row, uncertain: 1 } : row),
  },
  { name: 'steady_bindings', key: ['team', 'channel', 'ts'], page: 500 },
  { name: 'steady_deliveries', key: ['team', 'key'], page: 50, out: (row) => withoutTokens(unleased(row)) },
  { name: 'steady_drafts', key: ['team', 'key'], page: 50 },
  {
    name: 'steady_snapshots',
    key: ['team', 'key'],
    page: 4,
    out: (row) => ({ ...row, bytes: Buffer.from(row.bytes as Uint8Array).toString('base64') }),
    back: (row) => ({ ...row, bytes: new Uint8Array(Buffer.from(String(row.bytes), 'base64')) }),
  },
  { name: 'steady_memories', key: ['team', 'key'], page: 50 },
  { name: 'steady_knowledge', key: ['team', 'shelf', 'id'], page: 200, out: unnumbered },
  { name: 'steady_knowledge_uses', key: ['team', 'shelf', 'id', 'incident'], page: 500 },
];

/** Slack's payloads carry an address and tokens with which anybody could answer: worth nothing after an hour, so never in a file. */
const TOKENS: readonly string[] = ['response_url', 'response_urls', 'trigger_id', 'token'];

function withoutTokens(row: Row): Row {
  const body: unknown = JSON.parse(String(row.body), (key, value: unknown) =>
    TOKENS.includes(key) ? undefined : value,
  );
  return { ...row, body: JSON.stringify(body ?? null) };
}
