import type { Duration } from '../domain/time.ts';
import type { Body } from './body.ts';

/** What is asked of a deployment. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Appended to the deployment's address, with its leading slash: `/api/v1/query`. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: readonly (readonly [string, string])[];
  /** Sent as application/json; a request has this or `form`. */
  readonly json?: unknown;
  /** Sent with this request besides the deployment's; names in lower case, nothing secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True for a POST that changes nothing, so that it may be sent twice like a GET. */
  readonly readOnly?: boolean;
  /** Shortens the deployment's limit for this request. */
  readonly timeout?: Duration;
  /** Says of a 503 whether asking again makes sense; default yes. */
  readonly worthRetrying?: (answer: HttpAnswer) => boolean;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}
