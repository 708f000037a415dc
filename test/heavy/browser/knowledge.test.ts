import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realServer } from '../../real-servers.ts';
import { answersFive, judges, runsTest } from './investigate.ts';
import { DESKTOP, type Look, PHONE, type Seat, type Stage, startStage } from './stage.ts';

const executable = realServer('chromium');
/** The bot edits a card at most once per 3 s of real time. */
const CARD = { timeout: 10_000 };
/** Where somebody wants to look at it: each step becomes a picture there. */
const PICTURES = process.env.STEADY_PICTURES;

const REFUSED = 'sum(rate(upstream_requests_total{service="checkout",upstream="payments",code="429"}[1m]))';
const LEARNED = 'payments refuses more than 200 calls a second since they moved';

const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: '1280 light', phone: false, dark: false },
  { name: '390 dark', phone: true, dark: true },
];

describe.skipIf(executable === undefined)('what one incident taught, in a browser', () => {
  let stage: Stage;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-postmortem-'));
    stage = await startStage(executable ?? '');
  });
  afterEach(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(LOOKS)(
    'is kept as it ends, told by its postmortem, and offered to the next at $name',
    async (look) => {
      const seat = await stage.open(look);
      const picture = (step: string) =>
        PICTURES === undefined
          ? undefined
          : seat.page.screenshot({ path: join(PICTURES, `${look.name.replace(' ', '-')}-${step}.png`) });
      await seat.say('@Steady declare P2 checkout returns 500s here');
      const card = seat.messages(/INC-1 · P2/).first();
      await card.getByRole('button', { name: 'Post update' }).waitFor();
      await seat.become('Kai');
      await findsTheCause(seat);

      await seat.become('Lea');
      await seat.say('@Steady resolve payments lowered our limit, our retries kept us above it (E1)');
      await answersFive(seat, ['E1', 'E1', 'E1', 'E1', 'E1'], async (form) => {
        await form.getByText('Kept for team: everyone in Acme can recall it').waitFor();
        await form.getByText('Pattern: payments limits us').scrollIntoViewIfNeeded();
        await picture('1-lessons');
        await form.getByLabel('Pattern: payments limits us').uncheck();
        await form.getByRole('button', { name: 'Change the words' }).click();
        await form.getByRole('textbox', { name: 'Fact: payments limits us' }).fill(LEARNED);
        expect(await form.getByRole('textbox', { name: 'Pattern: ' }).count()).toBe(0);
        await picture('2-words');
      });
      await seat.become('Mara');
      await seat.visit('Steady');
      await judges(seat);

      await seat.become('Lea');
      await seat.visit('checkout');
      await seat.messages('INC-1 · resolved').getByRole('button', { name: 'Postmortem draft' }).click();
      await seat.openThread(card);
      await seat.replies('taught: 1 incident, 1 fact, 1 query, kept for team').waitFor(CARD);
      await readsThePostmortem(seat, look, folder);
      await picture('3-thread');
      await seat.closeThread();

      await seat.say('@Steady declare P2 checkout returns 500s once more here');
      const next = seat.messages(/INC-2 · P2/).first();
      await next.getByRole('button', { name: 'Post update' }).waitFor();
      await next.locator('.reply-bar').waitFor(CARD);
      await seat.openThread(next);
      const offered = seat.replies('INC-2 · looks like something known');
      await offered.waitFor(CARD);
      expect(await offered.innerText()).toMatch(
        /INC-1 checkout returns 500s\s+past incident · team\s+Cause payments limits us and our retries/,
      );
      await picture('4-offered');
      await seat.closeThread();
      await seat.say('@Steady recall what payments refuses since they moved');
      await seat.openThread(seat.messages('@Steady recall').last());
      await seat.replies(LEARNED).waitFor();
      expect(await seat.overflow()).toBe(0);
      expect(seat.wrong).toEqual([]);
      expect(stage.complaints).toEqual([]);
    },
  );
});

async function findsTheCause(seat: Seat): Promise<void> {
  await seat.say(
    '@Steady hypothesis payments limits us and our retries multiply it disproof: payments answers no 429',
  );
  await seat.openThread(seat.messages(/INC-1 · P2/).first());
  await runsTest(seat, 'H1', '429s rise before our 500s', REFUSED);
  await seat.replies('E1 · Prometheus sandbox').first().waitFor();
  await seat.replies('H1 · ').getByRole('button', { name: 'As expected' }).first().click();
  await seat.replies('H1 · supported').waitFor(CARD);
  await seat.closeThread();
}

/** The page of it, opened as somebody does who was sent it. */
async function readsThePostmortem(seat: Seat, look: Look, folder: string): Promise<void> {
  await seat.replies('INC-1 · postmortem').first().waitFor(CARD);
  const link = seat.page.locator('.pane a.file[download$=".html"]').first();
  await link.waitFor(CARD);
  const [download]: [Download, unknown] = await Promise.all([
    seat.page.waitForEvent('download'),
    link.click(),
  ]);
  const file = join(folder, 'postmortem.html');
  await download.saveAs(file);
  const page = await seat.context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) wrong.push(request.url());
  });
  await page.setViewportSize(look.phone ? PHONE : DESKTOP);
  await page.goto(`file://${file}`);
  const text = await page.locator('body').innerText();
  expect(text).toContain('checkout returns 500s');
  expect(text).toContain('payments limits us and our retries multiply it');
  expect(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  ).toBe(0);
  if (PICTURES !== undefined)
    await page.screenshot({ path: join(PICTURES, `postmortem-${look.phone ? 'phone' : 'desktop'}.png`) });
  expect(wrong).toEqual([]);
  await page.close();
}
