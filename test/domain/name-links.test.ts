import { describe, expect, it } from 'vitest';
import { sentryNames } from '../../src/backends/sentry/name-patterns.ts';
import { createNameLinks, type NameLinks } from '../../src/domain/name-links.ts';

function found(links: NameLinks, text: string): readonly (readonly [string, string])[] {
  return links(text).map(({ at, length, url }) => [text.slice(at, at + length), url]);
}

describe('names that lead somewhere', () => {
  const links = createNameLinks([
    { pattern: 'PROJ-\\d+', url: 'https://issues.example.com/browse/$0' },
    { pattern: '(?:PR )?#(\\d+)', url: 'https://git.example.com/pull/$1?from=$0' },
    { pattern: '[A-Z]+-\\d+', url: 'https://other.example.com/$0' },
    { pattern: 'ref:(\\S+)', url: 'https://x.example.com/$1' },
  ]);

  it.each<[string, ReturnType<typeof found>]>([
    ['see PROJ-12.', [['PROJ-12', 'https://issues.example.com/browse/PROJ-12']]],
    ['PR #7 broke it', [['PR #7', 'https://git.example.com/pull/7?from=PR%20%237']]],
    [
      'OPS-3, PROJ-12',
      [
        ['OPS-3', 'https://other.example.com/OPS-3'],
        ['PROJ-12', 'https://issues.example.com/browse/PROJ-12'],
      ],
    ],
    ['xPROJ-12 and PROJ-12x', []],
    ['INC-42', []],
    ['éPROJ-12', []],
    ['ref:../..//evil?x#y', [['ref:../..//evil?x#y', 'https://x.example.com/..%2F..%2F%2Fevil%3Fx%23y']]],
    [`ref:${'ä'.repeat(200)}`, []],
    [`${'x '.repeat(2_000)}PROJ-12`, []],
  ])('%s', (text, names) => {
    expect(found(links, text)).toEqual(names);
  });

  it('a text has a few of them at most, whatever stands in it', () => {
    expect(links('PROJ-1 '.repeat(100))).toHaveLength(10);
    expect(() => links('ref:\ud800')).not.toThrow();
  });
});

describe('ids of Sentry', () => {
  const hex = '4bf92f3577b34da6a3ce929d0e0e4736';
  const links = createNameLinks(
    sentryNames([
      { url: 'https://de.sentry.io', organization: 'acme', project: 'check.out-api' },
      { url: 'https://sentry.example.com/s', organization: 'ops' },
    ]),
  );

  it.each<[string, ReturnType<typeof found>]>([
    ['CHECK.OUT-API-4K', [['CHECK.OUT-API-4K', 'https://acme.sentry.io/issues/CHECK.OUT-API-4K/']]],
    ['CHECKXOUT-API-4K', []],
    ['UTF-8, HTTP-500', []],
    ['Sentry issue WEB-9Z', [['Sentry issue WEB-9Z', 'https://acme.sentry.io/issues/WEB-9Z/']]],
    [`trace ${hex}`, [[`trace ${hex}`, `https://acme.sentry.io/explore/traces/trace/${hex}/`]]],
    [`trace_id=${hex}`, [[`trace_id=${hex}`, `https://acme.sentry.io/explore/traces/trace/${hex}/`]]],
    [`event ${hex}`, [[`event ${hex}`, `https://acme.sentry.io/issues/?query=${hex}`]]],
    [hex, []],
  ])('%s', (text, names) => {
    expect(found(links, text)).toEqual(names);
  });

  it('are none where no Sentry is configured', () => {
    expect(sentryNames([])).toEqual([]);
  });
});
