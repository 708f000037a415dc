import { expect, test } from 'vitest';
import { mendCut } from '../../src/backends/mend-cut.ts';

const mended = (text: string) => {
  const bytes = mendCut(Buffer.from(text));
  return bytes && JSON.parse(Buffer.from(bytes).toString());
};

test.each([
  [
    '{"data":{"result":[{"v":[[1,"2"],[3,"4"],[5',
    {
      data: {
        result: [
          {
            v: [
              [1, '2'],
              [3, '4'],
            ],
          },
        ],
      },
    },
  ],
  ['{"data":{"result":[{"v":[[1,"2"]]},{"metric":{"a":"b', { data: { result: [{ v: [[1, '2']] }] } }],
  ['[{"a":"]}\\""},{"b":"[{"},{"c', [{ a: ']}"' }, { b: '[{' }]],
  ['[{"a":1}]', [{ a: 1 }]],
  ['[{"a":1}, ', [{ a: 1 }]],
  ['[{"a":"\u{1f600}"},{"b":"\ud83d', [{ a: '\u{1f600}' }]],
])('%s is cut back to what is whole', (text, value) => {
  expect(mended(text)).toEqual(value);
});

test.each(['', '{"a":1', '{"a":[1,2', 'no JSON at all', '"['])('%j has nothing whole in it', (text) => {
  expect(mendCut(Buffer.from(text))).toBeUndefined();
});

test('every beginning of an answer is made whole or nothing, never something broken', () => {
  const whole = JSON.stringify({
    status: 'success',
    data: {
      result: [
        {
          metric: { a: '"}]\\', b: 'é' },
          values: [
            [1.5, 'NaN'],
            [2, '+Inf'],
          ],
        },
        { metric: {}, values: [] },
      ],
    },
  });
  const bytes = Buffer.from(whole);
  let made = 0;
  for (let end = 0; end <= bytes.length; end++) {
    const mended = mendCut(bytes.subarray(0, end));
    if (mended === undefined) continue;
    made++;
    expect(JSON.parse(Buffer.from(mended).toString())).toMatchObject({ status: 'success' });
  }
  expect(made).toBeGreaterThan(40);
});
