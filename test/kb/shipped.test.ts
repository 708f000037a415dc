import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Entry, KINDS, type Kind, TYPE_OF } from '../../src/domain/knowledge/entry.ts';
import { entriesOf, readFile, textOf } from '../../src/domain/knowledge/read-file.ts';
import { loadKusto, promqlErrors, snippetsOf } from './snippets.ts';

const read = (kind: Kind) => readFileSync(new URL(`../../kb/${kind}.md`, import.meta.url), 'utf8');
const files = KINDS.map((kind) => ({ kind, text: read(kind), file: readFile(kind, read(kind)) }));
const all = files.flatMap(({ kind, file }) => entriesOf(file).map((entry) => ({ kind, entry })));
const keysOf = (kind: Kind) => all.filter((one) => one.kind === kind).map(({ entry }) => entry.key);

describe('the knowledge that Steady ships with', () => {
  test.each(files)('$kind reads without a problem, byte for byte', ({ text, file }) => {
    expect(file.problems).toEqual([]);
    expect(textOf(file)).toBe(text);
  });

  test('every entry has a key, a time and tags of its own, the type of its file, and is never archived', () => {
    expect(new Set(all.map(({ entry }) => entry.key)).size).toBe(all.length);
    expect(new Set(all.map(({ entry }) => entry.at)).size).toBe(all.length);
    for (const { kind, entry } of all)
      expect(entry).toMatchObject({
        type: TYPE_OF[kind],
        pinned: true,
        tags: expect.arrayContaining([expect.any(String)]),
      });
  });

  test('the catalogue of failures is whole', () => {
    expect(keysOf('patterns')).toEqual([
      'bad deploy',
      'resource exhaustion',
      'fixed capacity saturates',
      'cancellation is not passed on',
      'cascading failure',
      'thundering herd',
      'dns and certificates',
      'queue backlog',
      'flag or configuration change',
      'database trouble',
      'memory and garbage collection',
      'external dependency',
    ]);
  });

  test('the questions of every incident are there', () => {
    expect(keysOf('queries')).toEqual(
      expect.arrayContaining([
        'golden signal latency',
        'golden signal traffic',
        'golden signal errors',
        'golden signal saturation',
        'follow one request',
        'who failed first',
        'before and after a deploy',
        'spike detection',
      ]),
    );
  });

  const asking = all.filter(({ kind }) => kind === 'patterns' || kind === 'queries');
  test.each(asking.map(({ entry }) => [entry.key, entry] as const))(
    '%s: shown in both languages, and every snippet parses',
    (_key, entry: Entry) => {
      const snippets = snippetsOf(entry.body);
      expect(new Set(snippets.map((one) => one.language))).toEqual(new Set(['promql', 'apl']));
      for (const { language, code } of snippets)
        expect(language === 'promql' ? promqlErrors(code) : kusto(code), code).toEqual(
          language === 'promql' ? [] : 0,
        );
    },
  );

  test.each(all.filter(({ kind }) => kind === 'patterns').map(({ entry }) => [entry.key, entry] as const))(
    '%s says what it looks like, and what would rule it out',
    (_key, entry) => {
      for (const part of ['**Symptoms**', '**Shows it**', '**Rules it out**', '**First move**'])
        expect(entry.body).toContain(part);
    },
  );
});

const kusto = loadKusto();

test('the checks refuse what does not parse', () => {
  expect(promqlErrors('sum(rate(x[5m])')).not.toEqual([]);
  expect(kusto("['logs'] | where _time > | summarize count() by")).toBeGreaterThan(0);
});
