import type { Connection } from '../connection.ts';

/** One `[pyroscope.deployments.NAME]` of the configuration. */
export interface PyroscopeDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** The tenant, sent as `X-Scope-OrgID`. */
  readonly orgId?: string;
  /** The Grafana (`grafana_url`) that shows its profiles, where `grafanaUid` is set; else where browsers find its own pages. */
  readonly linkUrl?: string;
  /** The uid of this Pyroscope as a data source of that Grafana. */
  readonly grafanaUid?: string;
}
