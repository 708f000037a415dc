import { describe, expect, it } from 'vitest';
import {
  blocksTextLength,
  validateMessage,
  validateView,
} from '../../../src/sandbox/slack/validate-blocks.ts';

const chars = (count: number): string => 'x'.repeat(count);
const plain = (count: number) => ({ type: 'plain_text', text: chars(count) });
const md = (count: number) => ({ type: 'mrkdwn', text: chars(count) });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const button = (extra: object = {}) => ({ type: 'button', text: plain(2), ...extra });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (extra: object = {}) => ({ text: plain(1), value: 'v', ...extra });
const select = (extra: object = {}) => actions({ type: 'static_select', options: [option()], ...extra });
const input = (element: object, extra: object = {}) => ({
  type: 'input',
  label: plain(1),
  element,
  ...extra,
});
const cell = (text = 'a') => ({ type: 'raw_text', text });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const line = (...elements: object[]) => rich({ type: 'rich_text_section', elements });
const modal = (extra: object = {}) => ({ type: 'modal', title: plain(5), blocks: [], ...extra });

function pointers(...blocks: unknown[]): string[] {
  return validateMessage({ text: 't', blocks }).map((problem) => problem.pointer);
}

/** At the limit it passes; one beyond it is refused at the pointer. */
const boundaries: readonly [name: string, max: number, make: (size: number) => unknown, pointer: string][] = [
  ['section text', 3000, (n) => ({ type: 'section', text: md(n) }), '/text/text'],
  ['section fields', 10, (n) => ({ type: 'section', fields: times(n, () => md(1)) }), '/fields'],
  ['section field', 2000, (n) => ({ type: 'section', fields: [md(n)] }), '/fields/0/text'],
  ['header', 150, (n) => ({ type: 'header', text: plain(n) }), '/text/text'],
  ['context elements', 10, (n) => ({ type: 'context', elements: times(n, () => md(1)) }), '/elements'],
  ['actions elements', 25, (n) => actions(...times(n, () => button())), '/elements'],
  ['button text', 75, (n) => actions(button({ text: plain(n) })), '/elements/0/text/text'],
  ['button value', 2000, (n) => actions(button({ value: chars(n) })), '/elements/0/value'],
  ['button url', 3000, (n) => actions(button({ url: `https://${chars(n - 8)}` })), '/elements/0/url'],
  [
    'button label',
    75,
    (n) => actions(button({ accessibility_label: chars(n) })),
    '/elements/0/accessibility_label',
  ],
  ['action_id', 255, (n) => actions(button({ action_id: chars(n) })), '/elements/0/action_id'],
  ['block_id', 255, (n) => ({ type: 'divider', block_id: chars(n) }), '/block_id'],
  ['options', 100, (n) => select({ options: times(n, () => option()) }), '/elements/0/options'],
  [
    'option text',
    75,
    (n) => select({ options: [option({ text: plain(n) })] }),
    '/elements/0/options/0/text/text',
  ],
  [
    'option value',
    150,
    (n) => select({ options: [option({ value: chars(n) })] }),
    '/elements/0/options/0/value',
  ],
  [
    'option description',
    75,
    (n) => select({ options: [option({ description: plain(n) })] }),
    '/elements/0/options/0/description/text',
  ],
  ['placeholder', 150, (n) => select({ placeholder: plain(n) }), '/elements/0/placeholder/text'],
  [
    'option groups',
    100,
    (n) =>
      actions({
        type: 'static_select',
        option_groups: times(n, () => ({ label: plain(1), options: [option()] })),
      }),
    '/elements/0/option_groups',
  ],
  [
    'overflow',
    5,
    (n) => actions({ type: 'overflow', options: times(n, () => option()) }),
    '/elements/0/options',
  ],
  [
    'checkboxes',
    10,
    (n) => actions({ type: 'checkboxes', options: times(n, () => option()) }),
    '/elements/0/options',
  ],
  [
    'radio buttons',
    10,
    (n) => actions({ type: 'radio_buttons', options: times(n, () => option()) }),
    '/elements/0/options',
  ],
  [
    'confirm title',
    100,
    (n) => actions(button({ confirm: { title: plain(n), text: md(1), confirm: plain(1), deny: plain(1) } })),
    '/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    300,
    (n) => actions(button({ confirm: { title: plain(1), text: md(n), confirm: plain(1), deny: plain(1) } })),
    '/elements/0/confirm/text/text',
  ],
  [
    'confirm button',
    30,
    (n) => actions(button({ confirm: { title: plain(1), text: md(1), confirm: plain(n), deny: plain(1) } })),
    '/elements/0/confirm/confirm/text',
  ],
  [
    'image alt',
    2000,
    (n) => ({ type: 'image', image_url: 'https://a.b/c', alt_text: chars(n) }),
    '/alt_text',
  ],
  [
    'image url',
    3000,
    (n) => ({ type: 'image', image_url: `https://${chars(n - 8)}`, alt_text: 'a' }),
    '/image_url',
  ],
  [
    'image title',
    2000,
    (n) => ({ type: 'image', image_url: 'https://a.b/c', alt_text: 'a', title: plain(n) }),
    '/title/text',
  ],
  ['input label', 2000, (n) => input({ type: 'plain_text_input' }, { label: plain(n) }), '/label/text'],
  ['input hint', 2000, (n) => input({ type: 'plain_text_input' }, { hint: plain(n) }), '/hint/text'],
  ['input length', 3000, (n) => input({ type: 'plain_text_input', max_length: n }), '/element/max_length'],
  ['input files', 10, (n) => input({ type: 'file_input', max_files: n }), '/element/max_files'],
  ['table rows', 100, (n) => ({ type: 'table', rows: times(n, () => [cell()]) }), '/rows'],
  ['table cells', 20, (n) => ({ type: 'table', rows: [times(n, () => cell())] }), '/rows/0'],
  [
    'table settings',
    20,
    (n) => ({ type: 'table', rows: [[cell()]], column_settings: times(n, () => ({ align: 'left' })) }),
    '/column_settings',
  ],
  [
    'context actions',
    5,
    (n) => ({
      type: 'context_actions',
      elements: times(n, () => ({ type: 'icon_button', icon: 'trash', text: plain(1) })),
    }),
    '/elements',
  ],
  [
    'data table rows',
    101,
    (n) => ({ type: 'data_table', caption: 'c', rows: times(n, () => [cell()]) }),
    '/rows',
  ],
  ['card title', 150, (n) => ({ type: 'card', title: md(n) }), '/title/text'],
  ['card body', 200, (n) => ({ type: 'card', body: md(n) }), '/body/text'],
  ['card actions', 3, (n) => ({ type: 'card', actions: times(n, () => button()) }), '/actions'],
  [
    'carousel',
    10,
    (n) => ({ type: 'carousel', elements: times(n, () => ({ type: 'card', title: md(1) })) }),
    '/elements',
  ],
  [
    'container',
    10,
    (n) => ({ type: 'container', child_blocks: times(n, () => ({ type: 'divider' })) }),
    '/child_blocks',
  ],
  [
    'list indent',
    8,
    (n) =>
      rich({
        type: 'rich_text_list',
        style: 'bullet',
        indent: n,
        elements: [{ type: 'rich_text_section', elements: [] }],
      }),
    '/elements/0/indent',
  ],
];

describe('validateMessage', () => {
  it.each(boundaries)('holds the limit of %s at %i', (_name, max, make, pointer) => {
    expect(pointers(make(max))).toEqual([]);
    expect(pointers(make(max + 1))).toContain(`/blocks/0${pointer}`);
  });

  it('takes 50 blocks and no more', () => {
    expect(pointers(...times(50, () => ({ type: 'divider' })))).toEqual([]);
    expect(pointers(...times(51, () => ({ type: 'divider' })))).toEqual(['/blocks']);
  });

  it.each([
    ['an empty text', { type: 'section', text: md(0) }, '/blocks/0/text/text'],
    ['a section without text or fields', { type: 'section' }, '/blocks/0'],
    ['no fields in a list of fields', { type: 'section', fields: [] }, '/blocks/0/fields'],
    ['a context without elements', { type: 'context', elements: [] }, '/blocks/0/elements'],
    ['actions without elements', actions(), '/blocks/0/elements'],
    ['mrkdwn in a header', { type: 'header', text: md(1) }, '/blocks/0/text/type'],
    ['mrkdwn on a button', actions(button({ text: md(1) })), '/blocks/0/elements/0/text/type'],
    ['an unknown block', { type: 'sektion' }, '/blocks/0/type'],
    ['a block that only modals take', { type: 'alert', text: md(1) }, '/blocks/0/type'],
    ['an unknown element', actions({ type: 'knob' }), '/blocks/0/elements/0/type'],
    ['an unknown property', { type: 'divider', colour: 'red' }, '/blocks/0'],
    ['a prototype name as type', { type: 'constructor' }, '/blocks/0/type'],
    ['a style that is none', actions(button({ style: 'default' })), '/blocks/0/elements/0/style'],
    ['an empty option list', select({ options: [] }), '/blocks/0/elements/0/options'],
    ['options and groups at once', select({ option_groups: [] }), '/blocks/0/elements/0'],
    [
      'a foreign initial option',
      select({ initial_option: option({ value: 'z' }) }),
      '/blocks/0/elements/0/initial_option',
    ],
    [
      'an image with two sources',
      { type: 'image', alt_text: 'a', image_url: 'https://a.b', slack_file: { id: 'F1' } },
      '/blocks/0',
    ],
    ['an image without source', { type: 'image', alt_text: 'a' }, '/blocks/0'],
    [
      'an image url that is a script',
      { type: 'image', alt_text: 'a', image_url: 'javascript:x' },
      '/blocks/0/image_url',
    ],
    ['a link without scheme', actions(button({ url: 'a.b.com' })), '/blocks/0/elements/0/url'],
    ['an empty rich text run', line({ type: 'text', text: '' }), '/blocks/0/elements/0/elements/0/text'],
    ['mrkdwn inside rich text', line({ type: 'mrkdwn', text: 'a' }), '/blocks/0/elements/0/elements/0/type'],
    [
      'an unknown style',
      line({ type: 'text', text: 'a', style: { loud: true } }),
      '/blocks/0/elements/0/elements/0/style',
    ],
    [
      'code style on a mention',
      line({ type: 'user', user_id: 'U1', style: { code: true } }),
      '/blocks/0/elements/0/elements/0/style',
    ],
    ['a rich text without elements', rich(), '/blocks/0/elements'],
    [
      'a mention inside preformatted',
      rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      '/blocks/0/elements/0/elements/0/type',
    ],
    [
      'a list style that is none',
      rich({
        type: 'rich_text_list',
        style: 'dash',
        elements: [{ type: 'rich_text_section', elements: [] }],
      }),
      '/blocks/0/elements/0/style',
    ],
    ['an empty table cell', { type: 'table', rows: [[cell('')]] }, '/blocks/0/rows/0/0/text'],
    [
      'a ragged data table',
      { type: 'data_table', caption: 'c', rows: [[cell(), cell()], [cell()]] },
      '/blocks/0/rows/1',
    ],
    [
      'a confirm without text',
      actions(button({ confirm: { title: plain(1) } })),
      '/blocks/0/elements/0/confirm',
    ],
    [
      'a minimum above the maximum',
      input({ type: 'plain_text_input', min_length: 5, max_length: 4 }),
      '/blocks/0/element/min_length',
    ],
    [
      'a date that is none',
      actions({ type: 'datepicker', initial_date: '1.2.2026' }),
      '/blocks/0/elements/0/initial_date',
    ],
    ['null for a block', null, '/blocks/0'],
    ['a number for a text', { type: 'section', text: { type: 'mrkdwn', text: 5 } }, '/blocks/0/text/text'],
  ])('refuses %s', (_name, block, pointer) => {
    expect(pointers(block)).toContain(pointer);
  });

  it('refuses twice the same id where it must be unique', () => {
    expect(pointers({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' })).toEqual([
      '/blocks/1/block_id',
    ]);
    expect(pointers(actions(button({ action_id: 'a' }), button({ action_id: 'a' })))).toEqual([
      '/blocks/0/elements/1/action_id',
    ]);
    expect(pointers(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' })))).toEqual([]);
  });

  it('takes one table and 12,000 characters of Markdown per message', () => {
    const table = { type: 'table', rows: [[cell()]] };
    expect(pointers(table, table)).toEqual(['/blocks/1']);
    const markdown = (count: number) => ({ type: 'markdown', text: chars(count) });
    expect(pointers(markdown(6000), markdown(6000))).toEqual([]);
    expect(pointers(markdown(6000), markdown(6001))).toEqual(['/blocks']);
  });

  it('takes every kind of rich text element', () => {
    const block = line(
      { type: 'text', text: 'a', style: { bold: true, italic: true, strike: true, code: true } },
      { type: 'link', url: 'https://a.b', text: 'b', unsafe: true },
      { type: 'user', user_id: 'U1' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'usergroup', usergroup_id: 'S1' },
      { type: 'broadcast', range: 'here' },
      { type: 'emoji', name: 'pushpin', unicode: '1f4cc' },
      { type: 'date', timestamp: 1, format: '{time}', fallback: 'x' },
      { type: 'color', value: '#fff' },
    );
    expect(pointers(block)).toEqual([]);
  });

  it('looks into attachments', () => {
    expect(validateMessage({ attachments: [{ blocks: [{ type: 'nope' }] }] })).toEqual([
      { pointer: '/attachments/0/blocks/0/type', message: 'unsupported type: nope' },
    ]);
    expect(validateMessage({ attachments: times(101, () => ({})) })[0]?.pointer).toBe('/attachments');
  });
});

describe('validateView', () => {
  it.each([
    ['title', 24, (n: number) => modal({ title: plain(n) }), '/title/text'],
    ['submit', 24, (n: number) => modal({ submit: plain(n) }), '/submit/text'],
    ['close', 24, (n: number) => modal({ close: plain(n) }), '/close/text'],
    ['private_metadata', 3000, (n: number) => modal({ private_metadata: chars(n) }), '/private_metadata'],
    ['callback_id', 255, (n: number) => modal({ callback_id: chars(n) }), '/callback_id'],
    ['blocks', 100, (n: number) => modal({ blocks: times(n, () => ({ type: 'divider' })) }), '/blocks'],
    [
      'home blocks',
      100,
      (n: number) => ({ type: 'home', blocks: times(n, () => ({ type: 'divider' })) }),
      '/blocks',
    ],
    ['alert', 200, (n: number) => modal({ blocks: [{ type: 'alert', text: md(n) }] }), '/blocks/0/text/text'],
  ])('holds the limit of %s at %i', (_name, max, make, pointer) => {
    expect(validateView(make(max))).toEqual([]);
    expect(validateView(make(max + 1)).map((problem) => problem.pointer)).toContain(pointer);
  });

  it('wants a submit button where there is an input', () => {
    const blocks = [input({ type: 'plain_text_input' })];
    expect(validateView(modal({ blocks }))).toEqual([
      { pointer: '', message: 'missing required field: submit' },
    ]);
    expect(validateView(modal({ blocks, submit: plain(2) }))).toEqual([]);
  });

  it('refuses what no view has', () => {
    expect(validateView({ type: 'window' })[0]?.pointer).toBe('/type');
    expect(validateView({ type: 'home', blocks: [], title: plain(1) })[0]?.message).toContain('title');
    expect(validateView(modal({ blocks: [{ type: 'markdown', text: 'a' }] }))[0]?.pointer).toBe(
      '/blocks/0/type',
    );
  });
});

describe('blocksTextLength', () => {
  it('adds up the texts of all blocks, nested ones included', () => {
    expect(
      blocksTextLength([
        { type: 'section', text: md(10), fields: [md(5)] },
        line({ type: 'text', text: 'abc' }),
      ]),
    ).toBe(18);
  });
});
