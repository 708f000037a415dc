import { BackendError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/**
 * What an answer that is not a success means. `at` is where the selector begins in the query, undefined where none was sent.
 * `quote` makes the server's text safe to show.
 */
export function pyroscopeFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: Omit<StatusContext, 'said' | 'misplaced'> & { readonly at?: number | undefined },
): BackendError {
  const { title, section, at } = context;
  const text = textOf(answer);
  const said = quote(text).replace(/\.$/, '');
  if (/\bno org id\b/.test(text))
    return new BackendError(
      'unauthorized',
      `${title} serves several tenants and was told none (${answer.status}).`,
      { asked: title, nextStep: `Whoever runs Steady sets \`org_id\` in \`${section}\`.` },
    );
  if ((answer.status === 400 || answer.status === 422) && said !== '') {
    // The selector is parsed by Prometheus' parser, which counts columns from 1.
    const column = /(?:^|[\s"])1:(\d{1,6}): /.exec(text.slice(0, 1_000))?.[1];
    return new BackendError('bad-query', `${title} refuses the query: ${said}.`, {
      asked: title,
      ...(at !== undefined && column !== undefined && { position: { line: 1, column: at + Number(column) } }),
      nextStep: /max_query_length|time range exceeds/.test(text)
        ? 'Ask for a shorter time.'
        : 'Correct it and ask again.',
    });
  }
  return statusFailure(answer, { ...context, said, misplaced: misplaced({ title, product: 'Pyroscope' }) });
}

function textOf(answer: HttpAnswer): string {
  try {
    return errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data?.message ?? '';
  } catch {
    return '';
  }
}
