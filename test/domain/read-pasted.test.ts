import { expect, test } from 'vitest';
import { readPasted } from '../../src/domain/read-pasted.ts';

const rows = (columns: readonly string[], ...all: (readonly unknown[])[]) => ({
  kind: 'rows',
  columns,
  rows: all,
});

test.each([
  [
    'JSON',
    '[{"pod":"a","restarts":3},{"pod":"b","restarts":0}]',
    rows(['pod', 'restarts'], ['a', 3], ['b', 0]),
  ],
  ['JSON by the line', '{"a":1}\n{"a":2,"b":"x"}\n', rows(['a', 'b'], [1, ''], [2, 'x'])],
  [
    'CSV in a fence',
    '```csv\npod,note\na,"x, ""y"""\nb,\n```',
    rows(['pod', 'note'], ['a', 'x, "y"'], ['b', '']),
  ],
  ['tabs', 'pod\tage\na\t3d', rows(['pod', 'age'], ['a', '3d'])],
  ['Markdown', '| pod | age |\n|---|---|\n| a | 3d |', rows(['pod', 'age'], ['a', '3d'])],
  [
    'psql',
    ' pod | age \n-----+-----\n a   | 3d\n b   | \n(2 rows)',
    rows(['pod', 'age'], ['a', '3d'], ['b', '']),
  ],
  [
    'kubectl',
    'NAME         READY   STATUS    RESTARTS     AGE\ncheckout-a   1/1     Running   3 (2m ago)   3d\ncheckout-b   0/1     Error     9            2m',
    rows(
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      ['checkout-a', '1/1', 'Running', '3 (2m ago)', '3d'],
      ['checkout-b', '0/1', 'Error', '9', '2m'],
    ),
  ],
])('%s is rows', (_name, text, result) => expect(readPasted(text)).toEqual(result));

test.each([
  'Hello, I think\nit is payments, not us',
  'level=error msg="x"\nlevel=warn',
  'a,b\n1,2,3',
  'NAME   READY\ncheckout-a   1/1   Running',
  '{"a":1}\nnot json',
  'a,a\n1,2',
  '{"status":"ok"}',
])('%j stays text', (text) => expect(readPasted(text)).toEqual({ kind: 'text', text }));
