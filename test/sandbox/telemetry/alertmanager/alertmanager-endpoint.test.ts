import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../src/domain/time.ts';
import { alertmanagerEndpoint } from '../../../../src/sandbox/telemetry/alertmanager/alertmanager-endpoint.ts';
import { scenarioStore } from '../../../../src/sandbox/telemetry/scenario.ts';
import { checkoutScenario } from '../../../../src/sandbox/telemetry/scenarios/checkout.ts';

const START = Date.UTC(2026, 10, 23, 14, 6, 0);

function world(now = START) {
  const scenario = checkoutScenario({ startedAt: START });
  const clock = { now };
  const endpoint = alertmanagerEndpoint({
    scenario,
    now: () => clock.now,
    store: scenarioStore(scenario, { now: () => clock.now }),
  });
  const ask = (url: string, method = 'GET') => endpoint({ method, url, headers: {}, body: '' });
  const states = (query = '') =>
    Object.fromEntries(
      JSON.parse(ask(`/api/v2/alerts${query}`).body).map((one: HeldAlert) => [
        one.labels.alertname,
        one.status,
      ]),
    );
  return { scenario, clock, ask, states };
}

interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string; readonly silencedBy: string[]; readonly inhibitedBy: string[] };
  readonly fingerprint: string;
}

test('one alert fires, one is silenced and one inhibited by the first', () => {
  const { ask, states } = world();
  const silences = JSON.parse(ask('/api/v2/silences').body);
  const alerts: readonly HeldAlert[] = JSON.parse(ask('/api/v2/alerts').body);
  const firing = alerts.find((one) => one.labels.alertname === 'CheckoutErrorRateHigh');
  expect(states()).toEqual({
    CheckoutErrorRateHigh: { state: 'active', silencedBy: [], inhibitedBy: [] },
    WebErrorRateHigh: { state: 'suppressed', silencedBy: [], inhibitedBy: [firing?.fingerprint] },
    CartMemoryHigh: { state: 'suppressed', silencedBy: [silences[0].id], inhibitedBy: [] },
  });
  expect(silences[0]).toMatchObject({ createdBy: 'kai', status: { state: 'active' } });
});

test('narrowing: by state, by matcher, by receiver', () => {
  const { ask, states } = world();
  expect(Object.keys(states('?silenced=false&inhibited=false'))).toEqual(['CheckoutErrorRateHigh']);
  expect(Object.keys(states('?active=false&filter=service%3D~%22web%7Ccart%22'))).toHaveLength(2);
  expect(Object.keys(states('?receiver=oncall'))).toEqual(['CheckoutErrorRateHigh']);
  const bad = ask('/api/v2/alerts?filter=bad+filter');
  expect([bad.status, bad.body]).toEqual([400, '"bad matcher format: bad filter"']);
});

test('once it is mitigated nothing fires, and an hour before nothing did', () => {
  const { scenario, clock, states } = world();
  scenario.mitigate(START);
  clock.now = START + 20 * MINUTE;
  expect(Object.keys(states())).toEqual(['CartMemoryHigh']);
  expect(Object.keys(world(START - HOUR).states())).toEqual(['CartMemoryHigh']);
  clock.now = START + 30 * HOUR;
  expect(states().CartMemoryHigh).toMatchObject({ state: 'active' });
});

test('the page shows what there is, escaped; nothing can be written; unknown paths are not found', () => {
  const { ask } = world();
  expect(ask('/').body).toContain('CheckoutErrorRateHigh severity=page service=checkout');
  expect(ask('/').headers?.['content-security-policy']).toContain("default-src 'none'");
  expect(ask('/api/v2/silences', 'POST').status).toBe(405);
  expect(JSON.parse(ask('/api/v2/nothing').body)).toEqual({
    code: 404,
    message: 'path /api/v2/nothing was not found',
  });
});

const FILE = '../shared/recorded/alertmanager.json';
interface Recorded {
  readonly name: string;
  readonly request: { readonly url: string };
  readonly status: number;
  readonly body: unknown;
}
const recorded: Recorded[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
if (recorded.length === 0) process.stdout.write('not run: recorded answers of Alertmanager\n');

test.each(recorded)(
  '$name answers with the keys of the recorded Alertmanager',
  ({ request, status, body }) => {
    const answer = world().ask(request.url);
    expect(answer.status).toBe(status);
    const keysOf = (value: unknown) => {
      const one = Array.isArray(value) ? value[0] : value;
      return typeof one === 'object' && one !== null ? Object.keys(one).sort() : [];
    };
    const own = JSON.parse(answer.body);
    if (!Array.isArray(body) || body.length > 0) expect(keysOf(own)).toEqual(keysOf(body));
  },
);
