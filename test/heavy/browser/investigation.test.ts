import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realServer } from '../../real-servers.ts';
import { answersFive, fillFive, judges, QUESTIONS, runsTest } from './investigate.ts';
import { type Look, type Seat, type Stage, startStage } from './stage.ts';

const executable = realServer('chromium');
/** The bot edits a card at most once per 3 s of real time. */
const CARD = { timeout: 10_000 };

/** 500s of checkout while no pod runs what was deployed: empty, had the deploy caused them. */
const BEFORE_THE_DEPLOY =
  'sum(rate(http_requests_total{service="checkout",code="500"}[1m])) unless on() count(build_info{service="checkout",version="v2.3.45"})';
const REFUSED = 'sum(rate(upstream_requests_total{service="checkout",upstream="payments",code="429"}[1m]))';
const LIMIT = 'payments_rate_limit_per_second';

const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: '1280 px, light', phone: false, dark: false },
  { name: '390 px, dark', phone: true, dark: true },
];

describe.skipIf(executable === undefined)('one incident, investigated in a browser', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage(executable ?? '');
  });
  afterEach(() => stage.close());

  test.each(LOOKS)('ends at its right cause at $name', async (look) => {
    const seat = await stage.open(look);
    await seat.say('@Steady declare P2 checkout returns 500s here');
    const card = seat.messages(/INC-1 · P2/).first();
    await card.getByRole('button', { name: 'Post update' }).waitFor();

    await seat.become('Kai');
    await disprovesTheDeploy(seat);
    await seat.closeThread();
    await card.getByText('the deploy of v2.3.45 broke checkout').waitFor(CARD);

    await seat.become('Lea');
    await isRefusedWithoutTheTest(seat);

    await seat.become('Kai');
    await seat.openThread(card);
    await supportsTheUpstream(seat);
    await seat.closeThread();

    await seat.become('Lea');
    await seat.say('@Steady resolve payments refuses most of our calls, our retries multiply them (E2)');
    await answersFive(seat, ['E2', 'E2', 'E2', 'E1', 'E2']);
    await seat.become('Mara');
    await findsAGap(seat);

    await seat.become('Kai');
    await seat.say(`@Steady prom ${LIMIT} since:30m`);
    await seat.openThread(seat.messages('@Steady prom').last());
    const limit = seat.replies('E3 · Prometheus sandbox');
    await limit.waitFor();
    expect(await limit.innerText()).toMatch(/200 at .* max 500 at/);
    await seat.closeThread();

    await seat.become('Lea');
    await seat.say('@Steady resolve payments lowered our limit to 200 /s, our retries kept us above it (E3)');
    await answersFive(seat, ['E3', 'E2', 'E2', 'E1', 'E3']);
    await seat.become('Mara');
    await isSatisfied(seat);
    await seat.visit('checkout');
    await seat.messages('INC-1 · resolved').waitFor();
    expect(await seat.messages('INC-1 · resolved').innerText()).toContain('judged by @Mara');
    await expect.poll(() => card.innerText(), CARD).toContain('Resolved');
    expect(await seat.overflow()).toBe(0);
    expect(seat.wrong).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});

/** The disproof is said first; a query shows the errors it names; the form for the next hypothesis opens. */
async function disprovesTheDeploy(seat: Seat): Promise<void> {
  await seat.say(
    '@Steady hypothesis the deploy of v2.3.45 broke checkout disproof: 500s began before any pod ran it',
  );
  await seat.openThread(seat.messages(/INC-1 · P2/).first());
  await runsTest(seat, 'H1', 'nothing: no 500 while no pod ran v2.3.45', BEFORE_THE_DEPLOY);
  const shown = seat.replies('E1 · Prometheus sandbox').first();
  await shown.waitFor();
  // Errors per second, and not a pod that ran it.
  expect(Number(/max ([\d.]+)/.exec(await shown.innerText())?.[1])).toBeGreaterThan(10);
  await seat.replies('Proves H1 wrong').first().getByRole('button', { name: 'Proves H1 wrong' }).click();
  const next = seat.page.getByRole('dialog', { name: 'INC-1 hypothesis' });
  await next.getByLabel('What do you think it is?').fill('payments limits us and our retries multiply it');
  await next.getByLabel('What would prove it wrong?').fill('payments answers no 429 to our calls');
  await next.getByRole('button', { name: 'State it' }).click();
  await next.waitFor({ state: 'detached' });
  await seat.replies('H2 · open').waitFor();
  await seat.replies('H1 · disproved').waitFor(CARD);
  expect(await seat.overflow()).toBe(0);
}

/** However sure it sounds: the form says under the question why that cannot stand, then the channel which test is missing. */
async function isRefusedWithoutTheTest(seat: Seat): Promise<void> {
  await seat.say('@Steady resolve payments limits us, this is absolutely certain and proven (E1)');
  const form = await fillFive(seat, ['E1', 'E1', 'E1', 'E1', 'E1']);
  await form.locator('.btn.primary').click();
  await form.getByText('H2 is open, not supported').waitFor();
  await form
    .getByRole('radiogroup', { name: QUESTIONS[1] })
    .getByText(/^\s*No\s*$/)
    .click();
  await form.locator('.btn.primary').click();
  await form.waitFor({ state: 'detached' });
  const open = seat.messages('not concluded yet: a question is open');
  await open.waitFor();
  expect(await open.innerText()).toContain('Missing the disproof of the leading hypothesis');
  expect(await open.locator('code').first().innerText()).toBe(`H2 test prom … expect:"…"`);
}

async function supportsTheUpstream(seat: Seat): Promise<void> {
  await runsTest(seat, 'H2', '429s rise before our 500s', REFUSED);
  const shown = seat.replies('E2 · Prometheus sandbox').first();
  await shown.waitFor();
  expect(await shown.innerText()).toContain('Expected  429s rise before our 500s');
  await seat.replies('H2 · ').getByRole('button', { name: 'As expected' }).first().click();
  await seat.replies('H2 · supported').waitFor(CARD);
}

async function findsAGap(seat: Seat): Promise<void> {
  await seat.visit('Steady');
  const brief = seat.messages('needs a second pair of eyes');
  expect(await brief.innerText()).toContain('Ruled out  H1 the deploy of v2.3.45 broke checkout');
  await judges(seat, 'nobody looked at the limit itself');
  await seat.visit('checkout');
  const gap = seat.messages('the judge found a gap');
  expect(await gap.innerText()).toContain('Missing nobody looked at the limit itself');
}

async function isSatisfied(seat: Seat): Promise<void> {
  await seat.visit('Steady');
  await judges(seat);
}
