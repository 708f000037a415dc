import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { type KeyPath, keyLines } from '../../src/config/key-lines.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { formatDuration, parseDuration } from '../../src/domain/time.ts';
import { fakeMachine } from './fake-machine.ts';

describe('keyLines', () => {
  const document = `# a remark
title = "x" # = not a key
[a.b]
"c d" = 1
'e.f' = [ 1, # first
  2,
  { deep = true },
]
inline = { x = 1, y.z = "}" }
long = """
[not.a.table]
no = "key"
"""
literal = '''
also = "not"'''
after.dots = 2
[[list]]
n = 1
[[list]]
n = 2
[list.sub]
m = 3
`;
  it.each<[KeyPath, number]>([
    [['title'], 2],
    [['a'], 3],
    [['a', 'b'], 3],
    [['a', 'b', 'c d'], 4],
    [['a', 'b', 'e.f', 0], 5],
    [['a', 'b', 'e.f', 1], 6],
    [['a', 'b', 'e.f', 2, 'deep'], 7],
    [['a', 'b', 'inline', 'y', 'z'], 9],
    [['a', 'b', 'long'], 10],
    [['a', 'b', 'literal'], 14],
    [['a', 'b', 'after', 'dots'], 16],
    [['list', 0, 'n'], 18],
    [['list', 1, 'n'], 20],
    [['list', 1, 'sub', 'm'], 22],
    [['a', 'b', 'missing'], 3],
  ])('%j is on line %i', (path, line) => {
    parse(document);
    expect(keyLines(document)(path)).toBe(line);
  });

  it('knows nothing of a key whose table is not there', () => {
    expect(keyLines(document)(['nowhere', 'x'])).toBeUndefined();
  });

  it('always ends, whatever it reads', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'[]{}="\'\\\n#,. ab1'), maxLength: 200 });
    fc.assert(
      fc.property(noise, (text) => void keyLines(text)(['a'])),
      { numRuns: 500 },
    );
  });
});

/** One entry of a generated document: the lines it takes and its value. */
const value = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom(
    'true',
    '"[x] # = {"',
    "'literal \\'",
    '[1, 2]',
    '[\n  "a",\n  "b", # two\n]',
    '{ x = 1, y = "," }',
  ),
  fc.constantFrom(
    '"""\n[fake]\nfake = 1\n"""',
    "'''\n'''",
    '"\\"quoted\\" \\u0041"',
    '"""two quotes more"""""',
    "'''one more''''",
    '1979-05-27T07:32:00Z',
  ),
);
const key = fc.constantFrom('alpha', 'beta-2', '"with blank"', "'dotted.name'", '"esc\\u0061ped"');
const gap = fc.constantFrom('', '\n', '# remark = [1\n', '\n\n   # "\n');

it('property: every key of a document is found on the line where it was written', () => {
  const section = fc.record({
    gap,
    entries: fc.uniqueArray(fc.record({ gap, key, value }), { selector: (one) => one.key }),
  });
  fc.assert(
    fc.property(fc.array(section, { maxLength: 5 }), (sections) => {
      let toml = '';
      const expected: [KeyPath, number][] = [];
      const here = () => toml.split('\n').length;
      for (const [index, one] of sections.entries()) {
        toml += one.gap;
        expected.push([[`s${index}`], here()]);
        toml += `[s${index}]\n`;
        for (const entry of one.entries) {
          toml += entry.gap;
          const name = Object.keys(parse(`${entry.key} = 1`))[0] ?? '';
          expected.push([[`s${index}`, name], here()]);
          toml += `  ${entry.key} = ${entry.value}\n`;
        }
      }
      parse(toml);
      const lineOf = keyLines(toml);
      expect(expected.map(([path]) => [path, lineOf(path)])).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

it('property: a duration is read as written, and a wrong one is reported on its own line', () => {
  const remarks = fc.array(fc.constantFrom('# remark', '', '# update_every = "1h"'), { maxLength: 6 });
  fc.assert(
    fc.property(remarks, fc.integer({ min: 1, max: 30 * 3600 }), (lines, seconds) => {
      const written = formatDuration(seconds * 1000);
      const toml = [...lines, '[cadence]', ...lines, `update_every = "${written}"`].join('\n');
      const load = () => loadConfig(fakeMachine({ 'config.toml': toml }));
      if (seconds >= 10 && seconds <= 24 * 3600) {
        expect(load().cadence.updateEvery).toBe(parseDuration(written));
        return;
      }
      const line = 2 * lines.length + 2;
      const message = `config.toml:${line} cadence.update_every: "${written}" is too ${seconds < 10 ? 'short' : 'long'}; write at least 10s, at most 1d`;
      expect(load).toThrow(new ConfigError([message]));
    }),
    { numRuns: 200 },
  );
});
