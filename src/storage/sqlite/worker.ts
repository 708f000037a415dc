import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Ask, Done, Fault, Statement, WorkerSetup } from './wire.ts';

/**
 * The thread that holds the SQLite file. node:sqlite is synchronous and a commit waits for the disk, so it lives here and the
 * thread that answers Slack never waits with it.
 */

/** Statements kept prepared; a bulk insert has one text per row count, so the list is cut rather than left to grow. */
const PREPARED_LIMIT = 200;

const { path, readOnly } = workerData as WorkerSetup;
const database = new DatabaseSync(path, { readOnly, timeout: 5_000 });
if (!readOnly) database.exec('pragma journal_mode = wal; pragma synchronous = full;');
database.exec('pragma foreign_keys = on;');

const prepared = new Map<string, StatementSync>();

function prepare(sql: string): StatementSync {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size >= PREPARED_LIMIT) prepared.clear();
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

function execute({ sql, parameters }: Statement): Done {
  const statement = prepare(sql);
  const given = parameters as SQLInputValue[];
  if (statement.columns().length > 0) {
    const rows = statement.all(...given);
    return { rows, changes: rows.length };
  }
  return { rows: [], changes: Number(statement.run(...given).changes) };
}

/** A statement that fails undoes itself alone, unless SQLite says otherwise by ending the whole transaction. */
function executeApart(statement: Statement): Done | Fault {
  try {
    return execute(statement);
  } catch (error) {
    if (!database.isTransaction) throw error;
    return faultOf(error);
  }
}

function faultOf(error: unknown): Fault {
  const { message, errcode } = error as Error & { errcode?: number };
  return { fault: message, code: errcode ?? 0 };
}

function run({ id, statements, before, apart = false }: Ask): Answer {
  let began = false;
  try {
    if (statements.length === 0) database.close();
    if (before !== undefined) database.exec(before);
    began = true;
    const done = statements.map(apart ? executeApart : execute);
    if (apart) database.exec('commit');
    return { id, done };
  } catch (error) {
    return { id, began, ...faultOf(error) };
  }
}

parentPort?.on('message', (ask: Ask) => {
  parentPort?.postMessage(run(ask));
  if (ask.statements.length === 0) parentPort?.close();
});
