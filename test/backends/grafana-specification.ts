import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Received } from './fake-server.ts';

const SPECIFICATION = new URL('../../../shared/specs/patched/grafana.json', import.meta.url);

/**
 * Loki and Alertmanager have no specification of their own at hand, but Grafana's describes some of their requests behind
 * its proxies. `behind` says at which path of Grafana a request would be the same, undefined where its specification has none.
 */
export async function grafanaSpecification(
  tool: string,
  behind: (path: string) => string | undefined,
): Promise<(received: Received) => Promise<string | undefined>> {
  let definition: string;
  try {
    definition = readFileSync(SPECIFICATION, 'utf8');
  } catch {
    process.stdout.write(`not run: checks of ${tool}'s requests against Grafana's specification\n`);
    return async () => undefined;
  }
  const api = new OpenAPIBackend({
    // Credentials are Grafana's there, and not what is checked here.
    definition: JSON.parse(definition, (key, value) => (key === 'security' ? undefined : value)),
    quick: true,
    validate: true,
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
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
  return async ({ method, path, url, headers }) => {
    const there = behind(path);
    if (there === undefined) return undefined;
    return await api.handleRequest({
      method,
      path: `${there}${new URL(url, 'http://fake').search}`,
      headers: headers as Record<string, string>,
    });
  };
}
