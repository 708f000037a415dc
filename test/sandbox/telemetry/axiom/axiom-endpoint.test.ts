import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../src/domain/time.ts';
import { axiomEndpoint } from '../../../../src/sandbox/telemetry/axiom/axiom-endpoint.ts';
import { checkoutScenario } from '../../../../src/sandbox/telemetry/scenarios/checkout.ts';
import { checkoutLogs } from '../../../../src/sandbox/telemetry/scenarios/checkout-logs.ts';

const START = Date.parse('2026-11-23T13:32:00Z');

function axiom() {
  const clock = { now: START };
  const scenario = checkoutScenario({ startedAt: START });
  const endpoint = axiomEndpoint({ scenario, now: () => clock.now, lines: checkoutLogs(scenario) });
  const headers = { host: '127.0.0.1:1', authorization: 'Bearer xaat-x' };
  const ask = (method: string, url: string, document?: object, more: object = {}) => {
    const body = document ? JSON.stringify(document) : '';
    const answer = endpoint({ method, url, headers: { ...headers, ...more }, body });
    return { status: answer.status, body: answer.body, json: () => JSON.parse(answer.body) };
  };
  const times = (from: number, to: number) => ({
    startTime: new Date(from).toISOString(),
    endTime: new Date(to).toISOString(),
  });
  const apl = (query: string, from = START - 10 * MINUTE, to = START) =>
    ask('POST', '/v1/query/_apl?format=tabular', { apl: query, ...times(from, to) });
  return { clock, scenario, ask, apl, times };
}

test('failed checkouts are as many as the metrics say, and none before the cause', () => {
  const { apl, scenario } = axiom();
  const count = (from: number, to: number) =>
    apl("['checkout-logs'] | where status == 500 | count", from, to).json().tables[0].columns[0][0];
  const series = scenario
    .series()
    .filter(
      ({ labels }) =>
        JSON.stringify(labels).includes('http_requests_total') &&
        /"service","checkout"/.test(JSON.stringify(labels)) &&
        /"code","500"/.test(JSON.stringify(labels)),
    );
  const [from, to] = [START - 4 * MINUTE, START - MINUTE];
  const counted = series.reduce(
    (sum, one) =>
      sum + one.valueAt(Math.min(to, one.gone ?? to)) - one.valueAt(Math.max(from, Math.min(one.born, to))),
    0,
  );
  expect(Math.abs(count(from, to) - counted)).toBeLessThan(0.02 * counted);
  expect(count(START - HOUR, scenario.causeAt)).toBeLessThan(500);
  expect(count(from, to)).toBeGreaterThan(7_000);
});

test('every answer has what the specification asks for', () => {
  const { apl } = axiom();
  const answer = apl("['checkout-logs'] | summarize count() by bin_auto(_time), status").json();
  expect(answer).toMatchObject({
    format: 'tabular',
    status: { isPartial: false, rowsExamined: expect.any(Number), elapsedTime: expect.any(Number) },
    tables: [
      { groups: [{ name: '_time' }, { name: 'status' }], buckets: { field: '_time', size: 5_000_000_000 } },
    ],
    datasetNames: ['checkout-logs'],
  });
  expect(answer.tables[0].columns[0][0]).toMatch(/^2026-11-23T13:2\d:\d5?0?\.000Z$/);
});

test('refusals have the shape of Axiom, with line and column', () => {
  const { apl, ask } = axiom();
  const refused = apl("['checkout-logs']\n| join kind=inner (['x']) on id");
  expect(refused.status).toBe(400);
  expect(refused.json()).toMatchObject({ code: 400, detail: { line: 2, column: 3, errorType: 1 } });
  expect(ask('GET', '/v2/datasets', undefined, { authorization: '' }).status).toBe(403);
  expect(ask('GET', '/v2/tokens').json()).toEqual({ code: 404, message: 'not found' });
  expect(ask('POST', '/v1/query/_apl?format=tabular', { apl: "['checkout-logs']" }).status).toBe(400);
});

test('the monitor opens when its alert fires, and closes after the fix', () => {
  const { ask, clock, scenario } = axiom();
  const history = () =>
    ask(
      'GET',
      `/v2/monitors/mon_checkout_errors/history?startTime=${new Date(START - HOUR).toISOString()}&endTime=${new Date(clock.now + 1).toISOString()}`,
    )
      .json()
      .map((one: { state: string }) => one.state);
  clock.now = scenario.causeAt;
  expect(history()).toEqual([]);
  clock.now = START;
  expect(history()).toEqual(['open']);
  scenario.mitigate(START);
  clock.now = START + 20 * MINUTE;
  expect(history()).toEqual(['open', 'closed']);
});

test('the deploy that looks guilty is annotated one minute before the cause', () => {
  const { ask, scenario } = axiom();
  expect(ask('GET', `/v2/annotations?start=${new Date(START - HOUR).toISOString()}`).json()).toEqual([
    {
      id: 'ann_checkout',
      time: new Date(scenario.causeAt - MINUTE).toISOString(),
      type: 'production-deployment',
      title: 'checkout v2.3.45',
      datasets: ['checkout-logs'],
    },
  ]);
});

test('metrics in MPL are those of the scenario, and the rest is refused', () => {
  const { ask, times } = axiom();
  const mpl = (query: string) =>
    ask('POST', '/v1/query/_mpl?format=metrics-v1', { mpl: query, ...times(START - 5 * MINUTE, START) });
  const [one] = mpl(
    '`shop-metrics`:`http_requests_total` | where service == "checkout" and code == "500" | map rate | align to 1m using avg | group using sum',
  ).json();
  expect(one).toMatchObject({ metric: 'http_requests_total', tags: {}, resolution: 60 });
  expect(one.data.at(-1)).toBeGreaterThan(35);
  expect(mpl('`shop-metrics`:`up` | bucket to 1m using histogram(max)').json().message).toContain(
    'not supported',
  );
  expect(mpl('`shop-metrics`:`nothing`').json().message).toContain('not found');
});

test('a link shows its query over its times, escaped', () => {
  const { ask, times } = axiom();
  const form = (apl: string) =>
    `/sandbox/query?initForm=${encodeURIComponent(JSON.stringify({ apl, queryOptions: times(START - MINUTE, START) }))}`;
  const page = ask('GET', form("['checkout-logs'] | where status == 500 | take 3"), undefined, {
    authorization: '',
  });
  expect(page.body).toContain('payments answered 429, giving up after 4 attempts');
  expect(page.body).toContain('from 2026-11-23T13:31:00.000Z to 2026-11-23T13:32:00.000Z');
  expect(ask('GET', form("['<script>alert(1)</script>']")).body).not.toContain('<script>');
  expect(ask('GET', '/sandbox/query?initForm={}').status).toBe(400);
});
