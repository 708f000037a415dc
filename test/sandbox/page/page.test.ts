import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageState } from '../../../src/sandbox/page-contract.ts';
import { realServer } from '../../real-servers.ts';
import { openVisitor, type Visitor } from './browser.ts';
import { statusCard } from './canned-blocks.ts';
import { CANNED, EMPTY, KAI, LEA, MARA, message, NOW, ts } from './canned-state.ts';

const executable = realServer('chromium');
const MAIN = '.main .message';

describe.skipIf(executable === undefined)('the page of the sandbox', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await openVisitor(executable ?? '');
  });
  afterAll(() => visitor.close());

  const changed = (patch: Partial<PageState>): PageState => ({ ...CANNED, ...patch });

  test('shows channels, people, messages and days, and asks nobody else for anything', async () => {
    await using at = await visitor.visit(CANNED);
    const { page } = at;
    await page.locator('.reply-bar').click();
    expect(await page.locator('.sidebar .row-name').allTextContents()).toEqual([
      'inc-42-checkout',
      'general',
      'platform-operations-and-reliability-engineering',
      'security',
      'Kai',
      MARA.displayName,
      'Steady',
    ]);
    expect(await page.locator('.main .day').allTextContents()).toEqual(['Yesterday', 'Today']);
    const card = page.locator(`${MAIN}.pinned`);
    expect(await card.locator('.block.header').textContent()).toContain('INC-42 · P1');
    // 14:00 UTC is 14:00 in Berlin an hour later; the card is 70 minutes old.
    expect(await card.locator('.byline time').textContent()).toBe('14:00');
    expect(await page.locator('.main .message.grouped').count()).toBe(2);
    expect(await page.locator('.main .ephemeral').textContent()).toContain('Only visible to you');
    expect(await page.locator('.main .system').first().textContent()).toContain('has joined the channel');
    expect(at.wrong).toEqual([]);
  });

  test('times follow the person one is', async () => {
    await using at = await visitor.visit(CANNED);
    const { page } = at;
    await page.getByRole('button', { name: /You are Lea/ }).click();
    await page.getByRole('menuitemradio', { name: /Kai/ }).click();
    await page.getByRole('button', { name: /You are Kai/ }).waitFor();
    expect(await page.locator(`${MAIN}.pinned .byline time`).textContent()).toBe('22:00');
    await page.reload();
    await page.getByRole('button', { name: /You are Kai/ }).waitFor();
  });

  test('Enter sends, Shift+Enter breaks the line, a refusal stays in the composer', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    const box = page.getByRole('combobox', { name: 'Message #inc-42-checkout' });
    await box.fill('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    await box.press('Enter');
    const sent = await server.action('post');
    expect(sent).toEqual({ as: LEA.id, kind: 'post', conversation: 'C0INC', text: 'one\ntwo' });
    await expect.poll(() => box.inputValue()).toBe('');

    server.answer(() => ({ ok: false, error: 'This channel is read-only.' }));
    await box.fill('kept');
    await box.press('Enter');
    await page.getByText('This channel is read-only.').waitFor();
    expect(await box.inputValue()).toBe('kept');
  });

  test('suggestions fill the composer and go once used', async () => {
    await using at = await visitor.visit(EMPTY);
    const { page, server } = at;
    await page.getByRole('button', { name: '@Steady help' }).click();
    const box = page.getByRole('combobox', { name: 'Message #general' });
    expect(await box.inputValue()).toBe('@Steady help');
    await box.press('Enter');
    await server.action('post');
    await page.getByRole('button', { name: '@Steady help' }).waitFor({ state: 'detached' });
    await page.getByText('This is the beginning of').first().waitFor();
    expect(await page.locator('.chip').count()).toBe(0);
    server.change((state) => ({ ...state, messages: { C0GEN: [message(1, KAI.id, 'hello')] } }));
    await expect.poll(() => page.locator('.chip').allTextContents()).toEqual(CANNED.suggestions.slice(0, 2));
  });

  test('mentions and commands complete from the keyboard', async () => {
    await using at = await visitor.visit(CANNED);
    const box = at.page.getByRole('combobox', { name: 'Message #inc-42-checkout' });
    await box.pressSequentially('hi @ka');
    await at.page.getByRole('option', { name: /Kai/ }).waitFor();
    await box.press('Enter');
    expect(await box.inputValue()).toBe('hi @Kai ');
    await box.fill('');
    await box.pressSequentially('/');
    await at.page.getByRole('option', { name: /Ask Steady/ }).waitFor();
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/steady ');
    expect(at.server.actions.filter((action) => action.kind === 'post')).toEqual([]);
  });

  test('the keyboard walks the messages and opens what can be done with one', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.getByRole('log', { name: 'Messages' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const focused = () => page.evaluate('document.activeElement?.dataset.ts');
    expect(await focused()).toBe(ts(12));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Reply in thread' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await server.action('pin')).toMatchObject({ ts: ts(12) });
    expect(await focused()).toBe(ts(12));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe(
      'Add to the timeline: 📌',
    );
  });

  test('a slash command in a thread is refused in words, with the way round it', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.locator('.reply-bar').click();
    const box = page.getByRole('combobox', { name: 'Reply…' });
    await box.fill('/steady status');
    await page.getByText('Slack blocks slash commands in threads').waitFor();
    await box.press('Enter');
    await page.getByRole('button', { name: 'Use @Steady instead' }).click();
    await box.press('Enter');
    const sent = await server.action('post');
    expect(sent).toMatchObject({ text: '@Steady status', threadTs: ts(70) });
    expect(server.actions.filter((action) => action.kind === 'post')).toHaveLength(1);
  });

  test('buttons, selects and overflow send what Slack would', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    await page.getByRole('button', { name: 'Post as is' }).click();
    expect(await server.action('messageAction')).toMatchObject({
      conversation: 'C0INC',
      ts: ts(3),
      action: { type: 'button', action_id: 'post', block_id: 'ladder', value: 'INC-42' },
      state: { ladder: { snooze: { type: 'static_select', selected_option: null } } },
    });
    let from = server.actions.length;
    await page.getByLabel('Snooze').selectOption('phone-10');
    expect(await server.action('messageAction', from)).toMatchObject({
      action: { type: 'static_select', action_id: 'snooze', selected_option: { value: 'phone-10' } },
      state: { ladder: { snooze: { selected_option: { value: 'phone-10' } } } },
    });
    from = server.actions.length;
    await page.locator('.message').last().getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Hand off' }).click();
    expect(await server.action('messageAction', from)).toMatchObject({
      action: { type: 'overflow', selected_option: { value: 'handoff' } },
    });
  });

  test('a confirm dialog stands between a dangerous button and its action', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    const clicks = () => server.actions.filter((action) => action.kind === 'messageAction').length;
    await page.getByRole('button', { name: 'Cancel incident' }).click();
    await page.getByRole('button', { name: 'Keep' }).click();
    expect(clicks()).toBe(0);
    await page.getByRole('button', { name: 'Cancel incident' }).click();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    expect(await server.action('messageAction')).toMatchObject({ action: { action_id: 'drop' } });
  });

  test('a refused click becomes a toast', async () => {
    await using at = await visitor.visit(CANNED);
    at.server.answer(() => ({ ok: false, error: 'Steady did not answer within 3 seconds.' }));
    await at.page.getByRole('button', { name: 'Post as is' }).click();
    await at.page.locator('.toast.error', { hasText: 'did not answer' }).waitFor();
  });

  test('reactions, pins, threads and shortcuts from the bar over a message', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    const row = page.locator(`.main [data-ts="${ts(50)}"]`);
    await row.hover();
    await row.getByRole('button', { name: 'Add to the timeline: 📌' }).click();
    expect(await server.action('react')).toMatchObject({ ts: ts(50), name: 'pushpin' });
    await page.locator(`${MAIN}.pinned .reaction`).click();
    expect(await server.action('unreact')).toMatchObject({ ts: ts(70), name: 'pushpin' });
    await row.hover();
    await row.getByRole('button', { name: 'Pin to channel' }).click();
    expect(await server.action('pin')).toMatchObject({ ts: ts(50) });
    await row.hover();
    await row.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Add to timeline' }).click();
    expect(await server.action('messageShortcut')).toMatchObject({ ts: ts(50), callbackId: 'note' });
    await row.hover();
    await row.getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' });
  });

  test('one edits and deletes only what one wrote', async () => {
    await using at = await visitor.visit(CANNED);
    const { page, server } = at;
    const theirs = page.locator(`.main [data-ts="${ts(50)}"]`);
    await theirs.hover();
    await theirs.getByRole('button', { name: 'More actions' }).click();
    expect(await page.getByRole('menuitem', { name: 'Edit message' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Message #inc-42-checkout' }).press('ArrowUp');
    const edit = page.getByRole('textbox', { name: 'Edit message' });
    expect(await edit.inputValue()).toBe('The graph everyone asked for.');
    await edit.fill('The graph.');
    await edit.press('Enter');
    expect(await server.action('edit')).toMatchObject({ ts: ts(40), text: 'The graph.' });
    const mine = page.locator(`.main [data-ts="${ts(40)}"]`);
    await mine.hover();
    await mine.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    expect(await server.action('delete')).toMatchObject({ ts: ts(40) });
  });

  test('hostile text stays text', async () => {
    const hostile = '&lt;img src=x onerror=alert(1)&gt; &lt;!channel&gt; <javascript:alert(1)|press>';
    const state = changed({
      messages: {
        ...CANNED.messages,
        C0INC: [
          message(2, KAI.id, hostile),
          message(1, 'U0BOT', '', {
            blocks: [
              {
                type: 'rich_text',
                block_id: 'r',
                elements: [
                  {
                    type: 'rich_text_section',
                    elements: [
                      { type: 'text', text: '<script>alert(1)</script> *no* <@U0LEA>' },
                      { type: 'link', url: 'javascript:alert(1)', text: 'press' },
                    ],
                  },
                ],
              },
            ],
          }),
        ],
      },
    });
    await using at = await visitor.visit(state);
    const text = await at.page.locator('.main .message').allTextContents();
    expect(text[0]).toContain('<img src=x onerror=alert(1)> <!channel> <javascript:alert(1)|press>');
    expect(text[1]).toContain('<script>alert(1)</script> *no* <@U0LEA>');
    expect(
      await at.page
        .locator(
          '.main .message img, .main .message script, .main .message .mention, .main .message .content a',
        )
        .count(),
    ).toBe(0);
    expect(at.wrong).toEqual([]);
  });

  test('a malformed block takes nothing else with it', async () => {
    const broken = message(2, 'U0BOT', 'x', { blocks: [{ type: 'section', fields: 5 }, ...statusCard] });
    const messages = { ...CANNED.messages, C0INC: [broken, message(1, KAI.id, 'still here')] };
    await using at = await visitor.visit(changed({ messages }));
    await at.page.getByText('is malformed; Slack would refuse it').waitFor();
    await at.page.getByText('still here').waitFor();
    expect(await at.page.locator('.main .block.header').count()).toBe(1);
  });

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
