import { expect, test } from 'vitest';
import { pageModule } from './page-module.ts';

type At = { readonly kind: string; readonly query: string; readonly from: number };
const { completionAt, complete, slashName } = await pageModule<{
  completionAt(text: string, caret: number): At | undefined;
  complete(text: string, at: At, caret: number, insert: string): { text: string; caret: number };
  slashName(text: string): string | undefined;
}>('text/completion.js');

test.each([
  ['/ste', { kind: '/', query: 'ste', from: 0 }],
  ['hello @Le', { kind: '@', query: 'le', from: 6 }],
  ['(#gen', { kind: '#', query: 'gen', from: 1 }],
  ['so :ta', { kind: ':', query: 'ta', from: 3 }],
  ['mail me@example', undefined],
  ['at 12:30', undefined],
  ['and /var', undefined],
  ['/steady help', undefined],
])('typing %j offers %j', (text, expected) => {
  expect(completionAt(text, text.length)).toEqual(expected);
});

test('the completion stands where the caret was', () => {
  const at = completionAt('ask @st about it', 7);
  expect(at && complete('ask @st about it', at, 7, '@Steady')).toEqual({
    text: 'ask @Steady about it',
    caret: 12,
  });
});

test('only a command in front is a slash command', () => {
  expect(slashName('/Steady help')).toBe('/steady');
  expect(slashName('/var/log')).toBeUndefined();
  expect(slashName('see /steady')).toBeUndefined();
});
