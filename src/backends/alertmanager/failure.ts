import { BackendError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/**
 * What an answer that is not a success means. `at` is where the only matcher that was sent begins in the query, undefined where
 * there were several and the server does not say which it means. `quote` makes the server's text safe to show.
 */
export function alertmanagerFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: Omit<StatusContext, 'said' | 'misplaced'> & { readonly at?: number | undefined },
): BackendError {
  const { title, at } = context;
  const text = textOf(answer);
  const said = quote(text).replace(/\.$/, '');
  if (answer.status === 400 && said !== '') {
    // Newer versions begin with the place, `4:5: …`, counted from 0; older ones say none.
    const column = /^(\d{1,6}):\d{1,6}: /.exec(text)?.[1];
    return new BackendError('bad-query', `${title} refuses the matchers: ${said}.`, {
      asked: title,
      ...(at !== undefined &&
        column !== undefined && { position: { line: 1, column: at + Number(column) + 1 } }),
      nextStep: 'Correct them and ask again, as in `alerts severity="page"`.',
    });
  }
  return statusFailure(answer, {
    ...context,
    said,
    misplaced: misplaced({ title, product: 'Alertmanager' }),
  });
}

function textOf(answer: HttpAnswer): string {
  try {
    return errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data ?? '';
  } catch {
    return '';
  }
}
