import { describe, expect, it } from 'vitest';
import { decode, readText, straighten } from '../../../src/slack/words/read-text.ts';

function rich(...elements: readonly object[]): { blocks: readonly unknown[]; text: string } {
  return { text: 'the fallback', blocks: [{ type: 'rich_text', elements }] };
}

function section(...elements: readonly object[]): object {
  return { type: 'rich_text_section', elements };
}

const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style && { style }) });

describe('rich text', () => {
  it.each<[string, readonly object[], string]>([
    ['words as they are, entities and all', [section(text('a &lt; b && <c>'))], 'a &lt; b && <c>'],
    [
      'code keeps its backticks',
      [section(text('prom '), text('up{env:x}', { code: true }))],
      'prom `up{env:x}`',
    ],
    [
      'other styles leave no trace',
      [section(text('a ', { bold: true }), text('b', { italic: true }))],
      'a b',
    ],
    [
      'people, channels and groups by id',
      [
        section(
          { type: 'user', user_id: 'U1' },
          text(' '),
          { type: 'channel', channel_id: 'C1' },
          text(' '),
          { type: 'usergroup', usergroup_id: 'S1' },
        ),
      ],
      '<@U1> <#C1> <!subteam^S1>',
    ],
    ['broadcasts as typed', [section({ type: 'broadcast', range: 'here' })], '@here'],
    [
      'emoji by name',
      [section(text('env'), { type: 'emoji', name: 'errors', unicode: '1f4a5' }, text('rate5m'))],
      'env:errors:rate5m',
    ],
    ['skin tones', [section({ type: 'emoji', name: 'wave', skin_tone: 3 })], ':wave::skin-tone-3:'],
    [
      'links by what was visible',
      [
        section(
          { type: 'link', url: 'http://a.b', text: 'a.b' },
          text(' '),
          { type: 'link', url: 'https://c.d/e' },
          text(' '),
          { type: 'link', url: 'mailto:a@b.c' },
        ),
      ],
      'a.b https://c.d/e a@b.c',
    ],
    [
      'a code block',
      [section(text('prom ')), { type: 'rich_text_preformatted', elements: [text('sum(up)\n  by (x)')] }],
      'prom \n```sum(up)\n  by (x)```',
    ],
    [
      'a list, a line each',
      [{ type: 'rich_text_list', style: 'bullet', elements: [section(text('a')), section(text('b'))] }],
      'a\nb',
    ],
    ['a quote', [{ type: 'rich_text_quote', elements: [text('a\nb')] }], '> a\n> b'],
    [
      'a date by its words',
      [section({ type: 'date', timestamp: 1, format: '{time}', fallback: '14:02' })],
      '14:02',
    ],
    ['a colour', [section({ type: 'color', value: '#ff0000' })], '#ff0000'],
    ['parts it does not know are left out', [section(text('a'), { type: 'new-thing' }, text('b'))], 'ab'],
    [
      'hard blanks are blanks, invisible ones nothing',
      [section(text('a\u00a0b\u200bc\u2060d\ufeff '))],
      'a bcd',
    ],
  ])('%s', (_name, elements, read) => {
    expect(readText(rich(...elements))).toBe(read);
  });

  it('survives what is no block', () => {
    const odd = [null, 3, { type: 'rich_text' }, { type: 'rich_text', elements: [null, 'x', { type: 1 }] }];
    expect(readText({ text: 'x', blocks: odd })).toBe('');
  });
});

describe('text without blocks', () => {
  it.each([
    ['a &lt;b&gt; &amp;&amp; c', 'a <b> && c'],
    ['&amp;lt;', '&lt;'],
    ['<http://a.b|a.b> and <https://c.d>', 'a.b and https://c.d'],
    ['<mailto:a@b.c|a@b.c> <mailto:a@b.c>', 'a@b.c a@b.c'],
    ['<tel:+1234|+1 234>', '+1 234'],
    ['<@U1> <@U2|bo> <#C1|general>', '<@U1> <@U2> <#C1>'],
    ['<!here> <!subteam^S1|@oncall> <!date^1^{time}|14:02>', '@here @oncall 14:02'],
    ['&lt;http://a.b&gt;', '<http://a.b>'],
    ['rate(x[5m]) &lt; 3', 'rate(x[5m]) < 3'],
  ])('%s', (slack, read) => {
    expect(decode(slack)).toBe(read);
    expect(readText({ text: slack })).toBe(read);
    expect(readText({ text: slack, blocks: [{ type: 'section' }] })).toBe(read);
  });

  it('nothing is nothing', () => {
    expect(readText({})).toBe('');
  });
});

describe('what a phone made pretty', () => {
  it.each([
    ['up{job=“a”}', 'up{job="a"}'],
    ['up{job=‘a’}', "up{job='a'}"],
    ['up — down – 3', 'up -- down - 3'],
    ['I’m lead', "I'm lead"],
    ['up{job="a—b’c"} — 1', 'up{job="a—b’c"} -- 1'],
    ['up{job=“a—b’c”}', 'up{job="a—b’c"}'],
    ['up{job=„a—b“}', 'up{job="a—b"}'],
    ["up{job='a—b'}", "up{job='a—b'}"],
    ['`a—b` — c', '`a—b` -- c'],
    ['up{job="a\\"—"} —', 'up{job="a\\"—"} --'],
    ['"open — still', '"open -- still'],
    ["it's down — isn't it", "it's down -- isn't it"],
  ])('%s', (pretty, plain) => {
    expect(straighten(pretty)).toEqual({ text: plain, changed: pretty !== plain });
  });

  it('leaves plain text alone', () => {
    expect(straighten('sum by (x) (rate(a{b="c"}[5m]))')).toMatchObject({ changed: false });
  });
});
