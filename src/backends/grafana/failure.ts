import { BackendError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/** What an answer of Grafana itself means that is not a success. `quote` makes the server's text safe to show. */
export function grafanaFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: Omit<StatusContext, 'said' | 'misplaced'> & { readonly list: string },
): BackendError {
  const { title, list } = context;
  const said = quote(textOf(answer)).replace(/\.$/, '');
  if (answer.status === 404 && /^data source not found/i.test(said))
    return new BackendError('unknown-source', `${title} has that data source no longer (404).`, {
      asked: title,
      nextStep: `List what there is with \`${list}\`.`,
    });
  return statusFailure(answer, {
    ...context,
    said,
    misplaced: misplaced({ title, product: 'Grafana' }),
  });
}

/** What a data source says of a query that it refuses. */
export function refusedQuery(said: string, title: string): BackendError {
  const place =
    /(?:^|[\s:])(\d{1,6}):(\d{1,6}): /.exec(said) ?? /\bline (\d{1,6}),? col(?:umn)? (\d{1,6})\b/i.exec(said);
  return new BackendError('bad-query', `${title} refuses the query: ${said.replace(/\.$/, '')}.`, {
    asked: title,
    ...(place && { position: { line: Number(place[1]), column: Number(place[2]) } }),
    nextStep: 'Correct it and ask again.',
  });
}

/** The same failure as one of the whole Grafana; its place is counted in the whole query, of which the expression begins at `at`. */
export function retold(error: BackendError, title: string, at: number): BackendError {
  const { position, ...details } = error.details;
  const column = position?.line === 1 ? position.column + at : position?.column;
  return new BackendError(error.failure, error.message, {
    ...details,
    asked: title,
    ...(position && { position: { line: position.line, column: column ?? 1 } }),
  });
}

function textOf(answer: HttpAnswer): string {
  try {
    return errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data?.message ?? '';
  } catch {
    return '';
  }
}
