import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config/config.ts';
import { redactLine } from './safety/redact-line.ts';
import type { Redactor } from './safety/redactor.ts';

export type Log = Logger;

// What JSON leaves as it is, and a terminal would obey or a reader not see: C1 controls, line separators, bidi, zero width.
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * JSON lines with ids, never message text; every line is redacted on its way out, and holds no control character. `write` is
 * where they go.
 */
export function createLog(level: LogLevel, redactor: Redactor, write: (line: string) => void): Log {
  const stream = { write };
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => redactLine(redactor, line).replace(UNSEEN, spelled) },
    },
    stream,
  );
}

/** As JSON spells it: the line stays the same JSON. */
function spelled(sign: string): string {
  return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
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
