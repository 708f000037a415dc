import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Seat } from './stage.ts';

export const QUESTIONS = [
  'Is the mechanism proven',
  'Was what would prove me wrong actually tested',
  'Were all assumptions tested',
  'Was every simpler explanation ruled out',
  'Without a fix',
] as const;
const CHECKS = ['Causation', 'Assumptions', 'Alternatives', 'Evidence gaps'] as const;

/** What it should show is asked before the query. */
export async function runsTest(seat: Seat, id: string, expected: string, query: string): Promise<void> {
  await seat.replies(`${id} · `).getByRole('button', { name: 'Run the test' }).first().click();
  const form = seat.page.getByRole('dialog', { name: `INC-1 test ${id}` });
  await form.getByLabel(`What does the answer show if ${id} is right?`).fill(expected);
  await form.getByLabel('The query').fill(`prom ${query} since:30m`);
  await form.getByRole('button', { name: 'Run it' }).click();
  await form.waitFor({ state: 'detached' });
}

/** The form of a proposed end: each question by the evidence that shows it. */
export async function answersFive(
  seat: Seat,
  answers: readonly string[],
  besides: (form: Locator) => Promise<void> = async () => {},
): Promise<void> {
  const form = await fillFive(seat, answers);
  await besides(form);
  await form.locator('.btn.primary').click();
  await form.waitFor({ state: 'detached' });
}

/** The same, not sent yet. */
export async function fillFive(seat: Seat, answers: readonly string[]): Promise<Locator> {
  await seat
    .messages('conclusion pending')
    .getByRole('button', { name: 'Answer the five questions' })
    .last()
    .click();
  const form = seat.page.getByRole('dialog');
  for (const [index, question] of QUESTIONS.entries())
    await form.getByRole('radiogroup', { name: question }).getByText(`Yes: ${answers[index]} `).click();
  expect(await seat.overflow()).toBe(0);
  return form;
}

/** The independent one, from their direct message: all solid, or one gap. */
export async function judges(seat: Seat, gap?: string): Promise<void> {
  await seat.messages('needs a second pair of eyes').last().getByRole('button', { name: 'Judge it' }).click();
  const form = seat.page.getByRole('dialog', { name: 'Judge INC-1' });
  for (const [index, check] of CHECKS.entries()) {
    const missing = check === 'Evidence gaps' ? gap : undefined;
    await form
      .getByRole('radiogroup', { name: check })
      .getByText(missing === undefined ? 'solid because' : 'gap:')
      .click();
    await form
      .getByLabel('Because, or the gap')
      .nth(index)
      .fill(missing ?? 'the 429s rise a minute before our 500s (E2)');
  }
  expect(await seat.overflow()).toBe(0);
  await form.getByRole('button', { name: 'Say so' }).click();
  await form.waitFor({ state: 'detached' });
}
