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
