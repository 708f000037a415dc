import type { Entry } from '../../src/domain/knowledge/entry.ts';
import { formatEntry } from '../../src/domain/knowledge/write-file.ts';
import { SECOND } from '../../src/domain/time.ts';

/** Words that teams write about, the first ones far more often than the last. */
const WORDS =
  'checkout payments latency error pool timeout deploy database connection retry queue rate limit memory cache certificate gateway cart search orders inventory session token kafka redis postgres replica failover rollback canary region zone quota throttle backlog consumer partition leak heap garbage collector dns resolver proxy ingress egress sidecar mesh circuit breaker fallback degraded saturation thundering herd cascade cancellation idempotent webhook signature ledger invoice refund currency tax shipping warehouse courier label tracking notification email template render worker scheduler cron batch export import archive retention snapshot restore vacuum index migration schema lock deadlock isolation transaction rounding overflow'.split(
    ' ',
  );

/** What people ask: words that many entries hold, that few do, that are misspelt, that none has. */
export const QUESTIONS: readonly string[] = [
  'checkout latency',
  'payments rate limit timeout',
  'connection pool database',
  'warehouse courier tracking label',
  'service number 4711',
  'chekout latnecy',
  'certifcate expired gateway',
  'what do we know about kafka consumer backlog',
  'zebra quagga',
  'retry',
];

const FROM = 1_735_689_600 * SECOND;

/** The text of a file of facts with so many entries; the same each time. */
export function fileOf(many: number): string {
  const entries = Array.from({ length: many }, (_, n) => formatEntry(entryOf(n)));
  return `# Facts\n\n${entries.join('\n')}`;
}

function entryOf(n: number): Entry {
  const word = chooser(n + 1);
  const said = Array.from({ length: 40 }, word);
  return {
    at: FROM + n * SECOND,
    key: `${word()} ${word()} of service number ${n}`,
    type: 'fact',
    tags: [word(), word()],
    used: n % 17,
    lastUsed: '2026-11-01',
    pinned: n % 97 === 0,
    body: `**Summary**\n\n${said.slice(0, 20).join(' ')}.\n\n**Details**\n\n${said.slice(20).join(' ')}.\n`,
  };
}

/** A small generator of its own: no chance in a measure. */
function chooser(seed: number): () => string {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    const share = state / 2_147_483_647;
    return WORDS[Math.floor(share ** 3 * WORDS.length)] ?? '';
  };
}
