import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeText } from '../../../src/sandbox/slack/compose/compose-text.ts';
import type { ComposeContext } from '../../../src/sandbox/slack/compose/context.ts';
import { validateMessage } from '../../../src/sandbox/slack/validate-blocks.ts';

const context: ComposeContext = {
  people: [
    { id: 'U0STEADY01', names: ['Steady', 'steady'] },
    { id: 'U0LEA00001', names: ['Lea', 'lea'] },
    { id: 'U0LEAN0001', names: ['Lean Startup'] },
  ],
  channels: [{ id: 'C0CHECKOUT', name: 'checkout' }],
  usergroups: [{ id: 'S0ONCALL01', handle: 'oncall' }],
  smartQuotes: true,
};

const text = (typed: string): string => composeText(typed, context).text;
function parts(typed: string): readonly { readonly type: string; readonly elements: unknown }[] {
  const [block] = composeText(typed, context).blocks;
  return block === undefined ? [] : (block.elements as { type: string; elements: unknown }[]);
}

/** The elements of the only section. */
const inline = (typed: string): unknown => parts(typed)[0]?.elements;

describe('composeText', () => {
  it.each([
    ['entities', 'a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['an app mention', '@Steady declare P1', '<@U0STEADY01> declare P1'],
    ['a mention in small letters', '@steady help', '<@U0STEADY01> help'],
    ['the longest name', '@Lean Startup hi', '<@U0LEAN0001> hi'],
    ['no mention inside a word', 'a@Lea', 'a@Lea'],
    ['a name that goes on', '@Leander', '@Leander'],
    ['a channel', 'see #checkout', 'see <#C0CHECKOUT|checkout>'],
    ['a usergroup', '@oncall', '<!subteam^S0ONCALL01>'],
    ['a broadcast', '@here look', '<!here> look'],
    ['typed entities stay text', '<!channel> <@U0LEA00001>', '&lt;!channel&gt; &lt;@U0LEA00001&gt;'],
    ['a url', 'at https://a.b/c?d=1&e=2.', 'at <https://a.b/c?d=1&amp;e=2>.'],
    ['a url in brackets', '(https://a.b/c_(d))', '(<https://a.b/c_(d)>)'],
    ['a bare domain', 'svc.example.com is down', '<http://svc.example.com|svc.example.com> is down'],
    ['a file name that is a country', 'see README.md', 'see <http://README.md|README.md>'],
    ['no domain in a number', 'rate 1.25 at 3.5s', 'rate 1.25 at 3.5s'],
    ['mail', 'ask a@b.com', 'ask <mailto:a@b.com|a@b.com>'],
    ['named emoji', ':pushpin: noted', ':pushpin: noted'],
    ['unicode emoji', '📌 noted', ':pushpin: noted'],
    ['no emoji in a metric', 'env:errors:rate5m', 'env:errors:rate5m'],
    ['an emoticon alone', 'ok :) then', 'ok :slightly_smiling_face: then'],
    ['curly quotes', 'job="api" isn\'t "fine"', 'job=“api” isn’t “fine”'],
    ['straight quotes in code', '`job="api"` "x"', '`job="api"` “x”'],
    ['no names in code', '`@Lea :pushpin: *a*`', '`@Lea :pushpin: *a*`'],
    ['bold, italic, strike', '*a b* _c_ ~d~', '*a b* _c_ ~d~'],
    ['arithmetic is not bold', '2 * 3 * 4 and a*b*c', '2 * 3 * 4 and a*b*c'],
    ['snake_case_name', 'http_requests_total', 'http_requests_total'],
    ['a code block', '```\nsum("a" < 1)\n```', '```sum("a" &lt; 1)```'],
    ['a quote', '> said\n> so\nthen', '&gt; said\n&gt; so\nthen'],
    ['a list', '- one\n- two', '• one\n• two'],
    ['a numbered list', '1. one\n2. two', '1. one\n2. two'],
  ])('writes %s into text', (_name, typed, expected) => {
    expect(text(typed)).toBe(expected);
  });

  it('makes rich_text elements', () => {
    expect(inline('@Steady *now* `up{job="a"}` svc.io 📌')).toEqual([
      { type: 'user', user_id: 'U0STEADY01' },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'now', style: { bold: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'up{job="a"}', style: { code: true } },
      { type: 'text', text: ' ' },
      { type: 'link', url: 'http://svc.io', text: 'svc.io' },
      { type: 'text', text: ' ' },
      { type: 'emoji', name: 'pushpin', unicode: '1f4cc' },
    ]);
    expect(inline('*a _b_*')).toEqual([
      { type: 'text', text: 'a ', style: { bold: true } },
      { type: 'text', text: 'b', style: { bold: true, italic: true } },
    ]);
  });

  it('splits sections, quotes, lists and code blocks', () => {
    const types = parts('intro\n> q\n- a\n- b\n```x```\nend').map((element) => element.type);
    expect(types).toEqual([
      'rich_text_section',
      'rich_text_quote',
      'rich_text_list',
      'rich_text_preformatted',
      'rich_text_section',
    ]);
  });

  it('leaves quotes alone when smart quotes are off', () => {
    expect(composeText('say "a"', { ...context, smartQuotes: false }).text).toBe('say "a"');
  });

  it.each(['hi', '> q', '1. a', '```x```', '@Lea *b* https://a.b `c` 👍 #checkout @here'])(
    'sends only blocks that Slack takes: %s',
    (typed) => {
      expect(validateMessage({ blocks: composeText(typed, context).blocks })).toEqual([]);
    },
  );

  it('makes something Slack takes of whatever is typed, and loses no letter of it', () => {
    const pieces = fc.constantFrom(
      ...[
        '*',
        '_',
        '~',
        '`',
        '```',
        '> ',
        '- ',
        '1. ',
        '\n',
        ' ',
        'a',
        'é',
        '"',
        "'",
        '<',
        '&',
        '@',
        '#',
        ':',
      ],
      ...[
        '@Lea',
        '#checkout',
        ':eyes:',
        '📌',
        'https://a.b/c',
        'x.io',
        'a@b.com',
        '(',
        ')',
        '|',
        '\u0000',
        '\ud800',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 40 }), (typed) => {
        const whole = typed.join('').trim();
        if (whole === '') return;
        const composed = composeText(whole, context);
        expect(validateMessage({ blocks: composed.blocks })).toEqual([]);
        const letters = (text: string): number => text.split('é').length;
        expect(letters(composed.text)).toBe(letters(whole));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it.each(['*', '*a', '`', '@', ':', '"', 'a.', '> ', '- '])(
    'comes to an end with 10,000 times %s',
    (piece) => {
      expect(composeText(piece.repeat(10_000), context).blocks.length).toBeGreaterThan(0);
    },
  );
});
