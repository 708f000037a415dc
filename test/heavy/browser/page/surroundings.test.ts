import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageState } from '../../../../src/sandbox/page-contract.ts';
import { realServer } from '../../../real-servers.ts';
import { openVisitor, type Visitor } from '../../../sandbox/page/browser.ts';
import { CANNED, KAI, LEA, MARA, message, NOW, ts } from '../../../sandbox/page/canned-state.ts';

const executable = realServer('chromium');

describe.skipIf(executable === undefined)('what surrounds the messages', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await openVisitor(executable ?? '');
  });
  afterAll(() => visitor.close());

  const changed = (patch: Partial<PageState>): PageState => ({ ...CANNED, ...patch });

  test('new messages and notifications arrive by themselves', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.getByRole('button', { name: /^Channel general/ }).click();
    server.change((state) => ({
      ...state,
      messages: { ...state.messages, C0GEN: [message(0, KAI.id, 'fresh news')] },
      notifications: [
        {
          at: NOW,
          to: LEA.id,
          from: 'U0BOT',
          conversation: 'C0INC',
          ts: ts(3),
          text: '<@U0LEA> five minutes overdue',
          why: 'mention',
          heldBack: false,
        },
        {
          at: NOW,
          to: KAI.id,
          from: 'U0BOT',
          conversation: 'C0INC',
          ts: ts(3),
          text: 'not for Lea',
          why: 'mention',
          heldBack: false,
        },
        ...state.notifications,
      ],
    }));
    await page.getByText('fresh news').waitFor();
    const toast = page.locator('.toast.ping');
    await toast.waitFor();
    expect(await page.locator('.toast').allTextContents()).toEqual([
      expect.stringContaining('@Lea five minutes overdue'),
    ]);
    await toast.getByRole('button').first().click();
    await page.getByRole('heading', { name: 'inc-42-checkout', level: 1 }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.dataset.ts')).toBe(ts(3));
  });

  test('the Notifications pane says who was pinged, why, and what was held back', async () => {
    await using at = await visitor.visit(CANNED);
    const { page } = at;
    await page.getByRole('button', { name: /^Notifications/ }).click();
    const rows = page.locator('.ping');
    expect(await rows.count()).toBe(3);
    expect(await rows.nth(1).textContent()).toMatch(/Mara.*follows the thread.*held back: Do Not Disturb/s);
    await page.getByRole('complementary').getByRole('button', { name: 'Lea', exact: true }).click();
    expect(await rows.count()).toBe(2);
    at.server.change((state) => ({ ...state, notifications: [] }));
    await page.getByText('Nothing has pinged Lea').waitFor();
    await page.getByText('Edits, and messages only visible to one person, notify nobody.').waitFor();
  });

  test('the clock moves by the steps and by a free amount', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    expect(await page.locator('.clock-now time').textContent()).toBe('15:10');
    await page.getByRole('button', { name: 'Move the clock 25 minutes forward' }).click();
    expect(await server.action('advance')).toMatchObject({ ms: 25 * 60_000 });
    await page.locator('.clock-now').click();
    await page.getByLabel('Another amount').fill('never');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Write it as 1h30m').waitFor();
    await page.getByLabel('Another amount').fill('1h30m');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => server.actions.filter((one) => one.kind === 'advance').at(-1))
      .toMatchObject({ ms: 90 * 60_000 });
    server.change((state) => ({ ...state, now: state.now + 2 * 3_600_000 }));
    await expect.poll(() => page.locator('.clock-now time').textContent()).toBe('17:10');
  });

  test('Do Not Disturb, global shortcuts, joining and opening a conversation', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.getByRole('button', { name: /You are Lea/ }).click();
    await page.getByRole('menuitem', { name: /Turn on Do Not Disturb/ }).click();
    expect(await server.action('dnd')).toMatchObject({ on: true });
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: /Declare incident/ }).click();
    expect(await server.action('globalShortcut')).toMatchObject({ callbackId: 'declare' });
    await page.getByRole('button', { name: /^Channel platform-operations/ }).click();
    await page.getByRole('button', { name: 'Join channel' }).click();
    expect(await server.action('join')).toMatchObject({ conversation: 'C0OPS' });
    await page.getByRole('button', { name: /^Private channel security/ }).click();
    await page.getByText('#security is archived').waitFor();
    await page.getByRole('button', { name: /^Channel general/ }).click();
    await page.getByRole('button', { name: 'Invite Steady' }).click();
    expect(await server.action('inviteApp')).toMatchObject({ conversation: 'C0GEN' });
    await page.locator('.sidebar .row', { hasText: MARA.displayName }).click();
    expect(await server.action('openDm')).toMatchObject({ user: MARA.id });
  });

  test('the home tab is told when it is opened, and its buttons work', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.locator('.sidebar .row', { hasText: 'Steady' }).click();
    await server.action('openHome');
    await page.getByRole('button', { name: 'Home', exact: true }).click();
    await page.locator('.home').getByRole('button', { name: 'Mitigated' }).click();
    const sent = await server.action('viewAction');
    expect(sent).toMatchObject({ action: { action_id: 'mitigate', block_id: 'card' } });
    expect(sent).not.toHaveProperty('view');
  });

  test('what is unread is read once it is in front', async () => {
    await using at = await visitor.visit(CANNED);
    expect(await at.server.action('read')).toMatchObject({ conversation: 'C0INC' });
    expect(await at.page.locator('.sidebar .badge').allTextContents()).toEqual(['1', '1']);
  });

  test('an app or a sandbox that is away is said so', async () => {
    await using at = await visitor.visit(changed({ app: { ...CANNED.app, online: false } }));
    await at.page.getByText('Steady is offline.').waitFor();
    at.server.vanish();
    await at.page.getByText('The sandbox does not answer.').waitFor();
  });

  test('pictures open large, with their words', async () => {
    await using at = await visitor.visit(CANNED);
    const { page } = at;
    await page.getByRole('button', { name: 'Enlarge: Checkout errors rise at 13:57' }).first().click();
    const shown = page.getByRole('dialog').getByRole('img', { name: 'Checkout errors rise at 13:57' });
    await shown.waitFor();
    expect(
      await shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
  });
});
