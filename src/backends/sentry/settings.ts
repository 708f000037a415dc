import type { Connection } from '../connection.ts';

/** One `[sentry.deployments.NAME]` of the configuration. */
export interface SentryDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** The slug of the organization that is asked: https://docs.sentry.io/api/ */
  readonly organization: string;
  /** The slug of the project that a question is about where it names none; all of them where this is absent. */
  readonly project?: string;
  /** Where people's browsers find it, when `url` does not say; links are built on it. */
  readonly linkUrl?: string;
}
