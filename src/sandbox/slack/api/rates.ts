import type { Duration, Instant } from '../../../domain/time.ts';
import { rateLimited } from './api-error.ts';
import type { Tier } from './method.ts';

const PER_MINUTE: Readonly<Record<1 | 2 | 3 | 4, number>> = { 1: 1, 2: 20, 3: 50, 4: 100 };
const MINUTE: Duration = 60_000;
/** Posts that a channel takes at once before it is held to one per second. */
const POST_BURST = 4;

/** Throws `ratelimited` when a key was used as often as its tier allows. */
export interface Rates {
  tier(tier: Tier, key: string): void;
  /** Commercial apps outside the Marketplace read history once a minute. https://docs.slack.dev/apis/web-api/rate-limits */
  restricted(key: string): void;
}

export function createRates(now: () => Instant): Rates {
  const used = new Map<string, Instant[]>();
  function take(key: string, most: number, span: Duration): void {
    const recent = (used.get(key) ?? []).filter((at) => at > now() - span);
    used.set(key, recent);
    const oldest = recent[0];
    if (recent.length >= most && oldest !== undefined) throw rateLimited((oldest + span - now()) / 1000);
    recent.push(now());
  }
  return {
    tier(tier, key) {
      if (tier === 'none') return;
      if (tier === 'post') take(key, POST_BURST, POST_BURST * 1000);
      else take(key, PER_MINUTE[tier], MINUTE);
    },
    restricted: (key) => take(`restricted ${key}`, 1, MINUTE),
  };
}
