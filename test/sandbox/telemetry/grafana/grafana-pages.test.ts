import { afterAll, beforeAll, expect, it } from 'vitest';
import { exploreLink } from '../../../../src/backends/explore-link.ts';
import { MINUTE } from '../../../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../../../src/sandbox/telemetry/start-telemetry.ts';

const NOW = Date.parse('2026-03-10T14:00:00Z');
const WINDOW = { from: NOW - 10 * MINUTE, to: NOW };

let telemetry: Telemetry;
let grafana: string;

beforeAll(async () => {
  telemetry = await startTelemetry({ now: () => NOW, port: 0 });
  grafana = telemetry.urls.grafana ?? '';
});
afterAll(async () => await telemetry?.stop());

const page = async (url: string) => {
  const answer = await fetch(url);
  return {
    status: answer.status,
    text: await answer.text(),
    policy: answer.headers.get('content-security-policy'),
  };
};

it('a link to Explore opens its query with its numbers, or its lines, and nothing in it is markup', async () => {
  const pane = (uid: string, expr: string) => ({
    source: { type: uid, uid },
    model: { expr },
    window: WINDOW,
  });
  const numbers = await page(exploreLink(grafana, pane('prometheus', 'sum(up{job!="<b>"})'), '1'));
  expect(numbers.text).toContain('sum(up{job!=&quot;&lt;b&gt;&quot;})');
  expect(numbers.text).toContain('<table>');
  expect(numbers.policy).toContain("default-src 'none'");
  const lines = await page(exploreLink(grafana, pane('loki', '{service_name="checkout"} |= "429"')));
  expect(lines.text).toContain('payments answered 429');
  expect((await page(exploreLink(grafana, pane('loki', '{nope')))).text).toContain('class="bad"');
  expect((await page(exploreLink(grafana, pane('else', 'x')))).text).toContain('names no data source');
});

it('a link to a dashboard opens its graphs over the window of the link', async () => {
  const { status, text } = await page(`${grafana}/d/shop-checkout?from=${WINDOW.from}&to=${WINDOW.to}`);
  expect(status).toBe(200);
  expect(text).toContain('histogram_quantile(0.95');
  expect(text).toContain('13:50:00');
  expect((await page(`${grafana}/d/none`)).status).toBe(404);
});

it('says what it does not play', async () => {
  const refused = await fetch(`${grafana}/api/ds/query`, { method: 'POST', body: '{}' });
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { message: expect.stringContaining('through the data source proxy only') },
  ]);
  expect((await page(`${grafana}/api/datasources/proxy/uid/else/api/v1/query`)).text).toContain(
    'Data source not found',
  );
});
