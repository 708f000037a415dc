import { describe, expect, it } from 'vitest';
import { type Source, shipped } from './sources.ts';

const SOURCES = shipped();

function offences(sources: readonly Source[], pattern: RegExp): readonly string[] {
  return sources.flatMap(({ path, code }) =>
    code.split('\n').flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
  );
}

const AMBIENT =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bcrypto\.(?:random|getRandom)/;

describe('time, chance and the machine are handed in', () => {
  const pure = SOURCES.filter(({ zone }) => ['domain', 'flows', 'blocks'].includes(zone));

  it('domain, flows and blocks read none of them', () => {
    expect(pure.length).toBeGreaterThan(40);
    expect(offences(pure, AMBIENT)).toEqual([]);
    expect(
      offences(pure, /\bprocess\.|\bglobalThis\b|\bset(?:Timeout|Interval|Immediate)\(|\bfetch\(/),
    ).toEqual([]);
  });

  it('the rest of the bot reads no clock and no chance either', () => {
    const roots = ['src/main.ts', 'src/run-bot.ts', 'src/sandbox/run-sandbox.ts'];
    const bot = SOURCES.filter(
      ({ path, zone }) => !roots.includes(path) && !['config', 'cli'].includes(zone),
    );
    expect(offences(bot, AMBIENT)).toEqual([]);
  });

  it('only config and the composition root read the environment', () => {
    const others = SOURCES.filter(
      ({ path, zone }) => path !== 'src/main.ts' && zone !== 'config' && zone !== 'cli',
    );
    expect(offences(others, /\bprocess\.env\b/)).toEqual([]);
  });
});

describe('state', () => {
  it('no module keeps any: nothing at the top of a file can change', () => {
    const mutable =
      /^(?:export )?(?:let|var)\b|^(?:export )?const \w+(?:: (?!Readonly|readonly)[^=]+)? = (?:new (?:Weak)?(?:Map|Set)(?:<[^(]*>)?\(\)|\[\]|\{\});?$/;
    // A worker is a process of its own: its module is its whole life.
    const modules = SOURCES.filter(({ path }) => !path.endsWith('worker.ts'));
    expect(offences(modules, mutable)).toEqual([]);
  });
});

describe('words', () => {
  it('nobody writes to the console', () => {
    expect(offences(SOURCES, /\bconsole\.\w+\(/)).toEqual([]);
  });

  it('no any, no enum, no namespace, no skipped check', () => {
    expect(
      offences(SOURCES, /(?::|<|as) any\b|^(?:export )?(?:const )?enum |^(?:export )?namespace /),
    ).toEqual([]);
    expect(
      SOURCES.filter(({ text }) => /@ts-(?:ignore|nocheck|expect-error)/.test(text)).map((one) => one.path),
    ).toEqual([]);
  });

  it('nothing is left to do', () => {
    expect(
      SOURCES.filter(({ text }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(text)).map((one) => one.path),
    ).toEqual([]);
  });

  const BANNED = [
    'manager',
    'helper',
    'util',
    'utils',
    'common',
    'misc',
    'handler',
    'processor',
    'base',
    'impl',
    'data',
    'info',
  ];

  it('no file or folder has a name that says nothing', () => {
    const named = SOURCES.filter(({ path }) =>
      path
        .replace(/\.ts$/, '')
        .split('/')
        .some((part) => BANNED.includes(part) || BANNED.includes(part.split('-').at(-1) ?? '')),
    );
    expect(named.map((one) => one.path)).toEqual([]);
  });

  it('nothing is declared under such a name', () => {
    const ending = BANNED.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('|');
    expect(
      offences(
        SOURCES,
        new RegExp(
          `^(?:export )?(?:abstract )?(?:class|interface|type|function|const) (?:\\w*(?:${ending})|${BANNED.join('|')})\\b`,
        ),
      ),
    ).toEqual([]);
  });

  it('files are named for what they hold, in kebab-case', () => {
    expect(SOURCES.filter(({ path }) => !/^[a-z0-9/.-]+\.ts$/.test(path)).map((one) => one.path)).toEqual([]);
  });
});

describe('size', () => {
  const lengths = SOURCES.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));

  it('no file is longer than 400 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
  });

  it('few are longer than 300, and a median file is under 100', () => {
    const long = lengths.filter(({ lines }) => lines > 300);
    expect(long.map((one) => one.path)).toEqual([]);
    const sorted = lengths.map((one) => one.lines).toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
  });
});
