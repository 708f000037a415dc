import { type Redactor, WITHHELD } from './redactor.ts';

/**
 * One line of a JSON log, redacted leaf by leaf so that it stays one line of JSON; a line that is not JSON is
 * redacted as text. Never throws: a line that cannot be checked becomes a constant one that keeps only its level
 * and time, where those are numbers.
 */
export function redactLine(redactor: Redactor, line: string): string {
  const end = line.endsWith('\n') ? '\n' : '';
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return textLine(redactor, line, end);
  }
  try {
    return JSON.stringify(redactor.redactLeaves(read).value) + end;
  } catch {
    return JSON.stringify({ ...numbersOf(read), msg: WITHHELD }) + end;
  }
}

function textLine(redactor: Redactor, line: string, end: string): string {
  try {
    return redactor.redact(line).text;
  } catch {
    return WITHHELD + end;
  }
}

function numbersOf(read: unknown): { level?: number; time?: number } {
  if (read === null || typeof read !== 'object') return {};
  const { level, time } = read as { level?: unknown; time?: unknown };
  return { ...(typeof level === 'number' && { level }), ...(typeof time === 'number' && { time }) };
}
