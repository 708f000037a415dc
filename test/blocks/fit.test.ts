import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discoveryCard } from '../../blocks/evidence/discovery.ts';
import { evidenceCard } from '../../blocks/evidence/evidence-card.ts';
import { brief, count, cut, group, message, shorten, some, upTo } from '../../blocks/fit.ts';
import { listMessage } from '../../blocks/list.ts';
import type { Message } from '../../blocks/message.ts';
import { lines, section } from '../../blocks/rich.ts';
import { timelineMessage } from '../../blocks/timeline/timeline.ts';
import { evidence } from '../../src/domain/evidence.ts';
import { sayNumber } from '../../src/domain/say-number.ts';
import { whole } from './gallery.ts';
import { read } from './read.ts';
import { ANSWER, at, DECLARE, INCIDENT, KAI, LEA, reading, story } from './sample.ts';

const all = (one: Message) => read(one);

test('a cut says how much is missing, and splits no character', () => {
  expect(cut('short', 10)).toEqual({ shown: 'short', rest: 0 });
  expect(cut('👩‍💻'.repeat(10), 7).shown).toBe('👩💻👩');
  expect(upTo('ab😀', 3)).toBe('ab');
  expect(upTo('e\u0301e\u0301', 3)).toBe('e\u0301');
  expect(cut('x'.repeat(100), 10)).toEqual({ shown: 'x'.repeat(10), rest: 90 });
});

test('nothing longer than asked for, nothing half, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.integer({ min: 1, max: 80 }),
      (text, max) => {
        for (const shown of [cut(text, max).shown, shorten(text, max), brief(text, max)]) {
          expect(shown.length).toBeLessThanOrEqual(max);
          expect(shown.isWellFormed()).toBe(true);
        }
      },
    ),
  );
});

test('groups keep order and lose nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (pieces) => {
      const groups = group(pieces, (size) => size, { weight: 60, pieces: 4 });
      expect(groups.flat()).toEqual(pieces);
      for (const one of groups.filter((each) => each.length > 1)) {
        expect(one.length).toBeLessThanOrEqual(4);
        expect(one.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60);
      }
    }),
  );
});

test('blocks beyond one message come in the next, in order', () => {
  const blocks = Array.from({ length: 100 }, (_, i) => lines([section(`${i} ${'x'.repeat(300)}`)]));
  const parts = whole(message('text', blocks));
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.flatMap((one) => one.blocks)).toEqual(blocks);
});

test('300 incidents are all listed', () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ ...INCIDENT, number: i + 1 }));
  const said = all(listMessage(many, reading));
  for (const one of many) expect(said).toContain(`**INC-${one.number} · `);
});

test('a long timeline comes whole: the newest rows in messages, all of them in the file', () => {
  const incident = story(
    Array.from(
      { length: 1_200 },
      (_, i) =>
        [at('14:10') + i * 1_000, KAI, { type: 'note', text: `note ${i} ${'y'.repeat(60)}` }] as const,
    ),
    DECLARE,
  );
  const timeline = timelineMessage(incident, reading);
  const said = all(timeline);
  const rows = said.match(/^- /gm)?.length ?? 0;
  expect(rows).toBeGreaterThan(200);
  expect(said).toContain(
    `1,201 events since {14:07 UTC}; the newest ${rows} here, all of them whole in inc-42-timeline.txt`,
  );
  expect(said).toContain('note 1199');
  expect(timeline.files?.[0]?.text.split('\n').length).toBe(1_201);
});

test('a short timeline needs no file', () => {
  expect(timelineMessage(INCIDENT, reading).files).toBeUndefined();
});

test('a name list that is cut comes whole as a file when it was asked for', () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `http_server_${i}`);
  const card = discoveryCard(
    { at: 0, took: 1, lists: [{ kind: 'metrics', names }], missing: [] },
    { title: 'P', age: 0, command: 'discover prom', kind: 'metrics', filter: 'http_' },
  );
  expect(card.files).toEqual([{ name: 'metrics.txt', title: '5,000 metrics', text: names.join('\n') }]);
  expect(read(card)).toContain(
    'more in metrics.txt; a longer beginning shows fewer: `discover prom metrics http_server_`',
  );
});

test('warnings and queries beyond a card are in files', () => {
  const warnings = Array.from({ length: 9 }, (_, i) => `warning ${i}`);
  const query = `sum(${'x'.repeat(5_000)})`;
  const card = evidenceCard(
    { evidence: evidence({ ...ANSWER, warnings, query }, 'E7', LEA), incident: INCIDENT },
    reading,
  );
  expect(card.files).toEqual([
    { name: 'e7-query.txt', title: 'E7 query', text: query },
    { name: 'e7-warnings.txt', title: 'E7 warnings', text: warnings.join('\n') },
  ]);
});

test.each([
  [0, '0'],
  [-0, '0'],
  [41.23, '41.2'],
  [0.1, '0.1'],
  [0.000123, '0.000123'],
  [1234.5, '1,235'],
  [1e15, '1.00e+15'],
  [1e-9, '1.00e-9'],
  [-1204, '-1,204'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('%d is said %s', (value, said) => {
  expect(sayNumber(value)).toBe(said);
});

test('counts are counted as people count', () => {
  expect([count(48_211), some(1, 'query', 'queries'), some(2, 'query', 'queries')]).toEqual([
    '48,211',
    '1 query',
    '2 queries',
  ]);
});
