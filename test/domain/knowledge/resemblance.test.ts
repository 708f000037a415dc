import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proseOf } from '../../../src/domain/knowledge/body-parts.ts';
import { entriesOf, readFile } from '../../../src/domain/knowledge/read-file.ts';
import { type Recognisable, resembling, type Situation } from '../../../src/domain/knowledge/resemblance.ts';

const PATTERNS: readonly Recognisable[] = entriesOf(
  readFile('patterns', readFileSync(new URL('../../../kb/patterns.md', import.meta.url), 'utf8')),
).map((entry) => ({ kind: 'pattern', name: entry.key, tags: entry.tags, prose: proseOf(entry) }));

const past = (name: string, prose: string, more: Partial<Recognisable> = {}): Recognisable => ({
  kind: 'incident',
  name,
  tags: [],
  prose,
  ...more,
});

/** What a team has written down, and what ended here. */
const PAST: readonly Recognisable[] = [
  past(
    'INC-12 checkout 500s from a lowered rate limit',
    'payments lowered our limit to 200/s; our retries multiplied the calls',
    { tags: ['checkout', 'payments', 'rate-limit', 'retries'] },
  ),
  past('search returns nothing after the index rebuild', 'the alias pointed at an empty index', {
    service: 'search',
  }),
  past('INC-20 mails delayed: the queue of the mailer stood still', 'a poisonous message in partition 7', {
    tags: ['mailer', 'queue'],
  }),
  past('checkout slow', 'the connection pool of orders-db was full', { service: 'checkout' }),
  past('login fails for everybody', 'the identity provider rotated its keys', { service: 'auth' }),
  past('wrong prices in the shop', 'the currency table was imported twice', { service: 'catalog' }),
];

const names = (situation: Situation | string, among: readonly Recognisable[] = [...PATTERNS, ...PAST]) =>
  resembling(typeof situation === 'string' ? { title: situation } : situation, among).map(
    ({ one }) => one.name,
  );

/** Titles as people and alerts write them, with the pattern that a person would name. */
const LIKE: readonly (readonly [string, string])[] = [
  ['checkout 500s after deploy v2.3.45', 'bad deploy'],
  ['cart slow since the release', 'bad deploy'],
  ['payments timeout acquiring connection from pool', 'fixed capacity saturates'],
  ['PoolExhausted: 98% of connection pool in use', 'fixed capacity saturates'],
  ['KubePodCrashLooping cart-7f9 OOMKilled', 'resource exhaustion'],
  ['db-3: no space left on device', 'resource exhaustion'],
  ['CPUThrottlingHigh web', 'resource exhaustion'],
  ['orders consumer lag is growing on kafka', 'queue backlog'],
  ['x509: certificate has expired on api gateway', 'dns and certificates'],
  ['no such host resolving payments.internal', 'dns and certificates'],
  ['postgres locks pile up, writes slow', 'database trouble'],
  ['replication lag on a postgres replica', 'database trouble'],
  ['ledger answers 429, rate limit', 'external dependency'],
  ['upstream provider returns 503 to our calls', 'external dependency'],
  ['thundering herd after cache flush', 'thundering herd'],
  ['cron job starts a stampede at the full hour', 'thundering herd'],
  ['HighMemoryUsage: heap near limit', 'memory and garbage collection'],
  ['gc pause, p99 latency of api up', 'memory and garbage collection'],
  ['feature flag new-cart turned on, errors up', 'flag or configuration change'],
  ['ledger: context deadline exceeded', 'cancellation is not passed on'],
];

/** Near misses: a word or two in common, and nothing that a person would call the same. */
const UNLIKE: readonly string[] = [
  'checkout returns 500s',
  'api latency high',
  'errors in cart',
  'payments down',
  'certificate printing service is down',
  'Deploy failed in CI',
  'deploy blocked: runner out of memory',
  'the memory of a colleague: flowers',
  'office wifi down',
  'emails with wrong sender',
  'version mismatch in the docs',
  'billing migration postponed, customers ask',
  'ad spend limit reached for marketing',
  'flag football event page slow',
  'connection to the office printer lost',
  'user locked out of account',
  'queue at the coffee machine',
  'images cannot be uploaded',
  'refunds stuck',
  'mobile app crashes on start',
  'webhooks delivered twice',
  'customers cannot log in',
  'new pricing page returns 404',
  'test alert please ignore',
  'pool cover missing at the gym page',
  'search index page has a typo',
  'the mailer sends old logo',
  'shop closed on Sunday, banner wrong',
];

describe('what an incident looks like', () => {
  it.each(LIKE)('%s: %s first', (title, pattern) => {
    expect(names(title, PATTERNS)[0]).toBe(pattern);
  });

  it.each(UNLIKE)('%s: nothing', (title) => {
    expect(names(title, PATTERNS)).toEqual([]);
  });

  it('finds nothing among past incidents of other services for any of them', () => {
    const found = UNLIKE.filter((title) => !/checkout|search|login/.test(title)).flatMap((title) =>
      names(title, PAST),
    );
    expect(found).toEqual([]);
  });

  it('takes the same service and the same symptom for alike, the service or the symptom alone for nothing', () => {
    const checkout = { title: 'checkout returns 500s again', service: 'checkout' };
    expect(names(checkout)).toContain('INC-12 checkout 500s from a lowered rate limit');
    expect(names({ title: 'checkout shows the wrong logo', service: 'checkout' })).toEqual([]);
    expect(names({ title: 'catalog returns 500s', service: 'catalog' })).toEqual([]);
    expect(names({ title: 'checkout slow', service: 'checkout' })[0]).toBe('checkout slow');
  });

  it('says why: the service, words in a row, other words, as they were written', () => {
    const [first] = resembling(
      { title: 'Checkout: retries hit the rate limits of payments', service: 'checkout' },
      PAST,
    );
    expect(first?.like).toMatchObject({
      service: 'checkout',
      phrases: ['rate limits'],
      words: ['retries', 'payments'],
    });
  });

  it('reads the words of an alert as well as the title', () => {
    expect(
      names({ title: 'cart alert', alert: 'FIRING: connection pool exhausted on cart-db' }, PATTERNS),
    ).toEqual(['fixed capacity saturates']);
  });

  it('does not take what would rule something out for a likeness, nor code', () => {
    const body =
      'Errors in steps.\n\n**Rules it out**\n\n- The tax engine and the stock ledger agree\n\n```promql\ntax_engine_ledger\n```\n\n**First move**: wait for the moon phase.';
    const one: Recognisable = { kind: 'pattern', name: 'x', tags: [], prose: proseOf({ body }) };
    expect(resembling({ title: 'tax engine and stock ledger differ' }, [one])).toEqual([]);
    expect(resembling({ title: 'moon phase wrong' }, [one])).toHaveLength(1);
  });

  it('takes a word that many have for none', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      past(`acme region ${i}`, '', { tags: ['acme', 'emea'] }),
    );
    expect(names('acme emea errors', many)).toEqual([]);
    expect(names('acme emea errors', many.slice(0, 5))).toHaveLength(3);
  });

  it('names three at most, and none that is half as like as the best', () => {
    const strong = past('queue of mailer stuck', 'mailer queue partition stuck', { tags: ['mailer'] });
    const weak = past('mailer logo errors', '', {});
    const all = [strong, strong, strong, strong, weak];
    const found = resembling({ title: 'mailer queue stuck again: partition stuck', service: 'mailer' }, all);
    expect(found.map(({ one }) => one)).toEqual([strong, strong, strong]);
  });
});
