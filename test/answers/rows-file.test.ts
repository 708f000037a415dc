import { describe, expect, test } from 'vitest';
import { csvRow } from '../../src/answers/csv.ts';
import { type RowsWanted, rowsFile } from '../../src/answers/rows-file.ts';
import type { KeptPiece } from '../../src/backends/kept-answer.ts';
import { asRows, asSeries, piecesOf, series } from './pieces.ts';

function file(pieces: readonly KeptPiece[], wanted: RowsWanted = {}, cut = false) {
  const out = [...rowsFile([piecesOf(pieces, cut)], wanted)];
  const [begin] = out;
  const end = out.at(-1);
  const texts = out.flatMap((one) => (one.kind === 'text' ? [one.text] : []));
  return { begin, end, texts, text: texts.join('') };
}

test('series are a row for each sample, their labels beside it, in CSV', () => {
  const { begin, end, text } = file([
    asSeries(series({ code: '500', time: 'x' }, [1.5, Number.NaN])),
    asSeries(series({ code: '500', time: 'x' }, [Number.POSITIVE_INFINITY], { continues: true, start: 2 })),
    asSeries(series({ pod: 'a"b' }, [2])),
  ]);
  expect(begin).toEqual({ kind: 'begin', format: 'csv' });
  expect(text.split('\n')).toEqual([
    '"time","value","code","pod","label_time"',
    '"2026-11-23T14:00:00.000Z",1.5,"500","","x"',
    '"2026-11-23T14:01:00.000Z","NaN","500","","x"',
    '"2026-11-23T14:02:00.000Z","+Inf","500","","x"',
    '"2026-11-23T14:00:00.000Z",2,"","a""b",""',
    '',
  ]);
  expect(end).toEqual({ kind: 'end', rows: 4, cut: false, full: false });
});

test('rows whose cells hold more than one value are NDJSON, unless CSV is asked for', () => {
  const rows = asRows(['a', 'b'], [{ deep: [1] }, null], [2, 'x\ny']);
  expect(file([rows]).begin).toEqual({ kind: 'begin', format: 'ndjson' });
  expect(file([rows]).text).toBe('{"a":{"deep":[1]},"b":null}\n{"a":2,"b":"x\\ny"}\n');
  expect(file([rows], { format: 'csv' }).text).toBe('"a","b"\n"{""deep"":[1]}",\n2,"x\ny"\n');
  expect(file([asRows(['a'], [1])]).begin).toEqual({ kind: 'begin', format: 'csv' });
});

test('a text is a text, a call tree is a table', () => {
  expect(file([{ kind: 'text', text: 'as it is' }])).toMatchObject({
    begin: { format: 'txt' },
    text: 'as it is',
  });
  const frames = [{ name: 'main', depth: 0, start: 0, total: 9, self: 1, before: 4 }];
  expect(file([{ kind: 'frames', unit: 's', frames }]).text).toBe(
    '"depth","name","self","total","total_before"\n0,"main",1,9,4\n',
  );
  expect(file([asRows(['function'], ['main']), { kind: 'frames', unit: 's', frames }]).text).toBe(
    '"function"\n"main"\n',
  );
});

test('a cut answer is told', () => {
  expect(file([asRows(['a'], [1])], {}, true).end).toEqual({ kind: 'end', rows: 1, cut: true, full: false });
});

test('a hundred thousand rows come in small pieces that end with a line', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => [index, `line ${index}`]);
  const { texts, end } = file([asRows(['n', 'line'], ...rows)]);
  expect(end).toMatchObject({ rows: 100_000 });
  expect(texts.every((text) => text.endsWith('\n') && text.length < 40_000)).toBe(true);
  expect(texts.join('').split('\n')).toHaveLength(100_002);
});

test('a file has an end, and says so', () => {
  const rows = Array.from({ length: 10_000 }, () => ['x'.repeat(100)]);
  const { text, end } = file([asRows(['a'], ...rows)], { limit: 100_000 });
  expect(end).toMatchObject({ full: true });
  expect(text.length).toBeLessThan(150_000);
});

test('a long text is never parted inside a private key', () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${'QUJD\n'.repeat(2_400)}-----END PRIVATE KEY-----\n`;
  const text = `${'x'.repeat(99)}\n`.repeat(150) + key + `${'y'.repeat(99)}\n`.repeat(900);
  const { texts } = file([{ kind: 'text', text }]);
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.join('')).toBe(text);
  expect(texts.filter((one) => one.includes('-----BEGIN') !== one.includes('-----END'))).toEqual([]);
});

describe('CSV', () => {
  test.each([
    ['=cmd()', `"'=cmd()"`],
    ['+1+1', `"'+1+1"`],
    ['-1+cmd', `"'-1+cmd"`],
    ['@SUM(1)', `"'@SUM(1)"`],
    ['\t=x', `"'\t=x"`],
    ['\r=x', `"'\r=x"`],
    ['-12.5e-3', '"-12.5e-3"'],
    ['+Inf', '"+Inf"'],
    ['\u200b=x', `"'\u200b=x"`],
    ['\u0000 =x', `"'\u0000 =x"`],
    ['a=b', '"a=b"'],
    ['say "no", ok', '"say ""no"", ok"'],
    ['two\nlines', '"two\nlines"'],
    [-3, '-3'],
    [null, ''],
    [undefined, ''],
    [true, 'true'],
    ['', '""'],
    [{ a: '=x' }, '"{""a"":""=x""}"'],
  ])('%j is %j', (cell, written) => {
    expect(csvRow([cell])).toBe(`${written}\n`);
  });
});
