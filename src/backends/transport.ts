import type { BackendError } from '../domain/errors.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

/** How requests of one deployment travel: over connections of our own, or through a command of the operator's. */
export interface Transport {
  /**
   * Sends one request and receives its whole answer, whatever its status. Ends when the signal does. Throws BackendError where
   * trying again is of no use; anything else is for `failure`.
   */
  exchange(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** What an error that `exchange` threw means. */
  failure(error: unknown): BackendError;
  close(): Promise<void>;
}

/** What both kinds of transport are told. */
export interface TransportOptions {
  /** As people name the deployment: `Prometheus prod`. */
  readonly title: string;
  /** The deployment's address. */
  readonly base: URL;
  /** Sent with every request, names in lower case; nothing secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Largest answer accepted, in bytes. */
  readonly maxBytes: number;
}
