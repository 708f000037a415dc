import { describe, expect, test } from 'vitest';
import { rank, wordsOf } from '../../../src/domain/knowledge/find.ts';
import { current, type Shelved, sayShelf } from '../../../src/domain/knowledge/shelf.ts';

const NOW = Date.UTC(2026, 10, 28);
function shelved(key: string, more: Partial<Shelved['entry']> = {}, where: Partial<Shelved> = {}): Shelved {
  return {
    shelf: 'org/acme',
    id: key,
    kind: 'facts',
    entry: { at: NOW, key, type: 'fact', tags: [], used: 0, pinned: false, body: '', ...more },
    ...where,
  };
}
const found = (list: readonly Shelved[], words: string) =>
  rank(list, wordsOf(words), NOW).map(({ one, why }) => `${one.entry.key}: ${why.join(' ')}`);

test('words are those that say something', () => {
  expect(wordsOf('Checkout returns 500s HERE, the http_requests_total-rate!')).toEqual([
    'checkout',
    '500s',
    'http_requests_total-rate',
  ]);
  expect(wordsOf('')).toEqual([]);
});

describe('ranking', () => {
  const list = [
    shelved('dns', { body: 'certificates of checkout expire' }),
    shelved('checkout limit', { tags: ['payments'] }),
    shelved('pool', { tags: ['checkout', 'database'] }),
  ];

  test('a key before a tag before a body, with the words that matched', () => {
    expect(found(list, 'checkout')).toEqual(['checkout limit: checkout', 'pool: checkout', 'dns: checkout']);
    expect(found(list, 'checkout database')).toEqual([
      'pool: checkout database',
      'checkout limit: checkout',
      'dns: checkout',
    ]);
  });

  test('a typo, a beginning and a part of a name find it, something else does not', () => {
    expect(found(list, 'chekout')[0]).toBe('checkout limit: chekout');
    expect(found(list, 'certifcates')).toEqual(['dns: certifcates']);
    expect(found(list, 'certif')).toEqual(['dns: certif']);
    expect(found([shelved('http_requests_total')], 'requests')).toEqual(['http_requests_total: requests']);
    expect(found(list, 'kafka')).toEqual([]);
  });

  test('what helped before comes before its equal', () => {
    expect(found([shelved('a x'), shelved('b x', { used: 9 })], 'x')).toEqual([]);
    expect(found([shelved('a pool'), shelved('b pool', { used: 9 })], 'pool')).toEqual([
      'b pool: pool',
      'a pool: pool',
    ]);
  });
});

describe('what counts of one key', () => {
  const mine = shelved('pool', { body: 'mine' }, { shelf: 'personal/U1', id: '1' });
  const ours = shelved('Pool', { body: 'ours' }, { id: '2' });
  const older = shelved('Pool', { at: NOW - 1, body: 'older' }, { id: '3' });
  const shipped = shelved('pool', { at: NOW + 1 }, { shelf: 'shipped', id: '4' });

  test('is the newest of the nearest tier', () => {
    expect(current([shipped, older, ours, mine])).toEqual([mine]);
    expect(current([shipped, older, ours])).toEqual([ours]);
    expect(current([shipped, { ...ours, kind: 'queries' }])).toHaveLength(2);
  });

  test('is nothing that was superseded on its shelf, or is deprecated', () => {
    const newer = shelved('pool of 40', { body: 'Supersedes `Pool`.' }, { id: '5' });
    expect(current([ours, newer])).toEqual([newer]);
    expect(current([ours, { ...newer, shelf: 'org/other' }])).toHaveLength(2);
    expect(current([shelved('x', { status: 'deprecated' })])).toEqual([]);
  });
});

test('a shelf as people read it', () => {
  expect(['personal/U1', 'org/acme', 'shipped'].map(sayShelf)).toEqual(['yours', 'acme', 'shipped']);
});
