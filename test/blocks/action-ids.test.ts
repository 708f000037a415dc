import { expect, test } from 'vitest';
import {
  ACTIONS,
  actionKind,
  CALLBACKS,
  CARD_MORE,
  decodeMeta,
  decodeRef,
  encodeMeta,
  encodeRef,
  INPUTS,
  numbered,
} from '../../blocks/action-ids.ts';
import { decodeSnooze, encodeSnooze } from '../../blocks/snooze-choice.ts';
import { gallery, whole } from './gallery.ts';

const drawn = gallery({ words: 'payments', many: 3, name: 'Lea' });

function found(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => found(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === 'string' ? [inner] : found(inner, key),
  );
}

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

test('every action rendered, inputs of modals left out, is in the table, and everything in the table is rendered', () => {
  const blocks = drawn.map(({ message, view }) =>
    message
      ? whole(message).map((one) => one.blocks)
      : (view?.blocks ?? []).filter((one) => view?.type === 'home' || one.type === 'actions'),
  );
  const kinds = found(blocks, 'action_id').map((id) => actionKind(id) ?? `not in the table: ${id}`);
  expect(sorted(kinds)).toEqual(sorted(Object.values(ACTIONS)));
});

test('every modal is in the table, with inputs that keep their block and action ids equal', () => {
  const views = drawn.flatMap(({ view }) => (view ? [view] : []));
  expect(sorted(found(views, 'callback_id'))).toEqual(sorted(Object.values(CALLBACKS)));
  const modals = views
    .filter((view) => view.type === 'modal')
    .map((view) => view.blocks.filter((one) => one.type !== 'actions'));
  expect(sorted(found(modals, 'block_id'))).toEqual(sorted(Object.values(INPUTS)));
  expect(sorted(found(modals, 'action_id'))).toEqual(sorted(Object.values(INPUTS)));
});

test('the menu of the card offers what its table says', () => {
  const card = drawn.find((one) => one.name === 'status card');
  const words = found(card?.message?.blocks, 'value').map((value) => decodeRef(value)?.rest);
  expect(sorted(words.filter((one) => one !== undefined))).toEqual(sorted(Object.values(CARD_MORE)));
});

test.each([
  [{ incident: 42 }, '42'],
  [{ incident: 42, second: 3 }, '42/3'],
  [{ incident: 42, rest: 'timeline' }, '42/-/timeline'],
  [{ incident: 42, second: 3, rest: 'INC-42/held-3/U1' }, '42/3/INC-42/held-3/U1'],
])('a reference %o is written %s and read back', (ref, text) => {
  expect(encodeRef(ref)).toBe(text);
  expect(decodeRef(text)).toEqual(ref);
});

test.each([undefined, '', 'x', '42/', '42/x', '42/-/', '-1', '1e9', '42/3/'])(
  '%o is no reference',
  (text) => {
    expect(decodeRef(text)).toBeUndefined();
  },
);

test('a snooze keeps its reason, slashes included', () => {
  const choice = { incident: 42, promise: 3, length: '15m', reason: 'CI/CD is slow' };
  expect(decodeSnooze(encodeSnooze(choice))).toEqual(choice);
  expect(decodeSnooze('42/3/15m')).toBeUndefined();
});

test('private metadata keeps ids, and nothing that is not one', () => {
  const meta = { incident: 42, promise: 3, channel: 'C1', ts: '1.2', draft: 'k', source: 's', seq: 9 };
  expect(decodeMeta(encodeMeta(meta))).toEqual(meta);
  expect(decodeMeta('{"incident":"42","channel":7,"evil":true}')).toEqual({});
  expect(decodeMeta('not json')).toEqual({});
  expect(() => encodeMeta({ draft: 'x'.repeat(3000) })).toThrow(RangeError);
});

test('equal buttons in one block are told apart and known as one kind', () => {
  expect(numbered(ACTIONS.say, 2)).toBe('say:2');
  expect(actionKind('say:2')).toBe('say');
  expect(actionKind('say:x')).toBeUndefined();
});
