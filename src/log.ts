import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config/config.ts';
import { redactLine } from './safety/redact-line.ts';
import type { Redactor } from './safety/redactor.ts';

export type Log = Logger;

/**
 * JSON lines with ids, never message text; every line is redacted on its way out, control characters are escaped by JSON
 * itself. `write` is where they go.
 */
export function createLog(level: LogLevel, redactor: Redactor, write: (line: string) => void): Log {
  const stream = { write };
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => redactLine(redactor, line) },
    },
    stream,
  );
}

/** For the log: what it was and where, without what a library hangs on its errors (requests with their tokens). */
export function sayFault(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error.stack !== undefined && { stack: error.stack }),
  };
}
