import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Ask, WorkerSetup } from './wire.ts';

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

function run(ask: Ask): Answer {
  let began = false;
  try {
    if (ask.sql === undefined) {
      database.close();
      return { id: ask.id, rows: [], changes: 0 };
    }
    if (ask.before !== undefined) database.exec(ask.before);
    began = true;
    const statement = prepare(ask.sql);
    const parameters = ask.parameters as SQLInputValue[];
    if (statement.columns().length > 0) {
      const rows = statement.all(...parameters);
      return { id: ask.id, rows, changes: rows.length };
    }
    return { id: ask.id, rows: [], changes: Number(statement.run(...parameters).changes) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id: ask.id, fault: message, code: errcode ?? 0, began };
  }
}

parentPort?.on('message', (ask: Ask) => {
  parentPort?.postMessage(run(ask));
  if (ask.sql === undefined) parentPort?.close();
});
