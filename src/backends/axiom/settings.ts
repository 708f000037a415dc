import type { Connection } from '../connection.ts';

/**
 * One `[axiom.deployments.NAME]` of the configuration. `url` is `https://api.axiom.co`, or one edge, or whatever stands in
 * front of either. https://axiom.co/docs/restapi/introduction
 */
export interface AxiomDeployment extends Connection {
  /** NAME: what people type after `env:`. */
  readonly name: string;
  /** Where people's browsers find the console, when it is not the one that belongs to `url`. */
  readonly linkUrl?: string;
  /** The organisation: a personal token needs it, and so does every link into the console. */
  readonly orgId?: string;
}

/** An API token (`xaat-`) is limited to what it was given; a personal one (`xapt-`) is its owner. https://axiom.co/docs/reference/tokens */
export function isPersonal({ auth }: Pick<AxiomDeployment, 'auth'>): boolean {
  return auth?.kind === 'bearer' && auth.token.reveal().startsWith('xapt-');
}

/** What an Axiom deployment lacks before it can be asked, in the words of the configuration; empty when nothing. Says no value. */
export function axiomProblems({ url, auth, orgId }: AxiomDeployment): string[] {
  if (!isPersonal({ ...(auth && { auth }) })) return [];
  return [
    ...(orgId === undefined ? ['a personal token (xapt-) is set without `org_id`'] : []),
    ...(/\.edge\.axiom\.co$/.test(URL.parse(url)?.hostname ?? '')
      ? ['an edge takes no personal token (xapt-); set `url` to https://api.axiom.co, or give an API token']
      : []),
  ];
}
