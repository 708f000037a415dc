import { afterAll, beforeAll } from 'vitest';
import { realServer } from '../real-servers.ts';
import { type PostgresServer, startPostgres } from './start-postgres.ts';

/**
 * For a test file: a PostgreSQL server that is started before its first test and stopped after its last, or undefined where
 * the machine has none. The server is there only inside tests.
 */
export function usePostgres(): (() => PostgresServer) | undefined {
  if (realServer('postgres') === undefined || realServer('initdb') === undefined) return undefined;
  let server: PostgresServer | undefined;
  // Not at the top of the file: a run whose filter leaves no test here never calls afterAll.
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  return () => {
    if (server === undefined) throw new Error('PostgreSQL is started by the first test');
    return server;
  };
}
