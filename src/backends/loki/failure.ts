import { BackendError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/**
 * What an answer that is not a success means. Loki says it in plain text; a page or the text of an access proxy is not
 * repeated. `quote` makes the server's text safe to show.
 */
export function lokiFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: Omit<StatusContext, 'said' | 'misplaced'>,
): BackendError {
  const { title, section } = context;
  const text = textOf(answer);
  const said = quote(text).replace(/\.$/, '');
  if (answer.status === 401 && /^no org id\s*$/.test(text))
    return new BackendError('unauthorized', `${title} serves several tenants and was told none (401).`, {
      asked: title,
      nextStep: `Whoever runs Steady sets \`org_id\` in \`${section}\`.`,
    });
  if ((answer.status === 400 || answer.status === 422) && said !== '') {
    const position = positionOf(text);
    return new BackendError('bad-query', `${title} refuses the query: ${said}.`, {
      asked: title,
      ...(position && { position }),
      nextStep: 'Correct it and ask again.',
    });
  }
  const mayRepeat = answer.status !== 401 && answer.status !== 403;
  return statusFailure(answer, {
    ...context,
    said: mayRepeat ? said : '',
    misplaced: misplaced({ title, product: 'Loki' }),
  });
}

function textOf(answer: HttpAnswer): string {
  const text = answer.body.text(64 * 1024).trim();
  if (text.startsWith('<')) return '';
  if (!text.startsWith('{')) return text;
  try {
    return errorAnswer.safeParse(JSON.parse(text)).data ?? '';
  } catch {
    return '';
  }
}

/** `parse error at line 1, col 20: …`, both counted from 1. */
function positionOf(text: string): { readonly line: number; readonly column: number } | undefined {
  const found = /\bline (\d{1,6}), col (\d{1,6}):/.exec(text.slice(0, 1_000));
  return found ? { line: Number(found[1]), column: Number(found[2]) } : undefined;
}
