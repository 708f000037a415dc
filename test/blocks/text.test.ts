import { describe, expect, test } from 'vitest';
import {
  code,
  escapeText,
  link,
  mention,
  moment,
  notation,
  safeUrl,
  sayMoment,
  sayNotation,
  sayWindow,
  visible,
  words,
} from '../../blocks/text.ts';
import { createNameLinks } from '../../src/domain/name-links.ts';
import { at, reading } from './sample.ts';

test('mrkdwn is escaped once, and only the three characters that Slack names', () => {
  expect(escapeText('a < b & c > d | *e* &amp;')).toBe('a &lt; b &amp; c &gt; d | *e* &amp;amp;');
});

test('what people typed: mentions become names, addresses show themselves, the rest is literal', () => {
  expect(words('<@U0KAI|kai> and @{U0BO}: *no* https://ok.example/a?b=1. <!here>', reading)).toEqual([
    { type: 'text', text: '@Kai' },
    { type: 'text', text: ' and ' },
    { type: 'text', text: '@Bo' },
    { type: 'text', text: ': *no* ' },
    { type: 'link', url: 'https://ok.example/a?b=1', text: 'https://ok.example/a?b=1' },
    { type: 'text', text: '. <!here>' },
  ]);
});

test('an address shows the host it leads to', () => {
  expect(words('https://аpple.com/x', reading)).toEqual([
    { type: 'link', url: 'https://xn--pple-43d.com/x', text: 'https://xn--pple-43d.com/x' },
  ]);
});

test.each([
  ['https://user:secret@host/', undefined],
  ['javascript:alert(1)', undefined],
  ['not a url', undefined],
  [`https://h/${'x'.repeat(3_000)}`, undefined],
  ['https://host', 'https://host/'],
])('%s as a link is %s', (url, safe) => {
  expect(safeUrl(url)).toBe(safe);
  expect(link(url, 'Dashboard').type).toBe(safe === undefined ? 'text' : 'link');
});

test('the notation of rules', () => {
  const text = 'Say `update doing: *x*`, or *No change*; 2*3*4 and @{U0LEA} or <@U0BO>.';
  expect(notation(text, reading)).toEqual([
    { type: 'text', text: 'Say ' },
    { type: 'text', text: 'update doing: *x*', style: { code: true } },
    { type: 'text', text: ', or ' },
    { type: 'text', text: 'No change', style: { bold: true } },
    { type: 'text', text: '; 2*3*4 and ' },
    { type: 'text', text: '@Lea' },
    { type: 'text', text: ' or ' },
    { type: 'text', text: '@Bo' },
    { type: 'text', text: '.' },
  ]);
  expect(sayNotation(text, reading)).toBe('Say update doing: *x*, or No change; 2*3*4 and @Lea or @Bo.');
});

test('code shows exactly what was sent, what cannot be seen spelled out', () => {
  expect(visible('up\u200b{a="\u202e"}')).toBe('up\\u{200b}{a="\\u{202e}"}');
  expect(code('a\n b')).toEqual({ type: 'text', text: 'a b', style: { code: true } });
});

describe('times', () => {
  test("are Slack's own dates in blocks, in the zone of whoever looks", () => {
    expect(moment(at('14:07'), reading)).toEqual({
      type: 'date',
      timestamp: at('14:07') / 1000,
      format: '{time}',
      fallback: '14:07 UTC',
    });
  });

  test('have their date when they are half a day away', () => {
    const yesterday = at('14:07') - 24 * 3_600_000;
    expect(moment(yesterday, reading)).toMatchObject({
      format: '{date_short_pretty} {time}',
      fallback: '22 Nov 14:07 UTC',
    });
  });

  test("are in the reader's zone in plain text, in UTC where the zone is unknown", () => {
    const berlin = { ...reading, zone: 'Europe/Berlin' };
    expect(sayMoment(at('14:07'), berlin)).toBe('15:07 CET');
    expect(sayMoment(at('14:07') - 24 * 3_600_000, berlin)).toBe('22 Nov 15:07 CET');
    expect(sayMoment(at('14:07'), { ...reading, zone: 'Mars/Olympus' })).toBe('14:07 UTC');
  });

  test.each([
    ['14:02', '14:32', '14:02–14:32 UTC'],
    ['14:02:30', '14:32', '14:02:30–14:32 UTC'],
  ])('a window from %s to %s is %s', (from, to, said) => {
    const of = (text: string) => Date.parse(`2026-11-23T${text.length === 5 ? `${text}:00` : text}Z`);
    expect(sayWindow({ from: of(from), to: of(to) }, reading)).toBe(said);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 8.7e15])('%d breaks nothing', (instant) => {
    expect(sayMoment(instant, reading)).toMatch(/UTC$/);
  });
});

test('only what looks like a user id pings', () => {
  expect(mention('U0LEA')).toEqual({ type: 'user', user_id: 'U0LEA' });
  expect(mention('<!here>')).toEqual({ type: 'text', text: '@<!here>' });
});

describe('known names in what people typed', () => {
  const linked = {
    ...reading,
    nameLinks: createNameLinks([
      { pattern: 'PROJ-\\d+', url: 'https://issues.example.com/browse/$0' },
      { pattern: 'BAD-\\d+', url: 'javascript:alert($0)' },
      { pattern: 'USR-\\d+', url: 'https://u:p@issues.example.com/$0' },
    ]),
  };
  const links = (text: string) =>
    words(text, linked).flatMap((one) => (one.type === 'link' ? [[one.text, one.url]] : []));

  test('are links by their own words', () => {
    expect(words('PROJ-12 is back', linked)).toEqual([
      { type: 'link', url: 'https://issues.example.com/browse/PROJ-12', text: 'PROJ-12' },
      { type: 'text', text: ' is back' },
    ]);
  });

  test('are left alone in addresses, in backticks, in mentions, and where they lead to no address to offer', () => {
    expect(links('https://a.example/PROJ-12')).toEqual([
      ['https://a.example/PROJ-12', 'https://a.example/PROJ-12'],
    ]);
    for (const text of ['`git log PROJ-12`', '@{PROJ-12}', 'BAD-1', 'USR-1']) expect(links(text)).toEqual([]);
    expect(links('`x` PROJ-12 `y`')).toHaveLength(1);
  });
});
