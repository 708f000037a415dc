import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { ConfigError } from '../../domain/errors.ts';
import type { Duration, Instant } from '../../domain/time.ts';
import type { Schema } from '../schema.ts';
import type { Engine } from '../session.ts';
import { isDuplicate, isPassing } from './faults.ts';

const OLDEST = 15;

/** Connections to the server; two processes stay far below the usual limit of 100. */
const POOL_SIZE = 10;

/**
 * The server engine. Due and lease times are the server's, so that processes on machines whose clocks differ agree; `clockOffset`
 * is for tests. Connections that are lost are replaced. Throws ConfigError, without the password, where the server cannot be
 * reached, is older than 15 or does not speak UTF-8.
 */
export async function openPostgres(options: {
  readonly databaseUrl: string;
  readonly clockOffset: () => Duration;
  readonly readOnly: boolean;
}): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    query_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'steady',
    types: { getTypeParser: parserOf },
  });
  // Without a listener a connection that dies, in the pool or in use, ends the process; the next query reports it instead.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const settings = options.readOnly ? `${BY_INDEX}; ${READ_ONLY}` : BY_INDEX;
  const dialect = new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(settings));
    },
  });
  const db = new Kysely<Schema>({ dialect });
  try {
    await requireServer(db);
  } catch (error) {
    await db.destroy();
    throw error instanceof ConfigError ? error : unreachable(options.databaseUrl, error);
  }
  return {
    name: 'postgres',
    db,
    async now(on) {
      const { rows } = await sql<{
        now: Instant;
      }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(on);
      return (rows[0]?.now ?? 0) + options.clockOffset();
    },
    claimLock: 'skip locked',
    isDuplicate,
    isPassing,
    close: () => db.destroy(),
  };
}

/**
 * Every statement of ours looks up rows by an index. Without these settings the planner reads a whole table of some thousand
 * incidents to join it with the hundred that are due, and a tick costs more the more incidents are open.
 */
const BY_INDEX = 'set enable_hashjoin = off; set enable_mergejoin = off';

const READ_ONLY = 'set default_transaction_read_only = on';

/** bigint arrives as text by default; every one of ours is a count or an instant and fits a number. */
function parserOf(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(type, format as 'text');
}

async function requireServer(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ version: string; encoding: string }>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const version = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
  const problems: string[] = [];
  if (version < OLDEST)
    problems.push(`Steady needs PostgreSQL ${OLDEST} or newer; this server is version ${version}.`);
  if (rows[0]?.encoding !== 'UTF8')
    problems.push(`The database is encoded in ${rows[0]?.encoding}; create one with \`encoding 'UTF8'\`.`);
  if (problems.length > 0) throw new ConfigError(problems);
}

function unreachable(databaseUrl: string, error: unknown): ConfigError {
  const { code, message } = error as { code?: string; message?: string };
  const why = code ?? (message === undefined || message === '' ? 'no answer' : message);
  return new ConfigError([
    `PostgreSQL at ${whereOf(databaseUrl)} cannot be used (${why}). Check DATABASE_URL and that the server accepts this user.`,
  ]);
}

function whereOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  return url === null ? 'the address in DATABASE_URL' : `${url.host}${url.pathname}`;
}
