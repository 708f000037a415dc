import type { Connection } from '../connection.ts';

/** One `[alertmanager.deployments.NAME]` of the configuration. */
export interface AlertmanagerDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** Where people's browsers find it, when that differs from `url`; links are built on it. */
  readonly linkUrl?: string;
}
