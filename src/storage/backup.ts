import { createHash } from 'node:crypto';
import { constants, copyFile, link, open, unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { ConfigError } from '../domain/errors.ts';
import { type BackupTable, FORMAT, type Head, type Row, TABLES, type Tail } from './backup-format.ts';
import { MIGRATIONS } from './migrations.ts';
import { openEngine, type StoreOptions } from './open-store.ts';
import type { Schema } from './schema.ts';

/** Of an unknown shape: a backup moves rows as they are. */
type AnyTables = Kysely<Record<string, Row>>;

/**
 * Writes everything Steady remembers at one moment into a file (0600), beside a running bot. The file appears under its name only
 * when it is whole. Answers the number of rows. Throws ConfigError where the file exists or there is no storage.
 */
export async function backup(options: StoreOptions, file: string): Promise<number> {
  process.umask(0o077);
  const engine = await openEngine({ ...options, readOnly: true });
  const partial = `${file}.partial`;
  try {
    const out = await open(partial, 'wx', 0o600).catch((error: unknown) => {
      throw cannotWrite(partial, error);
    });
    try {
      let rows = 0;
      await engine.db
        .transaction()
        .setAccessMode('read only')
        .setIsolationLevel('repeatable read')
        .execute(async (tx) => {
          const head: Head = {
            steady: 'backup',
            format: FORMAT,
            schema: MIGRATIONS.length,
            engine: engine.name,
            at: new Date(await engine.now(tx)).toISOString(),
          };
          const counted = (total: number) => {
            rows = total;
          };
          await pipeline(
            Readable.from(lines(tx, head, counted), { objectMode: false }),
            createGzip(),
            (chunks: AsyncIterable<Buffer>) => out.writeFile(chunks),
          );
        });
      await out.sync();
      await appear(partial, file).catch((error: unknown) => {
        throw cannotWrite(file, error);
      });
      return rows;
    } finally {
      await out.close().catch(() => undefined);
      await unlink(partial);
    }
  } finally {
    await engine.close();
  }
}

/** A link, unlike a rename, never replaces a file that is there; some shared folders know no links. */
async function appear(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    await copyFile(partial, file, constants.COPYFILE_EXCL);
  }
}

async function* lines(
  tx: Kysely<Schema>,
  head: Head,
  counted: (rows: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let rows = 0;
  const line = (value: unknown): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    hash.update(bytes);
    return bytes;
  };
  yield line(head);
  for (const table of TABLES) {
    for await (const row of rowsOf(tx as unknown as AnyTables, table)) {
      rows += 1;
      yield line([table.name, table.out === undefined ? row : table.out(row)]);
    }
  }
  const tail: Tail = { end: true, rows, sha256: hash.digest('hex') };
  counted(rows);
  yield Buffer.from(`${JSON.stringify(tail)}\n`);
}

async function* rowsOf(tx: AnyTables, table: BackupTable): AsyncGenerator<Row> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  let after: Row | undefined;
  for (;;) {
    let query = tx.selectFrom(table.name).selectAll().orderBy(key).limit(table.page);
    if (after !== undefined) {
      const from = after;
      query = query.where(
        sql<boolean>`(${key}) > (${sql.join(table.key.map((column) => sql`${from[column]}`))})`,
      );
    }
    const page = await query.execute();
    yield* page;
    after = page.at(-1);
    if (page.length < table.page) return;
  }
}

function cannotWrite(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new ConfigError([`${file} exists already. Name a new file, or move it away.`]);
  return new ConfigError([`${file} cannot be written (${code ?? String(error)}). Name another place.`]);
}
