import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realServer } from '../../real-servers.ts';
import { type Look, type Seat, type Stage, startStage } from './stage.ts';

const executable = realServer('chromium');
const QUERY = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';
const DEPLOY = 'The last deploy is the only change I see';
/** The bot edits a card at most once per 3 s of real time. */
const CARD = { timeout: 10_000 };

const LOOKS: readonly (Look & { readonly name: string; readonly declared: 'typed' | 'by modal' })[] = [
  { name: '1280 px, light', phone: false, dark: false, declared: 'typed' },
  { name: '1280 px, dark', phone: false, dark: true, declared: 'by modal' },
  { name: '390 px, light', phone: true, dark: false, declared: 'by modal' },
  { name: '390 px, dark', phone: true, dark: true, declared: 'typed' },
];

describe.skipIf(executable === undefined)('one incident, played by people in a browser', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage(executable ?? '');
  });
  afterEach(() => stage.close());

  test.each(LOOKS)('at $name, declared $declared', async ({ declared, ...look }) => {
    const seat = await stage.open(look);
    const card = seat.messages(/INC-1 · P2/).first();
    if (declared === 'typed') await seat.say('@Steady declare P2 checkout returns 500s here');
    else await declareByModal(seat);
    await card.getByRole('button', { name: 'Post update' }).waitFor();
    expect(await card.innerText()).toMatch(/Investigating since \d\d:\d\d\s+Lead {2}@Lea/);
    await seat.page.locator('.main .message.pinned', { hasText: 'INC-1' }).waitFor();
    await expect
      .poll(() => topic(seat), CARD)
      .toBe('INC-1 P2 investigating · lead Lea · checkout returns 500s');

    await asksAndFollowsTheLink(seat);
    await refusalsAreForTheAskerAlone(seat);

    await seat.say(DEPLOY);
    const marked = seat.messages(DEPLOY);
    await marked.waitFor();
    await seat.act(marked, 'Add to the timeline: 📌');
    await marked.locator('.reaction', { hasText: '✅' }).waitFor();

    await seat.say('@Steady update impact: 23 % of checkouts fail (E1) doing: asking the payments team');
    await seat.messages('INC-1 P2 · update').waitFor();
    await card.getByText('23 % of checkouts fail').waitFor(CARD);
    expect(await seat.overflow()).toBe(0);

    await seat.advance('25');
    await seat.visit('Steady');
    const draft = seat.messages('an update is due at');
    await draft.getByRole('button', { name: 'Post as is' }).waitFor();
    expect(await draft.innerText()).toContain('23 % of checkouts fail');
    expect(await seat.overflow()).toBe(0);

    await seat.visit('checkout');
    await seat.advance('5');
    const nudge = seat.messages('the channel was promised an update by');
    await nudge.locator('.mention', { hasText: '@Lea' }).waitFor();
    // Neither the card's edits nor the refusal, which only Lea saw, are among them.
    expect(await seat.pings()).toEqual([
      expect.stringMatching(/^Lea .*INC-1 P2 · update was due .* by Steady in #checkout · mentioned$/),
      expect.stringMatching(/^Lea .*INC-1 P2 · update due .* by Steady · direct message$/),
      expect.stringMatching(/^Lea .*INC-1 P2 · E1 · Prometheus sandbox .* follows the thread$/),
    ]);
    await nudge.getByLabel('Snooze').selectOption({ label: '15 min · waiting for a deploy' });
    await seat.messages('@Lea put the update off until').waitFor(CARD);
    await nudge.waitFor({ state: 'detached' });

    await handsOffToKai(seat, card);
    await endsIt(seat, card);
    expect(seat.wrong).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});

async function declareByModal(seat: Seat): Promise<void> {
  await seat.say('/steady declare');
  const modal = seat.page.getByRole('dialog', { name: 'Declare an incident' });
  await modal.getByLabel('What is happening?').fill('checkout returns 500s');
  await modal.getByLabel('Severity').selectOption({ label: 'P2 · customers are hindered' });
  expect(await seat.overflow()).toBe(0);
  await modal.getByRole('button', { name: 'Declare', exact: true }).click();
  await modal.waitFor({ state: 'detached' });
}

/** The evidence card's link opens the same query over the same window. */
async function asksAndFollowsTheLink(seat: Seat): Promise<void> {
  await seat.say(`@Steady prom ${QUERY}`);
  await seat.openThread(seat.messages('@Steady prom').first());
  const evidence = seat.replies('E1 · Prometheus sandbox');
  await evidence.getByText(/^code 500/).waitFor();
  expect(await evidence.locator('pre').innerText()).toBe(QUERY);
  const [, from, to] =
    /(\d\d:\d\d(?::\d\d)?)–(\d\d:\d\d(?::\d\d)?) UTC/.exec(await evidence.innerText()) ?? [];
  expect(await seat.overflow()).toBe(0);
  const opening = seat.context.waitForEvent('page');
  await evidence.getByRole('link', { name: 'Open in Prometheus' }).click();
  const prometheus = await opening;
  await prometheus.getByRole('heading', { name: QUERY }).waitFor();
  const window = await prometheus.getByText(/^from .* to /).innerText();
  expect(window).toContain(from);
  expect(window).toContain(to);
  expect(await prometheus.locator('table').innerText()).toContain('500');
  await prometheus.close();
  await seat.closeThread();
}

async function refusalsAreForTheAskerAlone(seat: Seat): Promise<void> {
  await seat.say('@Steady prom rate(http_request_total[5m])');
  const refusal = seat.page.locator('.message.ephemeral', { hasText: 'http_requests_total' }).first();
  await refusal.waitFor();
  expect(await refusal.innerText()).toContain('Only visible to you');
  await seat.become('Kai');
  expect(await seat.page.locator('.message.ephemeral').count()).toBe(0);
  await seat.become('Lea');
}

async function handsOffToKai(seat: Seat, card: ReturnType<Seat['messages']>): Promise<void> {
  await seat.say('@Steady handoff @Kai');
  await card.getByText('lead offered to @Kai, not accepted yet').waitFor(CARD);
  await seat.become('Kai');
  await seat.followPing('offers you lead');
  await seat.replies('until you accept').first().waitFor();
  await seat.page.getByRole('button', { name: 'Yes, I am lead' }).click();
  await seat.replies('@Kai leads INC-1 now').first().waitFor();
  await seat.closeThread();
  await card.getByText('Lead @Kai').waitFor(CARD);
}

/** Mitigated and resolved by the new lead; the timeline has it all, and nothing is due any more. */
async function endsIt(seat: Seat, card: ReturnType<Seat['messages']>): Promise<void> {
  await seat.say('@Steady mitigate retries halved');
  await seat.messages('INC-1 · mitigated').waitFor();
  await seat.say('@Steady override payments raised our limit');
  await seat.messages('INC-1 · resolved').waitFor();
  await expect.poll(() => card.innerText(), CARD).toContain('Resolved');
  await expect.poll(() => topic(seat), CARD).toBe('Checkout service');
  const before = (await seat.pings()).length;
  await seat.advance('3h');
  expect((await seat.pings()).length).toBe(before);

  await seat.say('@Steady timeline INC-1');
  await seat.openThread(seat.messages('@Steady timeline').last());
  const timeline = seat.replies('timeline').last();
  const told = (await timeline.locator('li').allInnerTexts()).map((one) => one.replaceAll(/\s+/g, ' '));
  const order = [
    '@Lea declared P2: checkout returns 500s',
    '@Lea E1 Prometheus sandbox:',
    `@Lea said: ${DEPLOY}`,
    '@Lea update: Impact:',
    'Steady sent @Lea a draft',
    'Steady asked @Lea for the update',
    '@Lea put the update off until',
    '@Lea offered lead to @Kai',
    'lead @Lea → @Kai',
    '@Kai mitigated',
    '@Kai resolved',
  ];
  const found = order.map((words) => told.findIndex((row) => row.includes(words)));
  expect(found, told.join('\n')).toEqual(found.toSorted((a, b) => a - b));
  expect(found).not.toContain(-1);
  expect(await seat.overflow()).toBe(0);
}

/** What the head of the channel says, whole: a narrow screen cuts it. */
async function topic(seat: Seat): Promise<string | null> {
  return seat.page.locator('.head .topic').getAttribute('title');
}
