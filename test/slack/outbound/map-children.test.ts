import { expect, test } from 'vitest';
import { mapChildren } from '../../../src/slack/outbound/map-children.ts';

test('a value of which nothing changes stays the very same', () => {
  const value = { a: 'x', b: [1, { c: null }], d: undefined };
  expect(mapChildren(value, (child) => child)).toBe(value);
  expect(mapChildren(value.b, (child) => child)).toBe(value.b);
  expect(mapChildren('text', () => 'other')).toBe('text');
});

test('one change copies the level and nothing else, in its order', () => {
  const kept = { deep: true };
  const value = { a: 'x', b: kept, c: 'z' };
  const changed = mapChildren(value, (child, name) => (name === 'c' ? 'new' : child));
  expect(changed).toEqual({ a: 'x', b: kept, c: 'new' });
  expect(Object.keys(changed)).toEqual(['a', 'b', 'c']);
  expect(changed.b).toBe(kept);
  expect(value.c).toBe('z');
});

test('what becomes undefined is left out, of lists as of objects', () => {
  const drop = (child: unknown) => (child === 'no' ? undefined : child);
  expect(mapChildren(['no', 'a', 'no', 'b'], drop)).toEqual(['a', 'b']);
  expect(Object.keys(mapChildren({ a: 'no', b: 'yes' }, drop))).toEqual(['b']);
});

test('a member named like the prototype stays a member', () => {
  const value = JSON.parse('{"__proto__": "x", "a": "y"}') as Record<string, string>;
  const changed = mapChildren(value, (child) => `${child}!`);
  expect(Object.entries(changed)).toEqual([
    ['__proto__', 'x!'],
    ['a', 'y!'],
  ]);
});
