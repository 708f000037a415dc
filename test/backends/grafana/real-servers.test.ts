import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createDiscoveryCache } from '../../../src/backends/discovery-cache.ts';
import { parsePermalink } from '../../../src/backends/grafana/permalink.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { HOUR, MINUTE, SECOND, type Window } from '../../../src/domain/time.ts';
import {
  findPrometheus,
  type RunningPrometheus,
  startPrometheus,
} from '../../sandbox/telemetry/start-prometheus.ts';
import {
  findAlertmanager,
  type RunningAlertmanager,
  startAlertmanager,
} from '../alertmanager/start-alertmanager.ts';
import type { FakeServer } from '../fake-server.ts';
import { startFakeGrafana } from './fake-grafana.ts';

// The real Alertmanager lives in the machine's time, and so do the samples.
const NOW = Math.floor(Date.now() / SECOND) * SECOND;
const WINDOW: Window = { from: NOW - 30 * MINUTE, to: NOW };
const program = findAlertmanager();

function backfill(): string {
  const times = Array.from({ length: 161 }, (_, index) => NOW - 40 * MINUTE + index * 15 * SECOND);
  const lines = times.map(
    (at, index) => `http_requests_total{job="checkout",code="500"} ${index * 180} ${at / SECOND}`,
  );
  return `# TYPE http_requests counter\n${lines.join('\n')}\n# EOF\n`;
}

describe.runIf(findPrometheus() !== undefined && program !== undefined)(
  'a Grafana in front of a real Prometheus and a real Alertmanager',
  () => {
    let prometheus: RunningPrometheus;
    let alertmanager: RunningAlertmanager;
    let grafana: FakeServer;
    let backend: Backend;
    const signal = () => AbortSignal.timeout(15_000);

    async function post(path: string, body: unknown): Promise<void> {
      const answer = await fetch(alertmanager.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }

    async function ask(query: string, window = WINDOW) {
      const cache = createDiscoveryCache({ backends: [backend], now: () => NOW });
      const matched = await cache.match(backend, query, window, signal());
      return await backend.query({ matched, window }, signal());
    }

    beforeAll(async () => {
      prometheus = await startPrometheus({ openMetrics: backfill() });
      alertmanager = await startAlertmanager(
        program ?? '',
        'route:\n  receiver: r\nreceivers:\n  - name: r\n',
      );
      const until = new Date(NOW + HOUR).toISOString();
      await post('/api/v2/silences', {
        matchers: [{ name: 'alertname', value: 'DiskFull', isRegex: false, isEqual: true }],
        startsAt: new Date(NOW - MINUTE).toISOString(),
        endsAt: until,
        createdBy: 'mara',
        comment: 'known',
      });
      const alerts = ['PoolExhausted', 'CheckoutErrors', 'DiskFull'].map((alertname) => ({
        labels: { alertname, severity: 'page' },
        annotations: { summary: `${alertname} it is` },
        startsAt: new Date(NOW - 10 * MINUTE).toISOString(),
        endsAt: until,
      }));
      await post('/api/v2/alerts', alerts);
      grafana = await startFakeGrafana({ prometheus: prometheus.url, alertmanager: alertmanager.url });
      const [made] = createBackends(
        { grafana: [{ name: 'real', url: grafana.url }] },
        { now: () => NOW, decoder: createDecoder() },
      );
      if (!made) throw new Error('no backend was made');
      backend = made;
    });

    afterAll(async () => {
      await backend?.close?.();
      await grafana?.[Symbol.asyncDispose]();
      await alertmanager?.[Symbol.asyncDispose]();
      await prometheus?.stop();
    });

    test('names inside are those of the Prometheus behind it', async () => {
      const { lists, missing } = await backend.discover(WINDOW, signal());
      expect(missing.map(({ kind }) => kind)).toEqual(['dashboards']);
      expect(lists).toContainEqual({ kind: 'Real/metrics', names: ['http_requests_total'] });
    });

    test('a query is answered through the proxy, and again by its own link', async () => {
      const answer = await ask('Real sum by (code) (rate(http_requests_total[1m]))');
      if (answer.result.kind !== 'series' || answer.reproduction.kind !== 'permalink')
        throw new Error('no series with a link');
      expect(answer.result.series[0]?.labels).toEqual({ code: '500' });
      expect(answer.result.series[0]?.samples.at(-1)?.value).toBeCloseTo(12);
      const view = parsePermalink(answer.reproduction.url);
      const again = await ask(view?.query ?? '', view?.window);
      expect(again.result).toEqual(answer.result);
    });

    test('what the Prometheus refuses is told with its place in what was typed', async () => {
      await expect(ask('Real rate(http_requests_total)')).rejects.toMatchObject({
        failure: 'bad-query',
        message: expect.stringContaining('Real of Grafana real refuses the query'),
        details: { position: { line: 1, column: 11 } },
      });
      await expect(ask('Real http_request_total')).rejects.toMatchObject({
        failure: 'unknown-source',
        details: { nearest: ['http_requests_total'] },
      });
    });

    test('two alerts fire and one is silenced: no false all-clear', async () => {
      const { result, warnings, completeness } = await ask('alerts');
      if (result.kind !== 'rows') throw new Error('no rows');
      const [state, alert, by] = ['state', 'alert', 'by'].map((name) => result.columns.indexOf(name));
      const told = result.rows.map((row) => [row[alert ?? -1], row[state ?? -1]]);
      expect(told.slice(0, 2).toSorted()).toEqual([
        ['CheckoutErrors', 'firing'],
        ['PoolExhausted', 'firing'],
      ]);
      expect(told[2]).toEqual(['DiskFull', 'silenced']);
      expect(result.rows[2]?.[by ?? -1]).toMatch(/^mara until .*: known$/);
      expect(warnings).toContain('2 firing, 1 silenced.');
      expect(completeness).toEqual({ kind: 'complete' });
      const firing = (await backend.firing?.(signal()))?.found.map(({ name }) => name);
      expect(firing?.toSorted()).toEqual(['CheckoutErrors', 'PoolExhausted']);
    });

    test('matchers go to the real server, which says what it does not like', async () => {
      const { result } = await ask('alerts alertname=~"Pool.*"');
      expect(result).toMatchObject({ rows: { length: 1 } });
      await expect(ask('alerts alertname=~"(("')).rejects.toMatchObject({ failure: 'bad-query' });
    });
  },
);
