/** A refusal in Loki's words, which it writes as plain text. */
export class LokiError extends Error {
  override readonly name = 'LokiError';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** `parse error at line 1, col 7: syntax error: …`; line and column are counted from 1. */
export function parseError(query: string, position: number, message: string): LokiError {
  const before = query.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  return new LokiError(`parse error at line ${line}, col ${column}: ${message}`);
}
