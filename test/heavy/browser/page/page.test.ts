import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageState } from '../../../../src/sandbox/page-contract.ts';
import { realServer } from '../../../real-servers.ts';
import { openVisitor, type Visitor } from '../../../sandbox/page/browser.ts';
import { statusCard } from '../../../sandbox/page/canned-blocks.ts';
import { CANNED, EMPTY, KAI, LEA, MARA, message, ts } from '../../../sandbox/page/canned-state.ts';

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
});
