import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceCard } from '../../blocks/evidence/evidence-card.ts';
import { timelineMessage } from '../../blocks/timeline/timeline.ts';
import { updatePost } from '../../blocks/update.ts';
import { evidence } from '../../src/domain/evidence.ts';
import {
  blocksTextLength,
  VIEW_LIMIT,
  validateMessage,
  validateView,
} from '../../src/sandbox/slack/validate-blocks.ts';
import { gallery, type Paint, type Shown, whole } from './gallery.ts';
import { ANSWER, at, LEA, lastUpdate, reading, story } from './sample.ts';

/** Under Slack's undocumented 13,200, with room for what the door adds. */
const SAFE = 10_000;

function problemsOf({ name, message, view }: Shown): string[] {
  const found: string[] = [];
  for (const one of message ? whole(message) : []) {
    found.push(...validateMessage(one).map((problem) => `${name} ${problem.pointer}: ${problem.message}`));
    const size = blocksTextLength(one.blocks);
    if (size > SAFE) found.push(`${name}: ${size} characters of blocks`);
    if (one.text.length === 0 || one.text.length > 400)
      found.push(`${name}: ${one.text.length} characters of text`);
    if (one.blocks.length === 0) found.push(`${name}: no blocks`);
  }
  if (view) {
    found.push(...validateView(view).map((problem) => `${name} ${problem.pointer}: ${problem.message}`));
    const bytes = Buffer.byteLength(JSON.stringify(view));
    if (bytes > VIEW_LIMIT) found.push(`${name}: ${bytes} bytes`);
  }
  return found;
}

const check = (paint: Paint) => expect(gallery(paint).flatMap(problemsOf)).toEqual([]);

const HOSTILE = [
  '',
  ' ',
  '\u0000\u001b[31m',
  '\u202e\u2066evil\u2069\u200b\u200d\ufeff',
  '\ud83d',
  'x\udc00',
  '<!channel> <!here> <@U0LEA> <!subteam^S123> @here @{U0BO}',
  '*bold* _it_ ~no~ `code` ```pre``` > quote & &amp; <b>',
  '<https://evil.example|Dashboard> https://user:pw@evil.example/x https://ok.example/y',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪',
  'é'.normalize('NFD').repeat(5_000),
  '😀'.repeat(5_000),
  'مرحبا שלום',
  'a\n\n\r\nb\u2028c\td',
  '⚠️ UNVERIFIED ✅ E1 E99999',
  'E1 '.repeat(3_000),
  'https://example.com/'.repeat(400),
  `https://example.com/${'a'.repeat(4_000)}`,
  '"}],"x":[',
  '`'.repeat(4_000),
];

describe('every message and view keeps the limits of Slack', () => {
  test.each(HOSTILE.map((words, index) => [index, words] as const))('with hostile words %i', (_, words) => {
    check({ words, many: 3, name: words });
  });

  test.each([1, 2, 9, 60, 400])('with %i of everything', (many) => {
    check({ words: 'payments answers 429 to 61 % of our calls', many, name: 'Lea' });
  });

  test('with 120 of everything long', () => {
    check({ words: 'payments answers <429> & '.repeat(100), many: 120, name: 'L'.repeat(500) });
  });

  test('with a hundred thousand characters in every place', () => {
    check({ words: 'payments & <co> 😀 '.repeat(6_000), many: 1, name: 'Lea' });
  });

  test('with ten megabytes in a field, a query and an answer', () => {
    const words = 'payments & <co> 😀 '.repeat(600_000);
    const incident = story([[at('14:31'), LEA, { type: 'update', fields: { known: words } }]]);
    const text = evidence({ ...ANSWER, query: words, result: { kind: 'text', text: words } }, 'E1', LEA);
    const shown = [
      { name: 'update', message: updatePost(incident, lastUpdate(incident), reading) },
      { name: 'timeline', message: timelineMessage(incident, reading) },
      { name: 'evidence', message: evidenceCard({ evidence: text, incident }, reading) },
    ];
    expect(shown.flatMap(problemsOf)).toEqual([]);
    expect(shown.map(({ message }) => message.files?.map((file) => file.name))).toEqual([
      ['inc-42-what-we-know.txt'],
      ['inc-42-timeline.txt'],
      ['e1-query.txt', 'e1-answer.txt'],
    ]);
    expect(shown[0]?.message.files?.[0]?.text).toBe(words);
  });

  test('with anything', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .constantFrom(...HOSTILE)
        .chain((one) =>
          fc.string({ unit: 'binary' }).map((other) => one.slice(0, 300) + other + one.slice(0, 300)),
        ),
    );
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 1, max: 4 }),
        fc.string({ unit: 'binary' }),
        (said, many, name) => {
          check({ words: said, many, name });
        },
      ),
      { numRuns: 15 },
    );
  });
});
