import type { Connection } from '../backends/connection.ts';

/** Kinds of system that this version asks. */
export const ASKED_TOOLS = ['prometheus', 'loki', 'alertmanager', 'axiom', 'grafana', 'sentry'] as const;

/** Kinds of system that this version validates and keeps, and does not ask. */
export const LATER_TOOLS = ['pyroscope'] as const;

/** A configured Pyroscope. This version asks it nothing, and `check` says so. */
export interface LaterDeployment extends Connection {
  readonly tool: (typeof LATER_TOOLS)[number];
  /** NAME of `[tool.deployments.NAME]`. */
  readonly name: string;
  /** Where a person's browser finds it, when that differs from `url`. */
  readonly linkUrl?: string;
  /** The tenant. */
  readonly orgId?: string;
}
