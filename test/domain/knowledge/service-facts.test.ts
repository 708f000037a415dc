import { describe, expect, it } from 'vitest';
import {
  ownerOf,
  serviceFactsOf,
  serviceLevelOf,
  servicesKnown,
} from '../../../src/domain/knowledge/service-facts.ts';
import type { Shelved } from '../../../src/domain/knowledge/shelf.ts';
import { DAY } from '../../../src/domain/time.ts';

const NOW = Date.UTC(2026, 10, 28);

function fact(shelf: string, key: string, body: string, more: Partial<Shelved['entry']> = {}): Shelved {
  const entry = { at: NOW, key, type: 'fact', tags: [], used: 0, pinned: false, body, ...more } as const;
  return { shelf, id: `${shelf}/${key}/${entry.at}`, kind: 'facts', entry };
}

const values = (all: readonly Shelved[], service: string) =>
  Object.fromEntries(Object.entries(serviceFactsOf(all, service)).map(([name, { value }]) => [name, value]));

describe('what facts say of a service', () => {
  it('reads its lines, however people and Slack wrote them', () => {
    const body = [
      'Takes the money.',
      '',
      '- **Dataset**: `traces`',
      'dashboard: <https://grafana.example.com/d/checkout|Grafana>',
      '* repo: [code](https://github.com/example/checkout)',
      'OWNER:   <@U0MARA1>  ',
      'slo: 99.9% over 30d',
      'nonsense: x',
      'channel:',
    ].join('\n');
    expect(values([fact('org/acme', 'Checkout', body)], 'checkout')).toEqual({
      dataset: 'traces',
      dashboard: 'https://grafana.example.com/d/checkout',
      repository: 'https://github.com/example/checkout',
      owner: '<@U0MARA1>',
      slo: '99.9% over 30d',
    });
  });

  it('is about the service that a line names, else its key or a tag', () => {
    const all = [
      fact('org/acme', 'the shop', 'service: checkout\ndataset: shop', { tags: ['cart'] }),
      fact('org/acme', 'mail', 'dataset: mails', { tags: ['mailer'] }),
    ];
    expect(values(all, 'checkout')).toEqual({ dataset: 'shop' });
    expect(values(all, 'the shop')).toEqual({});
    expect(values(all, 'cart')).toEqual({});
    expect(values(all, 'mail')).toEqual({ dataset: 'mails' });
    expect(values(all, 'MAILER')).toEqual({ dataset: 'mails' });
    expect(servicesKnown(all)).toEqual(['checkout', 'mail']);
  });

  it('lets one’s own say it before the team’s before what ships, line by line; of one tier the newest', () => {
    const all = [
      fact('shipped', 'checkout', 'dataset: a\nslo: 99%'),
      fact('org/acme', 'checkout', 'dataset: b\nowner: U0OLD11', { at: NOW - DAY }),
      fact('org/acme', 'checkout more', 'service: checkout\nowner: U0NEW11\nowner: U0SECOND', { at: NOW }),
      fact('personal/U1', 'my checkout', 'service: checkout\ndashboard: https://mine.example.com'),
    ];
    const found = serviceFactsOf(all, 'checkout');
    expect(values(all, 'checkout')).toEqual({
      dataset: 'b',
      owner: 'U0NEW11',
      dashboard: 'https://mine.example.com',
      slo: '99%',
    });
    expect(found.dataset?.from).toMatchObject({ shelf: 'org/acme', key: 'checkout' });
    expect(found.slo?.from.shelf).toBe('shipped');
  });

  it('reads nothing out of code, other kinds, or what was superseded', () => {
    const query: Shelved = { ...fact('org/acme', 'checkout', 'dataset: x'), kind: 'queries' };
    const code = fact('org/acme', 'cart', 'see\n\n```yaml\ndataset: y\n```');
    const old = fact('org/acme', 'pay old', 'service: pay\ndataset: old');
    const now = fact('org/acme', 'pay', 'dataset: new. Supersedes `pay old`');
    expect(values([query], 'checkout')).toEqual({});
    expect(values([code], 'cart')).toEqual({});
    expect(values([old, now], 'pay')).toEqual({ dataset: 'new. Supersedes `pay old`' });
  });

  it.each([
    ['99.9% over 30d', { objective: expect.closeTo(0.999, 9), window: 30 * DAY }],
    ['99.5 % over 4 w', { objective: 0.995, window: 28 * DAY }],
    ['99%', { objective: 0.99, window: 30 * DAY }],
    ['pretty good', undefined],
  ])('a service level of %s', (text, level) => {
    const facts = serviceFactsOf([fact('org/acme', 'checkout', `slo: ${text}`)], 'checkout');
    expect(serviceLevelOf(facts)).toEqual(level);
  });

  it.each([
    ['<@U0MARA1>', 'U0MARA1'],
    ['@U0MARA1 and friends', 'U0MARA1'],
    ['the shop team', undefined],
    ['USERS', undefined],
  ])('an owner %s', (text, person) => {
    expect(ownerOf(serviceFactsOf([fact('org/acme', 'x1', `owner: ${text}`)], 'x1'))).toBe(person);
  });
});
