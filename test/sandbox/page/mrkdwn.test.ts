import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageModule } from './page-module.ts';

type Node = { readonly type: string; readonly children?: readonly Node[]; readonly [key: string]: unknown };
type Lookup = (id: string) => string | undefined;

const { parseMrkdwn, decodeEntities, composerText } = await pageModule<{
  parseMrkdwn(source: string): readonly Node[];
  decodeEntities(text: string): string;
  composerText(text: string, user: Lookup, channel: Lookup): string;
}>('text/mrkdwn.js');

const text = (value: string): Node => ({ type: 'text', text: value });

test('styles nest, and their marks need a border of the word', () => {
  expect(parseMrkdwn('a *b _c_* d')).toEqual([
    text('a '),
    { type: 'bold', children: [text('b '), { type: 'italic', children: [text('c')] }] },
    text(' d'),
  ]);
  for (const plain of ['2*3*4', 'snake_case_name', '* not bold *', '**', 'a ~ b ~ c']) {
    expect(parseMrkdwn(plain)).toEqual([text(plain)]);
  }
  expect(parseMrkdwn('~gone~!')).toEqual([{ type: 'strike', children: [text('gone')] }, text('!')]);
});

test('code keeps what stands in it', () => {
  expect(parseMrkdwn('`a *b* &lt;c&gt;`')).toEqual([{ type: 'code', text: 'a *b* <c>' }]);
  expect(parseMrkdwn('see\n```\nkubectl *x*\n<https://a.example|b>\n```\nend')).toEqual([
    text('see'),
    { type: 'pre', text: 'kubectl *x*\nb' },
    text('end'),
  ]);
});

test('quotes gather their lines, escaped or not', () => {
  expect(parseMrkdwn('&gt; one\n>two\nthree')).toEqual([
    { type: 'quote', children: [text('one'), { type: 'break' }, text('two')] },
    text('three'),
  ]);
});

test('tokens become mentions, links and dates', () => {
  expect(
    parseMrkdwn(
      '<@U1|lea> <#C1|general> <!here> <!subteam^S1|@oncall> <https://a.example/?x=1&amp;y=2|the *link*>',
    ),
  ).toEqual([
    { type: 'user', id: 'U1', label: 'lea' },
    text(' '),
    { type: 'channel', id: 'C1', label: 'general' },
    text(' '),
    { type: 'broadcast', range: 'here' },
    text(' '),
    { type: 'usergroup', id: 'S1', label: '@oncall' },
    text(' '),
    { type: 'link', url: 'https://a.example/?x=1&y=2', text: 'the *link*' },
  ]);
  expect(parseMrkdwn('*<!date^1795442400^{date} at {time}|later>*')).toEqual([
    {
      type: 'bold',
      children: [{ type: 'date', seconds: 1_795_442_400, format: '{date} at {time}', fallback: 'later' }],
    },
  ]);
});

test('escaped and unknown tokens stay text', () => {
  expect(parseMrkdwn('&lt;!channel&gt; &lt;@U1&gt; &amp;lt;b&amp;gt;')).toEqual([
    text('<!channel> <@U1> &lt;b&gt;'),
  ]);
  expect(parseMrkdwn('<javascript:alert(1)|click> <img src=x>')).toEqual([
    text('<javascript:alert(1)|click> <img src=x>'),
  ]);
  expect(parseMrkdwn('<!date^soon^{time}|x>')).toEqual([text('x')]);
});

test('emoji are named, times are not emoji that swallow text', () => {
  expect(parseMrkdwn(':tada: done')).toEqual([{ type: 'emoji', name: 'tada' }, text(' done')]);
});

test('nothing typed by a person can make a mention, a link or a crash once it is escaped', () => {
  const loud = ['user', 'channel', 'usergroup', 'broadcast', 'link', 'date'];
  const kinds = (nodes: readonly Node[]): readonly string[] =>
    nodes.flatMap((node) => [node.type, ...kinds(node.children ?? [])]);
  const hostile = fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '!',
      '@',
      '#',
      '|',
      '^',
      '*',
      '_',
      '~',
      '`',
      '&',
      ';',
      'lt',
      'U1',
      'here',
      'https://x',
      '\n',
      ' ',
    ),
  });
  fc.assert(
    fc.property(hostile, (typed) => {
      const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect(kinds(parseMrkdwn(escaped)).filter((kind) => loud.includes(kind))).toEqual([]);
      expect(decodeEntities(escaped)).toBe(typed);
    }),
    { seed: 20261123 },
  );
});

test('a long line of marks comes to an end', () => {
  expect(JSON.stringify(parseMrkdwn('*_~'.repeat(1000))).length).toBeGreaterThan(0);
  expect(JSON.stringify(parseMrkdwn('*a '.repeat(1000))).length).toBeGreaterThan(0);
});

test('the editor shows a message as it was typed', () => {
  const names: Readonly<Record<string, string>> = { U1: 'Lea Sommer', C1: 'general' };
  const typed = composerText(
    '<@U1> see <#C1|old-name> <https://a.example|a.example> &lt;b&gt; <!here>',
    (id) => names[id],
    (id) => names[id],
  );
  expect(typed).toBe('@Lea Sommer see #general a.example <b> @here');
});
