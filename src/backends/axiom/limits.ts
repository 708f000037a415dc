import { type Instant, SECOND } from '../../domain/time.ts';

type Headers = Readonly<Record<string, string>>;

/** One of Axiom's limits, as every answer's headers tell it. https://axiom.co/docs/restapi/api-limits */
export interface Limit {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  readonly resetAt: Instant | undefined;
}

/** Requests a minute, or what queries may read in GB·ms. */
export function readLimit(headers: Headers, kind: 'x-ratelimit' | 'x-querylimit', now: Instant): Limit {
  const read = (name: string) => {
    const text = headers[`${kind}-${name}`]?.trim() ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  };
  const reset = read('reset');
  return {
    limit: read('limit'),
    remaining: read('remaining'),
    resetAt: reset === undefined ? undefined : Math.max(now, reset * SECOND),
  };
}

/** Said before the limit is used up, not only when nothing can be asked any more. */
export function limitNote(headers: Headers, now: Instant): string | undefined {
  const { limit, remaining, resetAt } = readLimit(headers, 'x-querylimit', now);
  if (limit === undefined || remaining === undefined || remaining > 0.1 * limit) return undefined;
  const until = resetAt === undefined ? '' : ` until ${new Date(resetAt).toISOString().slice(11, 16)} UTC`;
  return `Of Axiom's query limit ${remaining.toLocaleString('en')} of ${limit.toLocaleString('en')} GB·ms are left${until}.`;
}
