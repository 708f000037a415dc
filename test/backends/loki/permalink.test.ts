import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePermalink, permalink } from '../../../src/backends/loki/permalink.ts';

const window = { from: Date.parse('2026-11-23T14:02:00Z'), to: Date.parse('2026-11-23T14:32:00Z') };

test('a link as Explore writes it', () => {
  const link = permalink('https://me:pass@grafana.example/g/?token=1#x', 'P8E', {
    query: '{app="a b"}',
    window,
    step: 15_000,
  });
  expect(link).toBe(
    'https://grafana.example/g/explore?schemaVersion=1&panes=%7B%22ste%22%3A%7B%22datasource%22%3A%22P8E%22%2C%22queries%22%3A%5B%7B%22refId%22%3A%22A%22%2C%22expr%22%3A%22%7Bapp%3D%5C%22a%20b%5C%22%7D%22%2C%22queryType%22%3A%22range%22%2C%22step%22%3A%2215s%22%2C%22datasource%22%3A%7B%22type%22%3A%22loki%22%2C%22uid%22%3A%22P8E%22%7D%7D%5D%2C%22range%22%3A%7B%22from%22%3A%221795442520000%22%2C%22to%22%3A%221795444320000%22%7D%7D%7D',
  );
});

test.each([
  [
    'https://g.example/explore?schemaVersion=1&panes={"abc":{"datasource":"uid1","queries":[{"refId":"A","expr":"{app=\\"x\\"}","datasource":{"type":"loki","uid":"uid1"}}],"range":{"from":"1795442520000","to":"1795444320000"}}}&orgId=1',
    { query: '{app="x"}', window },
  ],
  [
    'https://g.example/explore?schemaVersion=1&panes={"abc":{"queries":[{"expr":"{app=\\"x\\"}"}],"range":{"from":"now-1h","to":"now"}}}',
    undefined,
  ],
  ['https://g.example/explore?panes=nothing', undefined],
  ['https://g.example/d/abc?panes={}', undefined],
  ['no link', undefined],
])('%s', (link, expected) => {
  expect(parsePermalink(link)).toEqual(expected);
});

test('every query and window comes back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed()),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 100_000 }),
      (query, from, length, seconds) => {
        const view = { query, window: { from, to: from + length }, step: seconds * 1_000 };
        expect(parsePermalink(permalink('https://g.example/p', 'uid-1', view))).toEqual(view);
      },
    ),
    { numRuns: 200 },
  );
});
