import { afterEach, expect, it } from 'vitest';
import { type BotKit, startBotKit } from './bot-kit.ts';

let kit: BotKit | undefined;

afterEach(async () => {
  await kit?.stop();
  kit = undefined;
});

async function asks(text: string) {
  kit ??= await startBotKit({ everySystem: true });
  const ts = await kit.person('Lea').say('checkout', `@Steady ${text}`);
  await kit.settled();
  await kit.bot.idle();
  await kit.settled();
  return [...kit.thread('checkout', ts), ...kit.ephemerals('checkout', 'Lea')].join('\n');
}

it('Loki shows why checkouts fail, how many, and when payments lowered its limit', async () => {
  await asks('declare P2 checkout 500s here');
  const failing = await asks('loki {service_name="checkout", level="error"} |= "429"');
  expect(failing).toContain('E1 · Loki sandbox');
  expect(failing).toContain('payments answered 429, giving up after 4 attempts');
  const counted = await asks('loki sum by (level) (count_over_time({service_name="checkout"}[1m]))');
  expect(counted).toMatch(/error\s+2,\d{3}/);
  expect(await asks('logs {service_name="payments"} |= "configuration reloaded"')).toContain(
    'key=rate_limit.checkout old=500 new=200',
  );
  expect(await asks('loki {service_name="checkout"} | line_format "x"')).toContain(
    'is not supported by this sandbox',
  );
  expect(await asks('loki {service_nam="checkout"}')).toContain('service_name');
});

it('Alertmanager tells the alert that fires from the silenced and the inhibited one', async () => {
  await asks('declare P2 checkout 500s here');
  const card = await asks('alerts');
  expect(card).toContain('1 firing, 1 silenced, 1 inhibited.');
  expect(card).toContain('state firing · alert CheckoutErrorRateHigh');
  expect(card).toMatch(/state silenced · alert CartMemoryHigh .* by kai until/);
  expect(card).toMatch(/state inhibited · alert WebErrorRateHigh .* by alert CheckoutErrorRateHigh/);
  expect(card).toContain('E1 · Alertmanager sandbox');
  expect(card).toContain('E2 · Grafana sandbox');
  expect(card).toContain('state firing · alert CheckoutSlow');
  expect(await asks('alerts receiver="shop-tea"')).toContain('shop-team');
});

it('Sentry says what is new, whose code threw, and what was deployed before', async () => {
  await asks('declare P2 checkout 500s here');
  const fresh = await asks('sentry');
  expect(fresh).toContain('E1 · Sentry sandbox');
  expect(fresh).toMatch(/issue CHECKOUT-4F · events \d+ · users \d+ · title UpstreamRateLimited/);
  expect(fresh).not.toContain('CHECKOUT-1C');
  const issue = await asks('sentry issue CHECKOUT-4F');
  expect(issue).toContain('at withRetries (src/payments/retry.ts:37)');
  expect(issue).toContain('caused by HttpError: POST http://payments/v1/charges: 429 Too Many Requests');
  expect(await asks('sentry tags CHECKOUT-4F release')).toMatch(/checkout@2\.3\.4[45] \| \d+/);
  expect(await asks('sentry events level:error fields:region,count()')).toContain('eu-west-1');
  const releases = await asks('releases');
  expect(releases).toContain('what deployed · release checkout@2.3.45 · environment production');
  expect(releases).toContain('checkout@2.3.44 was the last to be deployed');
  expect(await asks('sentry issues project:chekout')).toContain('has no project');
  expect(await asks('sentry issue CHECKOUT-4E')).toContain('CHECKOUT-4F');
  expect(await asks('sentry issues http.status:500')).toContain('does not play');
  expect(await asks('discover sentry releases')).toContain('checkout@2.3.45');
});

// Lea's clocks show 15:00 when it is 14:00 UTC.
it('Pyroscope says where checkout spends its time, and that only its retries grew', async () => {
  await asks('declare P2 checkout 500s here');
  const profile = await asks('profile checkout since:5m');
  expect(profile).toContain('E1 · Pyroscope sandbox');
  expect(profile).toContain('process_cpu:cpu:nanoseconds:cpu:nanoseconds{service_name="checkout"}');
  expect(profile).toMatch(/In all [\d,.]+ s \([\d.]+ cores\)/);
  const diff = await asks('profile diff checkout since:5m vs 20m before');
  expect(diff).toMatch(
    /diff process_cpu\S+\{service_name="checkout"\} vs 2026-03-10T13:35:00Z\.\.2026-03-10T13:40:00Z/,
  );
  expect(diff).toMatch(/Grew most with what they call: .*withRetries \+0\.\d+ cores/);
  expect(diff).not.toContain('applyDiscount +');
  expect(await asks('profile diff checkout 14:56-15:00 vs 14:30-14:40')).toContain(
    'vs 2026-03-10T13:30:00Z..2026-03-10T13:40:00Z',
  );
  expect(await asks('profile chekout')).toContain('has no service');
  expect(await asks('profile')).toContain('Which service?');
  expect(await asks('discover profile services')).toContain('payments');
});

it('Grafana asks what is behind it, and tells its own rules, deploys and dashboards', async () => {
  await asks('declare P2 checkout 500s here');
  const failing = await asks(
    'grafana Prometheus sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
  );
  expect(failing).toContain('E1 · Grafana sandbox');
  expect(failing).toMatch(/500\s+4\d(?:\.\d)? /);
  expect(await asks('grafana loki {service_name="checkout", level="error"} |= "429"')).toContain(
    'payments answered 429, giving up after 4 attempts',
  );
  const alerts = await asks('grafana alerts');
  expect(alerts).toContain('1 firing, 1 pending.');
  expect(alerts).toContain('state firing · alert CheckoutSlow');
  expect(alerts).toContain('state pending · alert PaymentsRefuses');
  const deploys = await asks('annotations deploy');
  expect(deploys).toContain('text checkout v2.3.45 rolled out');
  expect(deploys).not.toContain('game day');
  expect(await asks('grafana Prometheus http_request_total')).toContain('http_requests_total');
  const misspelt = await asks('grafana Promethus up');
  expect(misspelt).toContain('Grafana sandbox has no data source Promethus.');
  expect(misspelt).toContain('Nearest: Prometheus\n');
  expect(await asks('discover grafana')).toContain('Prometheus/metrics');
  const dashboards = await asks('dashboards checkout');
  expect(dashboards).toContain('2 dashboards with "checkout"');
  expect(dashboards).toMatch(/Checkout · Shop · checkout, red · Open/);
  expect(await asks('dashboards nothing-like-it')).toContain('has no dashboard with "nothing-like-it"');
});

it('without an Alertmanager, Prometheus tells what fires', async () => {
  kit = await startBotKit();
  await asks('declare P2 checkout 500s here');
  const card = await asks('alerts');
  expect(card).toContain('E1 · Prometheus prod');
  expect(card).toContain('CheckoutErrorRateHigh');
  expect(card).toContain('Prometheus does not know which alerts are silenced.');
});
