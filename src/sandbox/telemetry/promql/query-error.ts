/** Which of Prometheus' error types a refusal has; they decide the HTTP status (400, 422, 503). */
export type QueryErrorType = 'bad_data' | 'execution' | 'timeout';

/** A query that cannot be answered, worded as Prometheus words it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly type: QueryErrorType;

  constructor(type: QueryErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** `1:5: parse error: …`: line and column counted from 1, as Prometheus' parser reports them. */
export function parseError(query: string, position: number, message: string): QueryError {
  const before = query.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  return new QueryError('bad_data', `${line}:${column}: parse error: ${message}`);
}
