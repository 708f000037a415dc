import { expect, test } from 'vitest';
import { pageModule } from './page-module.ts';

const { parseMarkdown } = await pageModule<{ parseMarkdown(source: string): readonly unknown[] }>(
  'text/markdown.js',
);

const text = (value: string) => ({ type: 'text', text: value });
const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children });

test('headings, paragraphs, rules and fences', () => {
  expect(parseMarkdown('# Findings\nfirst\nline\n\n---\n```js\na **b**\n```')).toEqual([
    { type: 'heading', level: 1, children: [text('Findings')] },
    paragraph(text('first'), { type: 'break' }, text('line')),
    { type: 'rule' },
    { type: 'pre', text: 'a **b**' },
  ]);
});

test('inline styles, links and escapes', () => {
  expect(parseMarkdown('**b** _i_ ~~s~~ `c` [l](https://a.example) \\*x\\* snake_case_name')).toEqual([
    paragraph(
      { type: 'bold', children: [text('b')] },
      text(' '),
      { type: 'italic', children: [text('i')] },
      text(' '),
      { type: 'strike', children: [text('s')] },
      text(' '),
      { type: 'code', text: 'c' },
      text(' '),
      { type: 'link', url: 'https://a.example', children: [text('l')] },
      text(' '),
      text('*'),
      text('x'),
      text('*'),
      text(' snake_case_name'),
    ),
  ]);
});

test('lists nest and keep their first number', () => {
  expect(parseMarkdown('3. three\n   - inner\n4. four')).toEqual([
    {
      type: 'list',
      ordered: true,
      start: 3,
      items: [
        [
          paragraph(text('three')),
          { type: 'list', ordered: false, start: 1, items: [[paragraph(text('inner'))]] },
        ],
        [paragraph(text('four'))],
      ],
    },
  ]);
});

test('tables and quotes', () => {
  expect(parseMarkdown('> said\n\n| a | b |\n|---|--:|\n| 1 \\| 2 | 3 |')).toEqual([
    { type: 'quote', children: [paragraph(text('said'))] },
    { type: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1 | 2')], [text('3')]]] },
  ]);
});

test('raw HTML, remote pictures and other schemes stay text', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)> [x](javascript:alert(1))')).toEqual([
    paragraph(text('<img src=x onerror=alert(1)> [x](javascript:alert(1))')),
  ]);
});
