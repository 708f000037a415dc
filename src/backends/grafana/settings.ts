import type { Connection } from '../connection.ts';

/** One `[grafana.deployments.NAME]` of the configuration. */
export interface GrafanaDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** Where people's browsers find it, when that differs from `url`; links are built on it. */
  readonly linkUrl?: string;
  /** The organisation's number, sent as `X-Grafana-Org-Id`; without it the credentials' own. */
  readonly orgId?: string;
  /**
   * Data sources, by uid or name, that may be asked although a query of their kind can change something or call any
   * address: SQL, Infinity and JSON, InfluxDB, kinds that are not known. Whoever names one vouches that its own
   * credentials only read.
   */
  readonly vouchedSources?: readonly string[];
  /** An annotation with one of these tags is a change that somebody made. Default: see `changes.ts`. */
  readonly changeTags?: readonly string[];
}
