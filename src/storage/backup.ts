import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { type BackupTable, FORMAT, type Head, type Row, TABLES, type Tail } from './backup-format.ts';
import { MIGRATIONS } from './migrations.ts';
import { writeNewFile } from './new-file.ts';
import { openEngine, type StoreOptions } from './open-store.ts';
import type { Schema } from './schema.ts';

/** Of an unknown shape: a backup moves rows as they are. */
type AnyTables = Kysely<Record<string, Row>>;

/**
 * Writes everything Steady remembers at one moment into a file (0600), beside a running bot. The file appears under its name only
 * when it is whole. Answers the number of rows. Throws ConfigError where the file exists or there is no storage.
 */
export async function backup(options: StoreOptions, file: string): Promise<number> {
  const engine = await openEngine({ ...options, readOnly: true });
  let rows = 0;
  try {
    await writeNewFile(file, (out) =>
      engine.db
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
          await pipeline(Readable.from(lines(tx, head, counted), { objectMode: false }), createGzip(), out);
        }),
    );
    return rows;
  } finally {
    await engine.close();
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
