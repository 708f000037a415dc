import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { endsWithUs } from '../ends-with-us.ts';
import { realServer } from '../real-servers.ts';

const run = promisify(execFile);

/** A PostgreSQL server of this test's own, on a free loopback port, without fsync. */
export interface PostgresServer {
  /** The address of a database; `postgres` is always there. */
  url(database?: string): string;
  /** Makes an empty place for one test, a schema of its own, and answers its address. */
  createPlace(): Promise<string>;
  /** Stops the server hard, as a crash would, keeping its files and its port. */
  kill(): Promise<void>;
  /** Starts it again after `kill`. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server, or answers undefined after printing `not run: postgres` where the machine has none. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const initdb = realServer('initdb');
  const binary = realServer('postgres');
  if (initdb === undefined || binary === undefined) return undefined;
  const postgres = join(dirname(initdb), 'postgres');
  const folder = mkdtempSync(join(tmpdir(), 'steady-postgres-'));
  const owner = await serverOwner();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const cluster = join(folder, 'cluster');
  await run(
    initdb,
    ['-D', cluster, '-U', 'steady', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { cwd: folder, ...owner },
  );
  const port = await freePort();
  let server: ChildProcess | undefined;
  let made = 0;
  const url = (database = 'postgres') => `postgres://steady@127.0.0.1:${port}/${database}`;

  async function start(): Promise<void> {
    const flags = ['fsync=off', 'full_page_writes=off', 'autovacuum=off']
      .concat(['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'])
      .flatMap((setting) => ['-c', setting]);
    server = spawn(postgres, ['-D', cluster, '-p', String(port), ...flags], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...owner,
    });
    endsWithUs(server, 'SIGQUIT');
    await ready(server);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => server?.once('exit', () => resolve()));
    server.kill(signal);
    await exited;
  }

  await start();
  return {
    url,
    async createPlace() {
      made += 1;
      const client = new pg.Client({ connectionString: url() });
      await client.connect();
      await client.query(`create schema place_${made}`);
      await client.end();
      return `${url()}?options=${encodeURIComponent(`-c search_path=place_${made}`)}`;
    },
    // SIGQUIT is "immediate shutdown": no clean-up, every connection cut.
    kill: () => end('SIGQUIT'),
    revive: start,
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root; Debian's package brings a user for it. */
async function serverOwner(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${log}`)));
  });
}
