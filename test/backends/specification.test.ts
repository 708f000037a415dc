import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { grafanaSpecification } from './specification.ts';

const SPECIFICATION = new URL('../../../shared/specs/patched/grafana.json', import.meta.url);
const loki = await grafanaSpecification('Loki', (path) => `/api/datasources/proxy/uid/loki-1${path}`);
const alertmanager = await grafanaSpecification('Alertmanager', (path) => `/api/alertmanager/grafana${path}`);

// A check that lets everything through would look like a clean bill.
test.runIf(existsSync(SPECIFICATION)).each([
  [loki, '/loki/api/v1/query_range?query=a&start=1&end=2&limit=5&direction=backward', true],
  [loki, '/loki/api/v1/query_range?query=a&start=1&limit=abc', false],
  [loki, '/loki/api/v1/query_range?start=1', false],
  [loki, '/api/v1/query_range?query=a', false],
  [alertmanager, '/api/v2/alerts?active=true&filter=a%3D%22b%22&filter=c%3D%22d%22', true],
  [alertmanager, '/api/v2/alerts?active=maybe', false],
])('$1 is allowed: $2', async (check, url, allowed) => {
  const said = await check({
    method: 'GET',
    url,
    path: new URL(url, 'http://fake').pathname,
    params: new URLSearchParams(),
    headers: {},
    body: '',
  });
  expect(said === undefined, said).toBe(allowed);
});
