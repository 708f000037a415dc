import { BackendError } from '../../domain/errors.ts';
import type { Duration } from '../../domain/time.ts';
import type { BackendDeps } from '../backend.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, type HttpClient } from '../http-client.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { axiomFailure } from './failure.ts';
import type { Home } from './hosts.ts';
import { edgeFor, isEdge, managementAddress } from './hosts.ts';
import { type AxiomDeployment, isPersonal } from './settings.ts';

export type Params = readonly (readonly [string, string])[];

/** One request, and what it needs in the words of Axiom's token page. */
export interface Asked {
  readonly path: string;
  readonly params?: Params;
  /** Makes it a POST; every POST here only reads. */
  readonly json?: unknown;
  readonly needs: string;
  readonly limit?: Duration;
  /** False where the query was not checked, so that no command is made of it. */
  readonly byHand?: boolean;
}

/** Where a request goes. */
export interface Route {
  readonly url: string;
  readonly edge: boolean;
}

/** The ways to one Axiom: its management address, its classic queries, and the edges that hold its datasets. */
export interface Routes {
  /** Where a query of datasets with this home is asked; management, where there is none. */
  queryRoute(home: Home | undefined): Route;
  /** Metrics are asked of an edge alone. Throws BackendError `unauthorized` where the token cannot. */
  metricsRoute(home: Home | undefined): Route;
  readonly management: Route;
  /** A whole answer with status 200; anything else is thrown as BackendError. */
  ask(route: Route, asked: Asked, signal: AbortSignal): Promise<HttpAnswer>;
  address(route: Route, path: string, params?: Params): string;
  quote(text: string): string;
  close(): Promise<void>;
}

export function createRoutes(deployment: AxiomDeployment, deps: BackendDeps): Routes {
  const title = `Axiom ${deployment.name}`;
  const section = `[axiom.deployments.${deployment.name}]`;
  const personal = isPersonal(deployment);
  const headers = personal && deployment.orgId !== undefined ? { 'x-axiom-org-id': deployment.orgId } : {};
  const clients = new Map<string, HttpClient>();
  const clientOf = (url: string) => {
    const known = clients.get(url);
    if (known) return known;
    const made = createHttpClient(
      { ...deployment, url },
      {
        title,
        now: deps.now,
        headers,
        ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
      },
    );
    clients.set(url, made);
    return made;
  };
  const management: Route = { url: managementAddress(deployment.url), edge: false };
  const first = clientOf(management.url);

  return {
    management,

    queryRoute(home) {
      if (personal) return management;
      const edge = isEdge(deployment.url) ? deployment.url : home && edgeFor(deployment.url, home);
      return edge === undefined ? management : { url: edge, edge: true };
    },

    metricsRoute(home) {
      if (personal)
        throw new BackendError(
          'unauthorized',
          `${title} has a personal token, and metrics take an API token only.`,
          {
            asked: title,
            nextStep: `Whoever runs Steady sets an API token (xaat-) in \`${section}\`.`,
          },
        );
      return { url: (home && edgeFor(deployment.url, home)) ?? deployment.url, edge: true };
    },

    async ask(route, { path, params = [], json, needs, limit, byHand }, signal) {
      const client = clientOf(route.url);
      const answer = await client.request(
        {
          method: json === undefined ? 'GET' : 'POST',
          path,
          query: params,
          readOnly: true,
          ...(json !== undefined && { json }),
          ...(limit !== undefined && { timeout: limit }),
        },
        signal,
      );
      if (answer.status === 200) return answer;
      const command = byHand === false ? undefined : commandFor(client.address(path, params), json);
      throw axiomFailure(answer, client.quote, { title, section, command, now: deps.now(), needs });
    },

    address: (route, path, params) => clientOf(route.url).address(path, params),

    quote: first.quote,

    async close() {
      await Promise.all([...clients.values()].map((one) => one.close()));
    },
  };

  function commandFor(address: string, json: unknown): string | undefined {
    const command = handCommand(deployment, address, [], headers);
    if (command === undefined || json === undefined) return command;
    const body = JSON.stringify(json);
    // A body with line breaks has them escaped; what else could disguise it makes no command at all.
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(body)) return undefined;
    return `${command} -H 'content-type: application/json' --data-raw '${body.replaceAll("'", `'\\''`)}'`;
  }
}
