import { BackendError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/** The documented `{status, errorType, error}` of an answer that failed; undefined where it is something else. */
export function readError(answer: HttpAnswer): { readonly type: string; readonly text: string } | undefined {
  try {
    const error = errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024)));
    return error.success
      ? { type: String(error.data.errorType ?? ''), text: error.data.error ?? '' }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What an answer that is not a success means, by `errorType` and else by status (a proxy in front, or VictoriaMetrics,
 * whose `errorType` repeats the status). `quote` makes the server's text safe to show.
 */
export function prometheusFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: Omit<StatusContext, 'said' | 'misplaced'>,
): BackendError {
  const { title } = context;
  const error = readError(answer);
  const said = error ? quote(error.text).replace(/\.$/, '') : '';
  const details = { asked: title, ...(context.command !== undefined && { command: context.command }) };
  switch (error?.type) {
    case 'bad_data': {
      const position = positionOf(said);
      return new BackendError('bad-query', `${title} refuses the query: ${said}.`, {
        asked: title,
        ...(position && { position }),
        nextStep: 'Correct it and ask again.',
      });
    }
    case 'execution':
      return new BackendError('bad-query', `${title} could not evaluate the query: ${said}.`, {
        asked: title,
        nextStep: 'Correct it and ask again.',
      });
    case 'timeout':
    case 'canceled':
      return new BackendError('timeout', `${title} gave the query up: ${said}.`, {
        ...details,
        nextStep: 'Ask for a shorter window, a larger step or fewer series.',
      });
    default:
      return statusFailure(answer, {
        ...context,
        said,
        misplaced: misplaced({ title, product: 'Prometheus' }),
      });
  }
}

/** `1:17: parse error: …`, after `invalid parameter "query": ` or at the start. */
function positionOf(said: string): { readonly line: number; readonly column: number } | undefined {
  const found = /(?:^|: )(\d{1,6}):(\d{1,6}): /.exec(said);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : undefined;
}
