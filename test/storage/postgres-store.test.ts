import { test } from 'vitest';
import { storeContract } from '../contracts/store.ts';
import { postgresBench } from './benches.ts';
import { usePostgres } from './use-postgres.ts';

const postgres = usePostgres();

if (postgres === undefined) test.skip('not run: postgres');
else storeContract('PostgreSQL', () => postgresBench(postgres()));
