import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { ConfigError } from '../domain/errors.ts';
import {
  FORMAT,
  type Head,
  type Row,
  type RowLine,
  TABLES,
  type TableName,
  type Tail,
} from './backup-format.ts';
import { MIGRATIONS } from './migrations.ts';
import { openEngine, type StoreOptions } from './open-store.ts';
import type { Engine } from './session.ts';

type AnyTables = Kysely<Record<string, Row>>;

/** Rows per insert, and the bytes of lines after which fewer are taken. */
const BATCH_ROWS = 100;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Fills an empty installation, of either engine, from a backup: all of it or nothing. Answers the number of rows. Throws
 * ConfigError for an installation that remembers something, and for a file that is missing, damaged, cut short or newer.
 */
export async function restore(file: string, target: StoreOptions): Promise<number> {
  // Read through once before anything is created: a damaged file must not leave even an empty installation behind.
  await read(file, async () => undefined);
  const engine = await openEngine({ ...target, readOnly: false });
  try {
    return await engine.db.transaction().execute(async (tx) => {
      const tables = tx as unknown as AnyTables;
      await requireEmpty(engine, tables);
      const batch = batches(tables);
      const rows = await read(file, batch.add);
      await batch.flush();
      return rows;
    });
  } finally {
    await engine.close();
  }
}

async function requireEmpty(engine: Engine, tables: AnyTables): Promise<void> {
  if (engine.name === 'postgres') {
    const names = sql.join(TABLES.map(({ name }) => sql.table(name)));
    await sql`lock table ${names} in exclusive mode`.execute(tables);
  }
  for (const { name } of TABLES) {
    const row = await tables.selectFrom(name).select(sql<number>`1`.as('one')).limit(1).executeTakeFirst();
    if (row === undefined) continue;
    throw new ConfigError([
      'This installation is not empty, and a restore never mixes two. Restore into a new data folder (STEADY_DATA_DIR) or an empty database.',
    ]);
  }
}

/** Collects rows of one table and writes them together. */
function batches(tables: AnyTables): {
  add(line: RowLine, bytes: number): Promise<void>;
  flush(): Promise<void>;
} {
  let name: TableName | undefined;
  let rows: Row[] = [];
  let size = 0;
  async function flush(): Promise<void> {
    if (name !== undefined && rows.length > 0) await tables.insertInto(name).values(rows).execute();
    rows = [];
    size = 0;
  }
  return {
    flush,
    async add([table, row], bytes) {
      if (table !== name || rows.length >= BATCH_ROWS || size + bytes > BATCH_BYTES) await flush();
      name = table;
      size += bytes;
      const back = TABLES.find((known) => known.name === table)?.back;
      rows.push(back === undefined ? row : back(row));
    },
  };
}

/** Reads and checks a backup; the rows are valid only once this has answered. */
async function read(file: string, take: (line: RowLine, bytes: number) => Promise<unknown>): Promise<number> {
  const hash = createHash('sha256');
  let head: Head | undefined;
  let tail: Tail | undefined;
  let rows = 0;
  async function accept(bytes: Buffer): Promise<void> {
    const line = parse(bytes, file);
    if (tail !== undefined) throw damaged(file);
    if (head === undefined) head = requireHead(line, file);
    else if (isRow(line)) {
      rows += 1;
      await take(line, bytes.length);
    } else if (isTail(line)) {
      tail = line;
      return;
    } else throw damaged(file);
    hash.update(bytes).update('\n');
  }
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const line of splitLines(source)) await accept(line);
    });
  } catch (error) {
    throw unreadable(file, error);
  }
  const end: Tail | undefined = tail;
  if (end === undefined || end.rows !== rows || end.sha256 !== hash.digest('hex')) throw damaged(file);
  return rows;
}

/** By the byte, because readline also splits at characters that are legal inside JSON. */
async function* splitLines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

function parse(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw damaged(file);
  }
}

function requireHead(line: unknown, file: string): Head {
  const head = line as Partial<Head> | null;
  if (head?.steady !== 'backup') throw new ConfigError([`${file} is not a backup of Steady.`]);
  if (head.format !== FORMAT || (head.schema ?? 0) > MIGRATIONS.length) {
    throw new ConfigError([
      `${file} was written by a newer Steady. Restore it with that version or a later one.`,
    ]);
  }
  return head as Head;
}

function isRow(line: unknown): line is RowLine {
  return Array.isArray(line) && line.length === 2 && TABLES.some(({ name }) => name === line[0]);
}

function isTail(line: unknown): line is Tail {
  return typeof line === 'object' && line !== null && 'end' in line && 'sha256' in line;
}

function damaged(file: string): ConfigError {
  return new ConfigError([`${file} is damaged or cut short; nothing was restored. Use another backup.`]);
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof ConfigError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_') === true || code === 'ERR_STREAM_PREMATURE_CLOSE') return damaged(file);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new ConfigError([`${file} cannot be read (${code}).`]);
  return error;
}
