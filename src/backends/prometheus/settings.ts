import type { Connection } from '../connection.ts';

/** One `[prometheus.deployments.NAME]` of the configuration: Prometheus or a server that speaks its API. */
export interface PrometheusDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** Where people's browsers find it, when that differs from `url`; links are built on it. */
  readonly linkUrl?: string;
}
