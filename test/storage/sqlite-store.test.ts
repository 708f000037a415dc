import { storeContract } from '../contracts/store.ts';
import { sqliteBench } from './benches.ts';

storeContract('SQLite', sqliteBench);
