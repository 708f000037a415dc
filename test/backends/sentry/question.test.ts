import { describe, expect, test } from 'vitest';
import { EVENT_FIELDS, readQuestion } from '../../../src/backends/sentry/question.ts';
import { readSearch } from '../../../src/backends/sentry/search.ts';

const search = (text: string, at: number | undefined) => ({ text, at, terms: readSearch(text) });

describe('questions', () => {
  test.each([
    ['issues', { verb: 'issues', search: search('is:unresolved', 6), sort: 'date' }],
    ['issues  project:a b', { verb: 'issues', search: search('project:a b', 8), sort: 'date' }],
    [
      'issues sort:freq is:x level:y',
      { verb: 'issues', search: search('is:x level:y', undefined), sort: 'freq' },
    ],
    ['issues is:x sort:freq', { verb: 'issues', search: search('is:x', 7), sort: 'freq' }],
    ['timed out', { verb: 'issues', search: search('timed out', 0), sort: 'date' }],
    ['new', { verb: 'new', search: search('', 3) }],
    ['new payments', { verb: 'new', search: search('payments', 4) }],
    ['issue checkout-4f', { verb: 'issue', issue: 'CHECKOUT-4F' }],
    ['issue 4711', { verb: 'issue', issue: '4711' }],
    ['issue https://acme.sentry.io/issues/4711/?project=3', { verb: 'issue', issue: '4711' }],
    [
      'issue https://sentry.io/organizations/acme/issues/4711/events/latest/',
      { verb: 'issue', issue: '4711' },
    ],
    ['SHOP-WEB-1A', { verb: 'issue', issue: 'SHOP-WEB-1A' }],
    ['releases', { verb: 'releases', part: '' }],
    ['releases 2.3', { verb: 'releases', part: '2.3' }],
    ['tags CHECKOUT-4F region', { verb: 'tags', issue: 'CHECKOUT-4F', key: 'region' }],
    ['events', { verb: 'events', search: search('', 6), fields: EVENT_FIELDS, sort: '-timestamp' }],
    [
      'events level:error fields:release,p95(transaction.duration),count()',
      {
        verb: 'events',
        search: search('level:error', 7),
        fields: ['release', 'p95(transaction.duration)', 'count()'],
        sort: '-count()',
      },
    ],
    [
      'events fields:release,count() level:error sort:release',
      {
        verb: 'events',
        search: search('level:error', undefined),
        fields: ['release', 'count()'],
        sort: 'release',
      },
    ],
  ])('%s', (text, expected) => {
    expect(readQuestion(text)).toEqual(expected);
  });

  test.each([
    ['issue', 'Which issue?'],
    ['issue what is this', 'Which issue?'],
    ['tags CHECKOUT-4F', 'Tags of which issue, and which one?'],
    ['issues sort:frequency', 'Issues have no order `frequency`.'],
    [
      'events fields:release sort:-timestamp',
      'Events can be ordered only by a field that is shown, and `-timestamp` is not.',
    ],
  ])('%s is told how to write it', (text, why) => {
    expect(readQuestion(text)).toEqual({ why, nextStep: expect.stringMatching(/`/) });
  });
});

describe('searches', () => {
  const terms = (text: string) =>
    readSearch(text)?.map(({ key, values, negated }) => [negated ? `!${key}` : key, ...values]);

  test.each([
    [
      'is:unresolved !level:info',
      [
        ['is', 'unresolved'],
        ['!level', 'info'],
      ],
    ],
    [
      'release:"a b" (x:1 OR y:[a, "b c"]) free "key:value"',
      [
        ['release', 'a b'],
        ['x', '1'],
        ['y', 'a', 'b c'],
      ],
    ],
    [
      'count():>10 tags[my tag]:x tags[mine]:x',
      [
        ['count()', '>10'],
        ['tags[mine]', 'x'],
      ],
    ],
    ['firstSeen:>=2026-11-23T13:02:00Z', [['firstSeen', '>=2026-11-23T13:02:00Z']]],
    ['url:https://a/b', [['url', 'https://a/b']]],
    ['', []],
  ])('%s', (text, expected) => {
    // What stands in brackets with a blank is free text to Sentry, too.
    expect(terms(text)).toEqual(expected);
  });

  test.each([[')('], ['(a'], ['"open'], ['x'.repeat(9_000)]])('%s is left to the server', (text) => {
    expect(readSearch(text)).toBeUndefined();
  });
});
