import { BackendError } from '../../domain/errors.ts';
import { type Instant, SECOND } from '../../domain/time.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type StatusContext, statusFailure } from '../status-failure.ts';
import { misplaced } from '../unreadable.ts';
import { errorAnswer } from './schema.ts';

/** What was being asked, as far as it helps to say who must act. */
export interface SentryContext extends Omit<StatusContext, 'said' | 'misplaced'> {
  readonly organization: string;
  /** Where the search that was sent begins in the query; undefined where no place can be told. */
  readonly at?: number | undefined;
}

/** What a token needs to read; README says the same. https://docs.sentry.io/api/permissions/ */
const SCOPES = '`event:read`, `org:read` and `project:read`';

/** What an answer that is not a success means. `quote` makes the server's text safe to show. */
export function sentryFailure(
  answer: HttpAnswer,
  quote: (text: string) => string,
  context: SentryContext,
): BackendError {
  const { title, organization, section, at } = context;
  const { status } = answer;
  const text = textOf(answer);
  const said = quote(text).replace(/\.$/, '');
  if (status === 400 && said !== '') {
    const column = /\(column (\d{1,6})\)/.exec(text.slice(0, 2_000))?.[1];
    return new BackendError('bad-query', `${title} refuses the search: ${said}.`, {
      asked: title,
      ...(at !== undefined && column !== undefined && { position: { line: 1, column: at + Number(column) } }),
      nextStep: 'Correct it and ask again.',
    });
  }
  if (status === 403)
    return new BackendError(
      'unauthorized',
      `${title} does not let Steady read this (403)${said === '' ? '' : `: ${said}`}.`,
      {
        asked: title,
        ...(context.command !== undefined && { command: context.command }),
        nextStep: `Its token needs ${SCOPES} on \`${organization}\`; whoever administers the organization can grant them. Or run the command and paste the answer.`,
      },
    );
  if (status === 404 && said !== '')
    return new BackendError(
      'unavailable',
      `${title} knows no organization \`${organization}\` with this, or its token may not see it (404).`,
      {
        asked: title,
        nextStep: `Check \`organization_slug\` in \`${section}\`, and that its token belongs to that organization.`,
      },
    );
  return statusFailure(withReset(answer, context.now), {
    ...context,
    said: status === 429 ? [said, limits(answer)].filter(Boolean).join('; ') : said,
    misplaced: misplaced({ title, product: 'Sentry' }),
  });
}

/** Sentry says when a limit ends in a header of its own: https://docs.sentry.io/api/ratelimits/ */
function withReset(answer: HttpAnswer, now: Instant): HttpAnswer {
  const reset = answer.headers['x-sentry-rate-limit-reset'];
  if (answer.status !== 429 || reset === undefined || answer.headers['retry-after'] !== undefined)
    return answer;
  if (!/^\d{1,12}$/.test(reset)) return answer;
  const wait = Math.max(0, Math.ceil((Number(reset) * SECOND - now) / SECOND));
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(wait) } };
}

function limits({ headers }: HttpAnswer): string {
  const limit = headers['x-sentry-rate-limit-limit'];
  const atOnce = headers['x-sentry-rate-limit-concurrentlimit'];
  if (headers['x-sentry-rate-limit-concurrentremaining'] === '0' && /^\d{1,9}$/.test(atOnce ?? ''))
    return `it answers ${atOnce} at a time`;
  return /^\d{1,9}$/.test(limit ?? '') ? `its limit here is ${limit}` : '';
}

function textOf(answer: HttpAnswer): string {
  try {
    return errorAnswer.safeParse(JSON.parse(answer.body.text(64 * 1024))).data ?? '';
  } catch {
    return '';
  }
}
