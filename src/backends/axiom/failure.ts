import { BackendError, type BackendErrorDetails } from '../../domain/errors.ts';
import { type Instant, SECOND } from '../../domain/time.ts';
import type { HttpAnswer } from '../http-client.ts';
import { retryTime, type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
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

/**
 * Requests are limited per minute, queries by GB·ms; the headers say which limit is used up and when it starts anew, in seconds
 * since the epoch.
 */
function limited(
  { headers, ...answer }: HttpAnswer,
  said: string,
  { title, now }: AxiomContext,
  details: BackendErrorDetails,
): BackendError {
  const read = (name: string) => {
    const text = headers[name]?.trim() ?? '';
    return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  };
  const query = read('x-querylimit-remaining') === 0 && read('x-ratelimit-remaining') !== 0;
  const prefix = query ? 'x-querylimit' : 'x-ratelimit';
  const limit = read(`${prefix}-limit`);
  const scope = headers['x-ratelimit-scope'] === 'organization' ? 'of the organisation' : 'of the token';
  const amount =
    limit === undefined
      ? ''
      : query
        ? `: the query limit of ${limit.toLocaleString('en')} GB·ms is used up`
        : `: the limit ${scope}, ${limit.toLocaleString('en')} a minute, is used up`;
  const quoted = amount === '' && said !== '' ? `: ${said}` : amount;
  const retryAt = resetAt(read(`${prefix}-reset`), now) ?? retryTime({ headers, ...answer }, now);
  return new BackendError('rate-limited', `${title} accepts no more questions for now (429)${quoted}.`, {
    ...details,
    ...(retryAt !== undefined && { retryAt }),
    nextStep: retryAt === undefined ? 'Ask again in a minute.' : 'Ask again then.',
  });
}

function resetAt(seconds: number | undefined, now: Instant): Instant | undefined {
  return seconds === undefined ? undefined : Math.max(now, seconds * SECOND);
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
