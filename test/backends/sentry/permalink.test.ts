import { describe, expect, test } from 'vitest';
import { ownPermalink, parsePermalink, permalink, webRoot } from '../../../src/backends/sentry/permalink.ts';

const window = { from: Date.parse('2026-11-23T13:02:00Z'), to: Date.parse('2026-11-23T13:32:00Z') };
const organization = 'acme';

test.each([
  [{ url: 'https://sentry.io' }, 'https://acme.sentry.io'],
  [{ url: 'https://us.sentry.io' }, 'https://acme.sentry.io'],
  [{ url: 'https://de.sentry.io/' }, 'https://acme.sentry.io'],
  [{ url: 'https://acme.sentry.io' }, 'https://acme.sentry.io'],
  [{ url: 'https://sentry.example:9000/' }, 'https://sentry.example:9000/organizations/acme'],
  [
    { url: 'http://sentry.svc', linkUrl: 'https://me:x@errors.example/s/?a=1' },
    'https://errors.example/s/organizations/acme',
  ],
])('pages of %o', (deployment, expected) => {
  expect(webRoot({ ...deployment, organization })).toBe(expected);
});

test.each([
  ['https://sentry.io', 'https://acme.sentry.io/issues/11/?x=token', 'https://acme.sentry.io/issues/11/'],
  [
    'https://sentry.io',
    'https://sentry.io/organizations/acme/issues/11/',
    'https://sentry.io/organizations/acme/issues/11/',
  ],
  ['https://us.sentry.io', 'https://acme.sentry.io/issues/11/', 'https://acme.sentry.io/issues/11/'],
  ['https://sentry.io', 'https://us.sentry.io/organizations/acme/issues/11/', undefined],
  ['https://sentry.io', 'https://other.sentry.io/issues/11/', undefined],
  ['https://sentry.io', 'https://sentry.io.evil.example/issues/11/', undefined],
  ['https://sentry.io', 'http://acme.sentry.io/issues/11/', undefined],
  ['https://sentry.io', 'javascript:alert(1)//issues/', undefined],
  [
    'https://s.example',
    'https://u:p@s.example/organizations/acme/issues/11/',
    'https://s.example/organizations/acme/issues/11/',
  ],
  ['https://s.example', 'https://internal.example/organizations/acme/issues/11/', undefined],
  ['https://s.example', null, undefined],
])('at %s the address %s', (url, given, expected) => {
  expect(ownPermalink(given, { url, organization })).toBe(expected);
});

test('a link as the page of a search writes it', () => {
  expect(
    permalink('https://acme.sentry.io', {
      page: 'issues',
      search: 'is:unresolved "a b"',
      sort: 'freq',
      project: '3',
      window,
    }),
  ).toBe(
    'https://acme.sentry.io/issues/?query=is%3Aunresolved%20%22a%20b%22&sort=freq&project=3&start=2026-11-23T13%3A02%3A00&end=2026-11-23T13%3A32%3A00&utc=true',
  );
});

describe('links written by hand', () => {
  const times = 'start=2026-11-23T13:02:00&end=2026-11-23T13:32:00&utc=true';
  test.each([
    [
      `https://acme.sentry.io/issues/?query=is:unresolved+level:fatal&project=3&${times}`,
      { query: 'issues is:unresolved level:fatal', window },
    ],
    [
      `https://s.example/organizations/acme/issues/?project=-1&query=checkout&sort=user&${times}`,
      { query: 'issues checkout sort:user', window },
    ],
    [
      'https://acme.sentry.io/issues/?query=firstSeen:>=2026-11-23T13:02:00Z firstSeen:<2026-11-23T13:32:00Z&sort=new&start=2026-11-23T13:02:00.000Z&end=2026-11-23T13:32:00.000Z',
      { query: 'new', window },
    ],
    ['https://acme.sentry.io/issues/4711/?referrer=slack', { query: 'issue 4711' }],
    ['https://s.example/organizations/acme/issues/CHECKOUT-4F/', { query: 'issue CHECKOUT-4F' }],
    [`https://acme.sentry.io/releases/?query=2.3&${times}`, { query: 'releases 2.3', window }],
    [
      `https://acme.sentry.io/explore/discover/homepage/?dataset=errors&queryDataset=error-events&query=level:error&field=release&field=count()&sort=-count()&${times}`,
      { query: 'events level:error fields:release,count() sort:-count()', window },
    ],
    [
      `https://acme.sentry.io/explore/discover/homepage/?query=issue:CHECKOUT-4F&field=region&field=count()&sort=-count()&${times}`,
      { query: 'tags CHECKOUT-4F region', window },
    ],
    ['https://acme.sentry.io/issues/?query=x&statsPeriod=1h', undefined],
    [`https://acme.sentry.io/issues/?query=x&statsPeriod=1h&${times}`, undefined],
    [`https://acme.sentry.io/replays/?${times}`, undefined],
    ['no link', undefined],
  ])('%s', (link, expected) => {
    expect(parsePermalink(link)).toEqual(expected);
  });
});
