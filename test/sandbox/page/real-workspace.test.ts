import { WebClient } from '@slack/web-api';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PageServer, startPageServer } from '../../../src/sandbox/page-server.ts';
import { CHROMIUM_ARGUMENTS, realServer } from '../../real-servers.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import { statusCard } from './canned-blocks.ts';

const executable = realServer('chromium');
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.skipIf(executable === undefined)('the page on the real workspace', () => {
  let kit: SlackKit;
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    kit = await startSlackKit({ suggestions: ['@Steady help'] });
    server = await startPageServer({ workspace: kit.workspace, token: 'token-of-the-test', port: 0 });
    browser = await chromium.launch({ executablePath: executable ?? '', args: [...CHROMIUM_ARGUMENTS] });
    page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'checkout', level: 1 }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await kit.stop();
  });

  const say = async (text: string): Promise<void> => {
    const box = page.getByRole('combobox', { name: 'Message #checkout' });
    await box.fill(text);
    await box.press('Enter');
  };

  test('what is typed arrives as Slack would send it, and is shown again', async () => {
    await say('@Steady look at `up` :eyes: <b>');
    const sent = page.locator('.main .message').last();
    await sent.locator('.mention', { hasText: '@Steady' }).waitFor();
    expect(await sent.locator('code').textContent()).toBe('up');
    expect(await sent.locator('.body').textContent()).toContain('<b>');
    expect(kit.messages('checkout').at(-1)?.text).toContain('<@');
  });

  test('a card that the app posts is drawn, and its clicks come back as an answer', async () => {
    const client = new WebClient(kit.workspace.tokens.bot, { slackApiUrl: kit.workspace.apiUrl });
    await client.chat.postMessage({
      channel: 'C0CHECKOUT',
      text: 'INC-42 P1 · Checkout returns 500s',
      blocks: statusCard as never,
    });
    const card = page.locator('.main .message').last();
    await card.getByRole('button', { name: 'Post update' }).click();
    // No app listens in this test, which Slack's client says as well.
    await page.locator('.toast.error').waitFor();
    await card.hover();
    await card.getByRole('button', { name: 'Add to the timeline: 📌' }).click();
    await card.locator('.reaction.mine').waitFor();
    await card.hover();
    await card.getByRole('button', { name: 'Pin to channel' }).click();
    await page.locator('.main .message.pinned').waitFor();
    await page.locator('.main .system', { hasText: 'pinned' }).waitFor();
  });

  test('threads, edits and deletions', async () => {
    const card = page.locator('.main .message.pinned');
    await card.hover();
    await card.getByRole('button', { name: 'Reply in thread' }).click();
    const reply = page.getByRole('combobox', { name: 'Reply…' });
    await reply.fill('@Kai look');
    await reply.press('Enter');
    await page.locator('.pane .message', { hasText: '@Kai look' }).waitFor();
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: /1 reply/ }).waitFor();
    await say('first');
    const mine = page.locator('.main .message', { hasText: 'first' });
    await mine.hover();
    await mine.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit message' }).fill('second');
    await page.keyboard.press('Enter');
    const edited = page.locator('.main .message', { hasText: 'second' });
    await edited.getByText('(edited)').waitFor();
    await edited.hover();
    await edited.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await edited.waitFor({ state: 'detached' });
  });

  test('an uploaded picture is shown', async () => {
    const file = { name: 'graph.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') };
    await page.getByLabel('Attach a file').setInputFiles(file);
    const image = page.getByRole('img', { name: 'graph.png' });
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1);
  });

  test('the clock moves, the other person was pinged and sees it', async () => {
    const before = await page.locator('.clock-now time').textContent();
    await page.getByRole('button', { name: 'Move the clock 30 minutes forward' }).click();
    await expect.poll(() => page.locator('.clock-now time').textContent()).not.toBe(before);
    await page.getByRole('button', { name: /You are Lea/ }).click();
    await page.getByRole('menuitemradio', { name: /Kai/ }).click();
    await page.getByRole('button', { name: /You are Kai/ }).waitFor();
    await page.getByRole('button', { name: /^Notifications: 1/ }).click();
    await page.locator('.ping', { hasText: '@Kai look' }).click();
    await page.locator('.pane .message', { hasText: '@Kai look' }).waitFor();
  });

  test('the app has a home, people have direct messages', async () => {
    await page.locator('.sidebar .row', { hasText: 'Steady' }).click();
    await page.getByText('has not published a home tab yet').waitFor();
    await page.locator('.sidebar .row', { hasText: 'Mara' }).click();
    const box = page.getByRole('combobox', { name: 'Message Mara' });
    await box.fill('hello');
    await box.press('Enter');
    await page.locator('.main .message', { hasText: 'hello' }).waitFor();
    expect(wrong).toEqual([]);
  });
});
