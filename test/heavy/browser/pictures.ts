import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { realServer } from '../../real-servers.ts';
import { smallerPng } from './smaller-png.ts';
import { type Seat, startStage } from './stage.ts';

/**
 * Makes the pictures of the README anew: `node test/heavy/browser/pictures.ts [folder]`, by default into `docs/pictures`.
 * They show one incident as people play it in the sandbox, at the time of day it is.
 */
const FOLDER = process.argv[2] ?? join(import.meta.dirname, '../../../docs/pictures');
const ERRORS = 'sum(rate(http_requests_total{service="checkout",code="500"}[5m]))';
const SHARE = `100 * ${ERRORS} / sum(rate(http_requests_total{service="checkout"}[5m]))`;
const LIMITED = 'sum by (code) (rate(upstream_requests_total{upstream="payments"}[5m]))';
const CARD = /INC-1 · P2/;

/** One card of each system, as the README shows it: the name of the picture, the question, and the card's title. */
const CARDS: readonly (readonly [picture: string, question: string, title: string])[] = [
  ['loki', 'loki {service_name="checkout", level="error"} |= "429" since:5m', 'Loki sandbox'],
  ['alertmanager', 'alerts', 'Alertmanager sandbox'],
  [
    'axiom',
    "axiom ['checkout-logs'] | where status == 500 | summarize count() by bin_auto(_time), route",
    'Axiom sandbox',
  ],
  ['grafana', `grafana Prometheus ${LIMITED}`, 'Grafana sandbox'],
  ['pyroscope', 'profile diff checkout since:8m vs 1h before', 'Pyroscope sandbox'],
  ['sentry', 'sentry new', 'Sentry sandbox'],
];

const executable = realServer('chromium');
if (executable !== undefined) {
  await make(executable);
  await makeCards(executable);
  await makePostmortem(executable);
}

async function make(chromium: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const stage = await startStage(chromium);
  try {
    const seat = await stage.open({ phone: false, dark: false });
    await seat.page.setViewportSize({ width: 1280, height: 900 });
    await begin(seat);
    await seat.openThread(seat.messages('looks like a rate limit'));
    await seat.replies('E2').first().waitFor();
    await seat.messages(CARD).first().evaluate('(card) => card.scrollIntoView({ block: "start" })');
    await picture(seat, seat.page, 'sandbox.png');
    await picture(seat, seat.replies('E2').first(), 'evidence.png');

    await seat.closeThread();
    await seat.advance('25');
    await seat.advance('5');
    await seat.messages('was promised an update by').waitFor();
    const phone = await stage.open({ phone: true, dark: true, sharpness: 1.5 });
    await picture(phone, phone.messages('was promised an update by'), 'nudge.png');
    await picture(phone, phone.page, 'phone.png');
  } finally {
    await stage.close();
  }
}

async function makeCards(chromium: string): Promise<void> {
  const stage = await startStage(chromium);
  try {
    const seat = await stage.open({ phone: false, dark: false });
    await seat.page.setViewportSize({ width: 1280, height: 1700 });
    await seat.say('@Steady declare P2 checkout returns 500s here');
    await seat
      .messages(/INC-1 · P2/)
      .first()
      .waitFor();
    for (const [name, question, title] of CARDS) {
      await seat.say(`@Steady ${question}`);
      await seat.openThread(seat.messages(`@Steady ${question.split(' ')[0]}`).last());
      await seat.replies(title).first().waitFor();
      await picture(seat, seat.replies(title).first(), `${name}.png`);
      await seat.closeThread();
    }
    await seat.say(
      '@Steady prom sum by (code) (rate(http_requests_total{service="checkout"}[5m])) since:30m',
    );
    await seat.openThread(seat.messages('@Steady prom').last());
    await seat.replies('Prometheus sandbox').first().getByRole('button', { name: 'Chart' }).click();
    const drawn = seat.page.locator('.pane .message', { has: seat.page.locator('img[alt*="code"]') }).last();
    await drawn.locator('img').last().waitFor();
    await picture(seat, drawn, 'chart.png');
  } finally {
    await stage.close();
  }
}

/** The page of a postmortem as the file is, from an incident that ended. */
async function makePostmortem(chromium: string): Promise<void> {
  const stage = await startStage(chromium);
  try {
    const seat = await stage.open({ phone: false, dark: false });
    await begin(seat);
    await seat.say(
      '@Steady hypothesis payments limits our calls disproof: 429s stay level when retries halve',
    );
    await seat.say('@Steady postmortem lessons A panel of 429s by upstream, next to our own 500s');
    await seat.say('@Steady postmortem observability Retries are not counted anywhere');
    await seat.say('@Steady mitigate errors are at 0.1 per second');
    await seat.say('@Steady action Alert on 429s of upstreams above 5 % due:fri');
    await seat.say('@Steady postmortem');
    await seat.openThread(seat.messages(CARD).first());
    await seat.replies('revision 1').first().waitFor();
    const href = await seat.page.locator('a.file[href$="postmortem.html"]').first().getAttribute('href');
    const page = await seat.context.newPage();
    await page.setViewportSize({ width: 1000, height: 1240 });
    await page.setContent(await (await page.request.get(new URL(href ?? '', stage.url).href)).text());
    await writeFile(join(FOLDER, 'postmortem.png'), smallerPng(await page.screenshot()));
  } finally {
    await stage.close();
  }
}

/** Declared, asked twice, told once, with what people say to each other in between. */
async function begin(seat: Seat): Promise<void> {
  await seat.say('@Steady declare P2 checkout returns 500s here');
  await seat.messages(CARD).first().waitFor();
  await seat.say(`@Steady prom ${SHARE}`);
  await seat.openThread(seat.messages('@Steady prom').first());
  const share = /([\d.]+) at \d\d:\d\d/.exec(await seat.replies('E1').first().innerText())?.[1];
  await seat.closeThread();
  await seat.become('Kai');
  await seat.advance('2');
  await seat.say('payments answers us 429, looks like a rate limit');
  const said = seat.messages('looks like a rate limit');
  await seat.act(said, 'Add to the timeline: 📌');
  await said.locator('.reaction', { hasText: '✅' }).waitFor();
  await seat.act(said, 'Reply in thread');
  await seat.reply(`@Steady prom ${LIMITED}`);
  await seat.replies('E2').first().waitFor();
  await seat.closeThread();
  await seat.become('Lea');
  await seat.advance('1');
  await seat.say(
    `@Steady update impact: ${share} % of checkouts fail (E1) doing: halving our retry rate, Kai talks to the payments team`,
  );
  await seat.messages('INC-1 P2 · update').waitFor();
  await seat.messages(CARD).first().getByText('of checkouts fail').waitFor();
}

/** Neither toast nor suggestion nor pointer in the picture. */
async function picture(seat: Seat, of: Page | Locator, name: string): Promise<void> {
  const { page } = seat;
  for (const label of ['Hide the suggestions', 'Dismiss']) {
    const buttons = page.getByRole('button', { name: label });
    while ((await buttons.count()) > 0) await buttons.first().click();
  }
  await page.mouse.move(0, 0);
  await writeFile(join(FOLDER, name), smallerPng(await of.screenshot()));
}
