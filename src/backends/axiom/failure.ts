import { BackendError, type BackendErrorDetails } from '../../domain/errors.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { retryTime, type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { readLimit } from './limits.ts';
import { errorAnswer } from './schema.ts';

/** What was asked for, so that missing access can be named. */
export interface AxiomContext extends Omit<StatusContext, 'said' | 'misplaced'> {
  /** The capability that the request needs, as Axiom's token page calls it: `query of checkout-logs`. */
  readonly needs: string;
}

/** What an answer that is not a success means. `quote` makes the server's text safe to show. https://axiom.co/docs/restapi/api-limits */
export function axiomFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: AxiomContext,
): BackendError {
  const { title, command } = context;
  const { text, position } = wordsOf(answer);
  const said = quote(text).replace(/\.$/, '');
  const trace = quote(answer.headers['x-axiom-trace-id'] ?? '');
  const traced = /^[\w-]{1,80}$/.test(trace) ? ` Trace ${trace}.` : '';
  const details: BackendErrorDetails = { asked: title, ...(command !== undefined && { command }) };
  const { status } = answer;
  if (status === 400 && said !== '')
    return new BackendError('bad-query', `${title} refuses the query: ${said}.`, {
      asked: title,
      ...(position && { position }),
      nextStep: 'Correct it and ask again.',
    });
  if (status === 403)
    return new BackendError('unauthorized', `${title} does not let Steady read this (403).${traced}`, {
      ...details,
      nextStep: `Someone who administers Axiom can give Steady's token ${context.needs}; or run the command and paste the answer.`,
    });
  if (status === 404 && said !== '')
    return new BackendError('unknown-source', `${title} does not know what was asked for (404): ${said}.`, {
      asked: title,
      nextStep: 'List what there is with `discover axiom`.',
    });
  if (status === 429) return limited(answer, said, context, details);
  if (status === 432)
    return new BackendError('too-large', `${title} ran out of memory for this query (432).${traced}`, {
      asked: title,
      nextStep: 'Ask for a shorter time, `project` fewer fields, or avoid `parse_json` and `pack(*)`.',
    });
  const mayRepeat = status !== 401;
  const failure = statusFailure(answer, {
    ...context,
    said: mayRepeat ? said : '',
    misplaced: misplaced({ title, product: 'Axiom' }),
  });
  return traced === ''
    ? failure
    : new BackendError(failure.failure, `${failure.message}${traced}`, failure.details);
}

/** Which limit is used up, and when it starts anew. */
function limited(
  answer: HttpAnswer,
  said: string,
  { title, now }: AxiomContext,
  details: BackendErrorDetails,
): BackendError {
  const { headers } = answer;
  const query = readLimit(headers, 'x-querylimit', now);
  const requests = readLimit(headers, 'x-ratelimit', now);
  const ofQueries = query.remaining === 0 && requests.remaining !== 0;
  const { limit, resetAt } = ofQueries ? query : requests;
  const scope = headers['x-ratelimit-scope'] === 'organization' ? 'of the organisation' : 'of the token';
  const amount =
    limit === undefined
      ? ''
      : ofQueries
        ? `: the query limit of ${limit.toLocaleString('en')} GB·ms is used up`
        : `: the limit ${scope}, ${limit.toLocaleString('en')} a minute, is used up`;
  const quoted = amount === '' && said !== '' ? `: ${said}` : amount;
  const retryAt = resetAt ?? retryTime(answer, now);
  return new BackendError('rate-limited', `${title} accepts no more questions for now (429)${quoted}.`, {
    ...details,
    ...(retryAt !== undefined && { retryAt }),
    nextStep: retryAt === undefined ? 'Ask again in a minute.' : 'Ask again then.',
  });
}

function wordsOf(answer: HttpAnswer): {
  readonly text: string;
  readonly position?: { readonly line: number; readonly column: number };
} {
  try {
    const read = errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024)));
    if (!read.success) return { text: '' };
    const { message, error, detail } = read.data;
    const text = detail?.message || message || error || '';
    const { line, column } = detail ?? {};
    return line != null && column != null ? { text, position: { line, column } } : { text };
  } catch {
    return { text: '' };
  }
}
