import { expect, test } from 'vitest';
import { readApl } from '../../../src/backends/axiom/apl/read-apl.ts';
import { readDataset, sinceApl, spotlightApl } from '../../../src/domain/signals/spotlight-apl.ts';

test.each([
  ["['shop-traces'] status >= 500", 'shop-traces', 'status >= 500'],
  ["['shop-traces'] | where error == true", 'shop-traces', 'error == true'],
  ['traces', 'traces', ''],
  ['["a b"] x', 'a b', 'x'],
])('%s', (text, dataset, rest) => {
  expect(readDataset(text)).toEqual({ dataset, rest });
});

test.each(['', '| where x', '42'])('no dataset: %s', (text) => {
  expect(readDataset(text)).toBeUndefined();
});

test('the fields that tell groups apart are compared, ids, times and prose are not', () => {
  const fields = [
    { name: '_time', type: 'datetime' },
    { name: 'service.name', type: 'string' },
    { name: 'status', type: 'integer' },
    { name: 'duration', type: 'timespan' },
    { name: 'trace_id', type: 'string' },
    { name: 'message', type: 'string' },
    { name: 'attributes.custom', type: 'map[string]' },
    { name: "it's", type: 'string' },
  ];
  const query = spotlightApl('shop-traces', 'status >= 500', fields);
  expect(query).toBe(
    "['shop-traces'] | summarize spotlight(status >= 500, ['service.name'], status, duration, ['it\\'s'])",
  );
  expect(readApl(query ?? '')?.pipelines[0]?.sources[0]?.name).toBe('shop-traces');
  expect(spotlightApl('x', 'true', [{ name: '_time', type: 'datetime' }])).toBeUndefined();
});

test('minutes are told from those before by their time', () => {
  expect(sinceApl(Date.parse('2026-11-23T14:02:00Z'))).toBe('_time >= datetime(2026-11-23T14:02:00.000Z)');
});
