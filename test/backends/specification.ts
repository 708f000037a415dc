import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Received } from './fake-server.ts';

export type Violation = (received: Received) => Promise<string | undefined>;

/**
 * Checks requests against an official specification under `../shared/specs/patched`: answers what is wrong with one,
 * undefined where nothing is, or where no specification is at hand (said once). `at` says at which path of the specification a
 * request stands, undefined for one that it does not describe.
 */
export async function specification(
  name: 'axiom-edge' | 'axiom-v1' | 'axiom-v2' | 'grafana' | 'prometheus' | 'pyroscope' | 'sentry',
  who: string,
  at: (path: string) => string | undefined = (path) => path,
): Promise<Violation> {
  const file = new URL(`../../../shared/specs/patched/${name}.json`, import.meta.url);
  let definition: string;
  try {
    definition = readFileSync(file, 'utf8');
  } catch {
    process.stdout.write(`not run: checks of ${who}'s requests against the specification ${name}\n`);
    return async () => undefined;
  }
  const api = new OpenAPIBackend({
    definition: JSON.parse(definition, (key, value) => {
      // Credentials are not what is checked here.
      if (key === 'security') return undefined;
      if (key === 'paths') return withoutLastSlash(value);
      // The validator's reader of query strings takes `match[]` for a list named `match`.
      return key === 'name' && value === 'match[]' ? 'match' : value;
    }),
    quick: true,
    validate: true,
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      ajv.addFormat('unixtime', { type: 'number', validate: (value) => Number.isFinite(value) });
      return ajv;
    },
    handlers: {
      validationFail: (context) => JSON.stringify(context.validation.errors),
      notFound: () => 'not in the specification',
      methodNotAllowed: () => 'the specification does not allow this method',
      notImplemented: () => undefined,
    },
  });
  await api.init();
  return async ({ method, path, url, headers, body }) => {
    const there = at(path);
    if (there === undefined) return undefined;
    return await api.handleRequest({
      method,
      path: `${there}${new URL(url, 'http://fake').search}`,
      headers: headers as Record<string, string>,
      ...(body !== '' && { body: isForm(headers) ? Object.fromEntries(new URLSearchParams(body)) : body }),
    });
  };
}

/** The router knows no path that ends in a slash; whoever has such paths leaves it out of what is checked. */
function withoutLastSlash(paths: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [path.replace(/(?<=.)\/$/, ''), item]),
  );
}

function isForm(headers: Received['headers']): boolean {
  return headers['content-type'] === 'application/x-www-form-urlencoded';
}

/**
 * Loki and Alertmanager have no specification of their own at hand, but Grafana's describes some of their requests behind
 * its proxies: `behind` says at which path.
 */
export const grafanaSpecification = (who: string, behind: (path: string) => string | undefined) =>
  specification('grafana', who, behind);
