import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/slack/command-table.ts';
import { readDeclare } from '../../../src/slack/commands/declare.ts';
import { readSeverity } from '../../../src/slack/commands/facts.ts';
import { readPerson } from '../../../src/slack/commands/people.ts';
import { distance, nearestRows, parseCommand } from '../../../src/slack/words/parse-command.ts';

interface Short {
  readonly name: string;
  readonly text: string;
  readonly incident?: number;
  readonly [option: string]: unknown;
}

function read(typed: string): Short | string {
  const reading = parseCommand(typed, COMMANDS);
  if (reading.kind !== 'command') return reading.kind;
  const { row, incident, options, text, straightened } = reading.parsed;
  return {
    name: row.name,
    text,
    ...options,
    ...(incident !== undefined && { incident }),
    ...(straightened && { straightened }),
  };
}

describe('names', () => {
  it.each<[string, string, string]>([
    ['update x', 'update', 'x'],
    ['Update: x', 'update', 'x'],
    [': update, x', 'update', 'x'],
    ['no change', 'nochange', ''],
    ['note change of plan', 'note', 'change of plan'],
    ["I'm lead", 'lead', ''],
    ['I’m lead', 'lead', ''],
    ["i'm lead!", 'lead', ''],
    ['ack', 'lead', ''],
    ['close', 'resolve', ''],
    ['resolve payments raised it', 'resolve', 'payments raised it'],
    ['SEV1', 'severity', 'SEV1'],
    ['s2', 'severity', 's2'],
    ['critical', 'severity', 'critical'],
    ['severity P3', 'severity', 'P3'],
    ['comms <@U1>', 'role', 'comms <@U1>'],
    ['role ops', 'role', 'ops'],
    ['hand over <@U1>', 'handoff', '<@U1>'],
    ['merge INC-41', 'merge', 'INC-41'],
    ['merge into INC-41', 'merge', 'INC-41'],
    ['started 14:02', 'started', '14:02'],
    ['help update', 'help', 'update'],
    ['prom`up`', 'prom', '`up`'],
    ['list all', 'list', 'all'],
  ])('%s', (typed, name, text) => {
    expect(read(typed)).toEqual({ name, text });
  });

  it('a typo is only offered, with what followed', () => {
    expect(parseCommand('resolv it is over', COMMANDS)).toMatchObject({
      kind: 'unknown',
      word: 'resolv',
      rest: 'it is over',
      nearest: [{ name: 'resolve' }],
    });
    expect(parseCommand('updaet x', COMMANDS)).toMatchObject({
      kind: 'unknown',
      nearest: [{ name: 'update' }],
    });
    expect(parseCommand('xyzzy', COMMANDS)).toMatchObject({ kind: 'unknown', nearest: [] });
    expect(parseCommand('resolvent', COMMANDS).kind).toBe('unknown');
    expect(parseCommand(' : ', COMMANDS).kind).toBe('nothing');
  });

  it('a slip of two neighbouring fingers is one mistake', () => {
    expect([distance('sttaus', 'status'), distance('abc', 'abc'), distance('', 'ab')]).toEqual([1, 0, 2]);
    expect(nearestRows('lsit', COMMANDS)[0]?.name).toBe('list');
    expect(nearestRows('snoze', COMMANDS).length).toBeLessThanOrEqual(3);
  });
});

describe('which incident', () => {
  it.each<[string, Short]>([
    ['INC-42 update x', { name: 'update', text: 'x', incident: 42 }],
    ['update INC-42 x', { name: 'update', text: 'x', incident: 42 }],
    ['inc 42: resolve', { name: 'resolve', text: '', incident: 42 }],
    ['#INC42, status', { name: 'status', text: '', incident: 42 }],
    ['INC-42', { name: 'status', text: '', incident: 42 }],
    ['inc-42:', { name: 'status', text: '', incident: 42 }],
    ['INC-42 merge INC-41', { name: 'merge', text: 'INC-41', incident: 42 }],
    ['merge INC-42 INC-41', { name: 'merge', text: 'INC-41', incident: 42 }],
    ['merge INC-41', { name: 'merge', text: 'INC-41' }],
    ['update see INC-41', { name: 'update', text: 'see INC-41' }],
    ['INC-42 prom up since:2h', { name: 'prom', text: 'up', since: '2h', incident: 42 }],
    ['prom INC-42 up', { name: 'prom', text: 'up', incident: 42 }],
    ['prom inc5 + inc6', { name: 'prom', text: 'inc5 + inc6' }],
    ['prom inc 5', { name: 'prom', text: 'inc 5' }],
    ['declare INC-42 is back', { name: 'declare', text: 'INC-42 is back' }],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toEqual(expected);
  });

  it('a typo after an id is offered as well', () => {
    expect(parseCommand('INC-42 resolv', COMMANDS)).toMatchObject({ kind: 'unknown', word: 'resolv' });
  });
});

describe('options', () => {
  it.each<[string, Short]>([
    [
      'prom up env:prod since:2h step:30s',
      { name: 'prom', text: 'up', env: 'prod', since: '2h', step: 30_000 },
    ],
    ['prom env:prod up', { name: 'prom', text: 'up', env: 'prod' }],
    ['prom sum(up) env:prod by (x)', { name: 'prom', text: 'sum(up) by (x)', env: 'prod' }],
    ['prom up from:14:10 to:14:40', { name: 'prom', text: 'up', from: '14:10', to: '14:40' }],
    ['prom up around:14:32:05', { name: 'prom', text: 'up', around: '14:32:05' }],
    ['prom up from:2026-01-05T14:00Z', { name: 'prom', text: 'up', from: '2026-01-05T14:00Z' }],
    ['prom env:errors:rate5m', { name: 'prom', text: 'env:errors:rate5m' }],
    ['prom env:errors:rate5m env:prod', { name: 'prom', text: 'env:errors:rate5m', env: 'prod' }],
    ['prom sum(env:prod)', { name: 'prom', text: 'sum(env:prod)' }],
    ['prom sum( env:prod )', { name: 'prom', text: 'sum( env:prod )' }],
    ['prom up{a=" since:2h "}', { name: 'prom', text: 'up{a=" since:2h "}' }],
    ["prom up{a=' since:2h '}", { name: 'prom', text: "up{a=' since:2h '}" }],
    ['prom `up since:2h`', { name: 'prom', text: '`up since:2h`' }],
    ['prom `up` since:2h', { name: 'prom', text: '`up`', since: '2h' }],
    ['prom up[5m:1m] since:2h', { name: 'prom', text: 'up[5m:1m]', since: '2h' }],
    ['prom up -- since:2h', { name: 'prom', text: 'up since:2h' }],
    ['prom up since:2h -- env:x', { name: 'prom', text: 'up env:x', since: '2h' }],
    ['prom up --env:x', { name: 'prom', text: 'up --env:x' }],
    ['prom a -- b', { name: 'prom', text: 'a -- b' }],
    ['prom up since:soon', { name: 'prom', text: 'up since:soon' }],
    ['prom up since:0m', { name: 'prom', text: 'up since:0m' }],
    ['prom up since:1h since:2h', { name: 'prom', text: 'up since:2h', since: '1h' }],
    ['prom up next:30m', { name: 'prom', text: 'up next:30m' }],
    ['update at:14:20 it broke', { name: 'update', text: 'at:14:20 it broke' }],
    ['update it broke next:15m', { name: 'update', text: 'it broke', next: 900_000 }],
    [
      'update payments -- all of them -- answer 429',
      { name: 'update', text: 'payments -- all of them -- answer 429' },
    ],
    ['mitigate retries halved at:14:20', { name: 'mitigate', text: 'retries halved', at: '14:20' }],
    ["update it's slow, isn't it next:15m", { name: 'update', text: "it's slow, isn't it", next: 900_000 }],
    ['update :( still down next:15m', { name: 'update', text: ':( still down', next: 900_000 }],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toEqual(expected);
  });
});

describe('signs that a phone made pretty', () => {
  it('are made plain in a query, and said so', () => {
    expect(read('prom up{job=“a”} since:2h')).toEqual({
      name: 'prom',
      text: 'up{job="a"}',
      since: '2h',
      straightened: true,
    });
    expect(read('prom up{job="a—b"}')).toEqual({ name: 'prom', text: 'up{job="a—b"}' });
  });

  it('stay in what people write for people', () => {
    expect(read('update “payments” is down — we’re on it next:15m')).toEqual({
      name: 'update',
      text: '“payments” is down — we’re on it',
      next: 900_000,
    });
    expect(read('INC-42 title Bo’s “cart” – slow')).toEqual({
      name: 'title',
      text: 'Bo’s “cart” – slow',
      incident: 42,
    });
  });
});

describe('random queries', () => {
  const anySign = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const sign = fc.constantFrom(
    ...[
      'a',
      'up',
      ':',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '`',
      ' ',
      '  ',
      '\n',
      '\\',
      '=',
      '~',
      '5m',
      '-',
      ',',
      '🙂',
      'é',
      '0',
    ],
  );
  const query = fc
    .array(sign, { minLength: 1, maxLength: 40 })
    .map((signs) => signs.join('').trim())
    .filter((text) => text !== '');

  it('without our options come back byte for byte', () => {
    fc.assert(
      fc.property(query, (text) => {
        expect(read(`prom ${text}`)).toEqual({ name: 'prom', text });
      }),
      { numRuns: 300, seed: 20260105 },
    );
  });

  it('with an option before them lose nothing else', () => {
    fc.assert(
      fc.property(query, (text) => {
        expect(read(`prom env:prod ${text}`)).toEqual({ name: 'prom', text, env: 'prod' });
      }),
      { numRuns: 300, seed: 20260106 },
    );
  });

  it('of any signs at all are read without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: anySign, maxLength: 80 }), (text) => {
        parseCommand(text, COMMANDS);
      }),
      { numRuns: 150, seed: 20260107 },
    );
  });
});

describe('what follows the name', () => {
  it.each([
    ['P1 checkout 500s here', { severity: 'P1', title: 'checkout 500s', where: 'here' }],
    ['sev2: search is slow', { severity: 'P2', title: 'search is slow' }],
    ['search is slow critical', { severity: 'P1', title: 'search is slow' }],
    ['search is slow new', { title: 'search is slow', where: 'new' }],
    ['P1', { severity: 'P1', title: '' }],
    ['here', { title: '', where: 'here' }],
    ['', { title: '' }],
    ['things are slow here.', { title: 'things are slow', where: 'here' }],
    ['P1000 errors', { title: 'P1000 errors' }],
  ])('declare %s', (text, expected) => {
    expect(readDeclare(text)).toEqual(expected);
  });

  it.each([
    ['SEV1', 'P1'],
    ['sev-3', 'P3'],
    ['S2', 'P2'],
    ['p4,', 'P4'],
    ['Critical', 'P1'],
    ['major', 'P2'],
    ['minor:', 'P3'],
    ['P5', undefined],
    ['', undefined],
  ])('severity %s', (word, severity) => {
    expect(readSeverity(word)).toBe(severity);
  });

  it.each([
    ['<@U123>', 'U123'],
    ['<@W1|bo> please', 'W1'],
    ['', 'ME'],
    ['me', 'ME'],
    ['myself ', 'ME'],
    ['Bo', undefined],
    ['@bo', undefined],
  ])('a person %j', (text, person) => {
    expect(readPerson(text, 'ME')).toBe(person);
  });
});
