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
const CARD = /INC-1 · P1/;

const executable = realServer('chromium');
if (executable !== undefined) await make(executable);

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

/** Declared, asked twice, told once, with what people say to each other in between. */
async function begin(seat: Seat): Promise<void> {
  await seat.say('@Steady declare P1 checkout returns 500s here');
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
  await seat.messages('INC-1 P1 · update').waitFor();
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
