import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageModal, PageState } from '../../../../src/sandbox/page-contract.ts';
import { realServer } from '../../../real-servers.ts';
import { openVisitor, type Visitor } from '../../../sandbox/page/browser.ts';
import { CANNED, LEA, MODAL } from '../../../sandbox/page/canned-state.ts';

const executable = realServer('chromium');
const withModals = (...modals: readonly PageModal[]): PageState => ({ ...CANNED, modals });

describe.skipIf(executable === undefined)('modals', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await openVisitor(executable ?? '');
  });
  afterAll(() => visitor.close());

  test('every element gives its value on submit', async () => {
    await using at = await visitor.visit(withModals(MODAL));
    const { page, server } = at;
    const dialog = page.getByRole('dialog', { name: 'Declare incident' });
    await dialog.getByRole('button', { name: 'Declare' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    expect(server.actions.some((action) => action.kind === 'submit')).toBe(false);

    await dialog.getByRole('textbox', { name: 'What is broken?' }).fill('Checkout is down');
    await dialog.getByRole('combobox', { name: 'Severity' }).selectOption('P1');
    await dialog.getByLabel('Impact since').fill('2026-11-22');
    await dialog.getByLabel('First update by').fill('2026-11-23T17:00');
    await dialog.getByRole('radio', { name: 'Drill' }).check();
    await dialog.getByRole('checkbox', { name: 'Announce it' }).check();
    await dialog.getByRole('group', { name: 'Invite' }).getByRole('checkbox', { name: 'Kai' }).check();
    await dialog.getByRole('button', { name: 'Declare' }).click();
    const sent = await server.action('submit');
    expect(sent.view).toBe('V1');
    expect(sent.as).toBe(LEA.id);
    expect(sent.state).toMatchObject({
      title: { v: { type: 'plain_text_input', value: 'Checkout is down' } },
      severity: { v: { selected_option: { value: 'P1' } } },
      where: { v: { selected_conversation: 'C0INC' } },
      lead: { v: { selected_user: 'U0KAI' } },
      day: { v: { selected_date: '2026-11-22' } },
      time: { v: { selected_time: '13:58' } },
      due: { v: { selected_date_time: Date.UTC(2026, 10, 23, 16) / 1000 } },
      kind: { v: { selected_option: { value: 'drill' } } },
      also: { v: { selected_options: [{ value: 'announce' }] } },
      who: { v: { selected_users: ['U0KAI'] } },
    });
    expect(at.wrong).toEqual([]);
  });

  test('errors from the app stand under their input, and what was typed stays', async () => {
    await using at = await visitor.visit(withModals(MODAL));
    const { page, server } = at;
    const title = page.getByRole('textbox', { name: 'What is broken?' });
    await title.fill('down');
    server.change((state) => ({
      ...state,
      modals: [{ ...MODAL, hash: 'h2', errors: { title: 'Say what a customer sees.' } }],
    }));
    await page.getByText('Say what a customer sees.').waitFor();
    expect(await title.inputValue()).toBe('down');
    expect(await title.getAttribute('aria-invalid')).toBe('true');
  });

  test('an input with dispatch is sent while typing', async () => {
    await using at = await visitor.visit(withModals(MODAL));
    await at.page.getByRole('textbox', { name: 'Notes' }).pressSequentially('x');
    expect(await at.server.action('viewAction')).toMatchObject({
      view: 'V1',
      action: { type: 'plain_text_input', action_id: 'v', block_id: 'notes', value: 'x' },
      state: { notes: { v: { value: 'x' } } },
    });
  });

  test('Escape closes the one on top, with what was typed; the one below comes back', async () => {
    const upper: PageModal = { ...MODAL, id: 'V2', title: 'Are you sure' };
    await using at = await visitor.visit(withModals(MODAL, upper));
    const { page, server } = at;
    await page.getByRole('dialog', { name: 'Are you sure' }).waitFor();
    await page.getByRole('textbox', { name: 'What is broken?' }).fill('draft');
    await page.keyboard.press('Escape');
    expect(await server.action('close')).toMatchObject({
      view: 'V2',
      state: { title: { v: { value: 'draft' } } },
    });
    server.change((state) => ({ ...state, modals: [MODAL] }));
    await page.getByRole('dialog', { name: 'Declare incident' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'What is broken?' }).inputValue()).toBe('');
  });

  test('a submit that fails says so and keeps the modal', async () => {
    await using at = await visitor.visit(withModals(MODAL));
    const { page, server } = at;
    server.answer(() => ({ ok: false, error: 'We had some trouble connecting. Try again?' }));
    await page.getByRole('textbox', { name: 'What is broken?' }).fill('down');
    await page.getByRole('button', { name: 'Declare', exact: true }).click();
    await page.getByText('We had some trouble connecting.').waitFor();
    expect(await page.getByRole('dialog', { name: 'Declare incident' }).isVisible()).toBe(true);
  });
});
