import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realServer } from '../../../real-servers.ts';
import { openVisitor, type Visitor } from '../../../sandbox/page/browser.ts';
import { CANNED, EMPTY, MODAL, ts } from '../../../sandbox/page/canned-state.ts';

const executable = realServer('chromium');

/** How far the page is wider than the window, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.skipIf(executable === undefined)('at 390 pixels, light and dark', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await openVisitor(executable ?? '');
  });
  afterAll(() => visitor.close());

  test.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(23, 27, 30)'],
  ])('%s follows the system, and the button overrules it', async (scheme, ground) => {
    await using at = await visitor.visit(CANNED, { phone: true, dark: scheme === 'dark' });
    const { page } = at;
    const paint = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await paint()).toBe(ground);
    const button = page.getByRole('button', { name: /^Colours/ });
    await button.click();
    expect(await paint()).toBe('rgb(255, 255, 255)');
    await button.click();
    expect(await paint()).toBe('rgb(23, 27, 30)');
    expect(await overflow(page)).toBe(0);
  });

  test('the channels come from the side and go again', async () => {
    await using at = await visitor.visit(CANNED, { phone: true });
    const { page } = at;
    const side = page.getByRole('navigation', { name: 'Workspace' });
    expect(await side.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Channels' }).click();
    await side.getByRole('button', { name: /^Channel general/ }).click();
    await side.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'general', level: 1 }).waitFor();
  });

  test('a thread fills the screen and its composer stays inside', async () => {
    await using at = await visitor.visit(CANNED, { phone: true });
    const { page } = at;
    await page.locator('.reply-bar').tap();
    const pane = page.getByRole('complementary', { name: 'Thread' });
    expect(await pane.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 800 });
    const box = await page.getByRole('combobox', { name: 'Reply…' }).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    expect(await overflow(page)).toBe(0);
  });

  test('holding a message opens what a pointer finds by hovering', async () => {
    await using at = await visitor.visit(CANNED, { phone: true });
    const { page, server } = at;
    const row = page.locator(`.main [data-ts="${ts(12)}"]`);
    await row.locator('.text').dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true });
    await page.getByRole('menuitem', { name: 'Add to the timeline: 📌' }).tap();
    expect(await server.action('react')).toMatchObject({ ts: ts(12), name: 'pushpin' });
  });

  test('modals, the empty workspace and the clock fit', async () => {
    await using at = await visitor.visit(EMPTY, { phone: true });
    const { page, server } = at;
    expect(await overflow(page)).toBe(0);
    await page.locator('.clock-now').tap();
    await page.getByRole('dialog', { name: 'Move the clock' }).getByText('+30 min').tap();
    expect(await server.action('advance')).toMatchObject({ ms: 30 * 60_000 });
    await page.keyboard.press('Escape');
    server.change((state) => ({ ...state, modals: [MODAL] }));
    const dialog = page.getByRole('dialog', { name: 'Declare incident' });
    expect((await dialog.boundingBox())?.width).toBe(390);
    expect(await overflow(page)).toBe(0);
    expect(at.wrong).toEqual([]);
  });
});
