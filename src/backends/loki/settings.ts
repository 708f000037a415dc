import type { Connection } from '../connection.ts';

/** One `[loki.deployments.NAME]` of the configuration. */
export interface LokiDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** The tenant, sent as `X-Scope-OrgID`: https://grafana.com/docs/loki/latest/operations/multi-tenancy/ */
  readonly orgId?: string;
  /** Loki has no page of its own: this is the Grafana (`grafana_url`) whose Explore its links lead to. */
  readonly linkUrl?: string;
  /** The uid of this Loki as a data source of that Grafana; without either an answer is reproduced by its request. */
  readonly grafanaUid?: string;
}
