import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realServer } from '../../real-servers.ts';
import { type Look, type Stage, startStage } from './stage.ts';

const executable = realServer('chromium');

/** One question to each system that the sandbox plays, the title of its card, and what its answer shows. */
const QUESTIONS: readonly (readonly [question: string, title: string, shows: RegExp])[] = [
  [
    'prom sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
    'Prometheus sandbox',
    /code 500/,
  ],
  ['loki {service_name="checkout"} |= "429"', 'Loki sandbox', /429/],
  ['alerts', 'Alertmanager sandbox', /CheckoutErrorRateHigh/],
  [
    "axiom ['checkout-logs'] | where status == 500 | summarize count() by bin_auto(_time), route",
    'Axiom sandbox',
    /\/api\/checkout/,
  ],
  ['grafana Prometheus sum by (code) (rate(http_requests_total[5m]))', 'Grafana sandbox', /code 500/],
  ['annotations since:2h', 'Grafana sandbox', /v2\.3\.45/],
  ['profile checkout', 'Pyroscope sandbox', /self/i],
  ['sentry new', 'Sentry sandbox', /UpstreamRateLimited/],
];

const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: '1280 px, light', phone: false, dark: false },
  { name: '390 px, dark', phone: true, dark: true },
];

describe.skipIf(executable === undefined)('every system, asked in a browser', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage(executable ?? '');
  });
  afterEach(() => stage.close());

  test.each(LOOKS)('at $name', async (look) => {
    const seat = await stage.open(look);
    await seat.say('@Steady declare P2 checkout returns 500s here');
    await seat
      .messages(/INC-1 · P2/)
      .first()
      .getByRole('button', { name: 'Post update' })
      .waitFor();
    for (const [question, title, shows] of QUESTIONS) {
      await seat.say(`@Steady ${question}`);
      // The composer bends quotes, so a question is known by its first word.
      await seat.openThread(seat.messages(`@Steady ${question.split(' ')[0]}`).last());
      const card = seat.replies(title).first();
      await card.waitFor();
      expect(await card.innerText(), question).toMatch(shows);
      expect(await seat.overflow(), question).toBe(0);
      await seat.closeThread();
    }

    await seat.openThread(seat.messages('@Steady prom').last());
    await seat.replies('Prometheus sandbox').first().getByRole('button', { name: 'Chart' }).click();
    await seat.page.locator('.pane .message img').first().waitFor();
    expect(await seat.overflow()).toBe(0);
    expect(seat.wrong).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});
