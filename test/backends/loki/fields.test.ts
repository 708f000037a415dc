import { describe, expect, test } from 'vitest';
import { countingQuery, fieldsOf, namedFields, selectorOf } from '../../../src/backends/loki/fields.ts';
import { MINUTE } from '../../../src/domain/time.ts';

describe('the source of a schema', () => {
  test.each([
    ['{app="x"} ', '{app="x"}'],
    ['service_name="checkout"', '{service_name="checkout"}'],
    ['checkout', '{service_name="checkout"}'],
    ['a "b"', '{service_name="a \\"b\\""}'],
  ])('%s', (source, selector) => expect(selectorOf(source)).toBe(selector));

  test('labels come first, then the fields of lines with their parser, each once', () => {
    const detected = [
      { label: 'status', type: 'int', parsers: ['json'] },
      { label: 'level', type: 'string', parsers: null },
    ];
    expect(fieldsOf(['level', 'pod'], detected)).toEqual([
      { name: 'level', type: 'label' },
      { name: 'pod', type: 'label' },
      { name: 'status', type: 'int', description: 'after | json' },
    ]);
  });
});

test('values are counted by a query that a person could type', () => {
  const window = { from: 0, to: 90 * MINUTE };
  expect(countingQuery('{app="x"}', 'level', window, undefined)).toBe(
    'topk(100, sum by (level) (count_over_time({app="x"} [1h30m])))',
  );
  expect(countingQuery('{app="x"}', 'status', window, 'json')).toBe(
    'topk(100, sum by (status) (count_over_time({app="x"} | json | status!="" [1h30m])))',
  );
});

describe('the fields that a query names', () => {
  test.each([
    ['{app="x"} |= "level=error"', []],
    ['{app="x"} | json | status >= 500 and route="/a" or msg=~"x|y"', ['status', 'route', 'msg']],
    ['sum by (pod, code) (count_over_time({app="x"} | logfmt | took > 2s [5m]))', ['took', 'pod', 'code']],
    ['quantile_over_time(0.9, {app="x"} | json | unwrap duration_ms [5m])', ['duration_ms']],
    ['{app="x"} | json | label_format a="b" | a="c"', []],
    ['{app="x"} | json a="b" | a="c"', []],
  ])('%s', (query, fields) => {
    const [found] = namedFields(query);
    expect(found?.source).toBe('{app="x"}');
    expect([...(found?.fields ?? [])].sort()).toEqual([...fields].sort());
  });

  test('of two different selectors none can be said, of what is no LogQL nothing', () => {
    expect(namedFields('sum(rate({a="b"}|json|x="1"[1m])) / sum(rate({a="c"}[1m]))')).toEqual([
      { source: '{a="b"}', fields: [] },
      { source: '{a="c"}', fields: [] },
    ]);
    expect(namedFields('nonsense')).toEqual([]);
  });
});
