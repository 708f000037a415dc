import type { Answer } from '../domain/evidence.ts';
import type { Duration, Instant } from '../domain/time.ts';
import type { Decoder } from './decoder.ts';
import type { HttpClient } from './http-client.ts';

/**
 * How the HTTP API of one server is reached: directly, or through a Grafana in front of it. What is asked and how answers are
 * read is the same either way.
 */
export interface ApiWay {
  /** As people name what is asked: `Prometheus prod`. */
  readonly title: string;
  /** Where its settings are: `[prometheus.deployments.prod]`. */
  readonly section: string;
  /** The command that lists its names: `discover prom env:prod`. */
  readonly list: string;
  readonly client: Pick<HttpClient, 'request' | 'quote'>;
  /** The command that asks the same by hand; undefined where none can be offered safely. */
  byHand(path: string, params: Params): string | undefined;
  readonly decoder: Decoder;
  readonly now: () => Instant;
  /** Limit for reading one answer. */
  readonly timeout: Duration;
}

export type Params = readonly (readonly [string, string])[];

/** What a query gave, whichever way it went: an answer without its name and its reproduction. */
export type Ran = Pick<
  Answer,
  'window' | 'step' | 'askedAt' | 'result' | 'completeness' | 'cost' | 'warnings' | 'snapshot'
> & {
  /** What was sent, below the server's own address. */
  readonly sent: { readonly path: string; readonly params: Params };
};
