import { type Instant, MINUTE, type Window } from '../../domain/time.ts';

/** `product` keeps no history of alerts, so a question about an earlier time is not answered by what is so now. */
export function pastNote(product: string, asked: Window, askedAt: Instant): string | undefined {
  return askedAt - asked.to <= MINUTE
    ? undefined
    : `${product} knows only what is so now, not at the time asked for; \`prom ALERTS\` with that time shows what fired then.`;
}
