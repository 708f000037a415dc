import { afterAll, test } from 'vitest';
import { storeContract } from '../contracts/store.ts';
import { postgresBench } from './benches.ts';
import { startPostgres } from './start-postgres.ts';

const server = await startPostgres();
afterAll(() => server?.stop());

if (server === undefined) test.skip('not run: postgres');
else storeContract('PostgreSQL', () => postgresBench(server));
