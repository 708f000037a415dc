import type { BlockProblem } from '../block-kit/check.ts';
import type { Json } from '../model.ts';

/** An answer `ok: false` with Slack's own error name. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** What goes into the answer beside the error. */
  readonly extra: Json;
  /** Seconds; makes it an HTTP 429. */
  readonly retryAfter: number | undefined;

  constructor(code: string, extra: Json = {}, retryAfter?: number) {
    super(code);
    this.code = code;
    this.extra = extra;
    this.retryAfter = retryAfter;
  }
}

export function rateLimited(seconds: number): ApiError {
  return new ApiError('ratelimited', {}, Math.max(1, Math.ceil(seconds)));
}

export function invalidArguments(...messages: readonly string[]): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}

/** Names the place of every problem as Slack does. */
export function invalidBlocks(problems: readonly BlockProblem[], code = 'invalid_blocks'): ApiError {
  const messages = problems.map((problem) => `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`);
  return new ApiError(code, {
    errors: problems.map((problem) => problem.message),
    response_metadata: { messages },
  });
}
