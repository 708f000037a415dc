import { BackendError, type BackendErrorDetails } from '../domain/errors.ts';
import { type Instant, SECOND } from '../domain/time.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** What an HTTP status alone says, in the words every backend shares. */
export interface StatusContext {
  /** As people name the deployment. */
  readonly title: string;
  /** The server's own words, from its documented error field, already safe to show; empty where there are none. */
  readonly said: string;
  /** A sentence on where this system's API is expected: for 404s and pages. */
  readonly misplaced: string;
  /** Where its settings are: `[prometheus.deployments.prod]`. */
  readonly section: string;
  readonly command?: string | undefined;
  readonly now: Instant;
}

export function statusFailure(answer: HttpAnswer, context: StatusContext): BackendError {
  const { title, said, section, command } = context;
  const { status } = answer;
  const quoted = said === '' ? '' : `: ${said}`;
  const details: BackendErrorDetails = { asked: title, ...(command !== undefined && { command }) };
  if (status === 401)
    return new BackendError('unauthorized', `${title} does not accept Steady's credentials (401)${quoted}.`, {
      ...details,
      nextStep: `Whoever runs Steady checks the credentials in \`${section}\`; or run the command and paste the answer.`,
    });
  if (status === 403)
    return new BackendError('unauthorized', `${title} does not let Steady read this (403)${quoted}.`, {
      ...details,
      nextStep: `Whoever administers ${title} can grant read access; or run the command and paste the answer.`,
    });
  if (status === 404)
    return new BackendError('unavailable', `${context.misplaced} (404).`, {
      ...details,
      nextStep: `Check \`url\` in \`${section}\`, path prefix included.`,
    });
  if (status === 408 || status === 504)
    return new BackendError('timeout', `${title} took too long (${status})${quoted}.`, {
      ...details,
      nextStep: 'Ask for a shorter window or a larger step.',
    });
  if (status === 413 || status === 414 || status === 431)
    return new BackendError(
      'too-large',
      `${title} finds the question too large (${status})${quoted}.`,
      details,
    );
  if (status === 429) {
    const retryAt = retryTime(answer, context.now);
    return new BackendError('rate-limited', `${title} accepts no more questions for now (429)${quoted}.`, {
      ...details,
      ...(retryAt !== undefined && { retryAt }),
      nextStep: retryAt === undefined ? 'Ask again in a minute.' : 'Ask again then.',
    });
  }
  if (status === 400 || status === 422)
    return new BackendError('bad-query', `${title} refuses the query (${status})${quoted}.`, {
      asked: title,
      nextStep: 'Correct it and ask again.',
    });
  if (status >= 500)
    return new BackendError('unavailable', `${title} has a problem of its own (${status})${quoted}.`, {
      ...details,
      nextStep: `Ask again in a moment; if it stays, whoever runs ${title} needs to know.`,
    });
  return new BackendError(
    'unavailable',
    `${title} answered with an unexpected status (${status})${quoted}.`,
    {
      ...details,
      nextStep: `Check \`url\` in \`${section}\`.`,
    },
  );
}

/** `Retry-After` in either of its forms; a time in the past counts as now. */
export function retryTime(answer: HttpAnswer, now: Instant): Instant | undefined {
  const text = answer.headers['retry-after']?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return now + Number(text) * SECOND;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(now, at);
}
