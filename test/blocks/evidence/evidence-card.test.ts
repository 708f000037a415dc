import { expect, test } from 'vitest';
import { evidenceCard } from '../../../blocks/evidence/evidence-card.ts';
import { type Answer, evidence } from '../../../src/domain/evidence.ts';
import { noteOf } from '../../../src/domain/evidence-note.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import { read } from '../read.ts';
import { ANSWER, at, INCIDENT, KAI, LEA, reading } from '../sample.ts';

const card = (answer: Answer, more: { asker?: string; unchecked?: string } = {}) =>
  evidenceCard({ evidence: evidence(answer, 'E7', LEA), incident: INCIDENT, ...more }, reading);

test('the evidence card: numbers first, the query as sent, the way back', () => {
  expect(read(card(ANSWER))).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · 41.2, 2 series
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **code 500**  **41.2** at {14:31 UTC} · max 44 at {14:22 UTC} · min 0.1 at {14:04 UTC}
    **code 200**  **138** at {14:31 UTC} · max 211 at {14:04 UTC} · min 131 at {14:22 UTC}
    ~ 2 series, 62 samples, 84 ms, step 1m
    (Open in Prometheus|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: nothing found is a finding', () => {
  expect(read(card({ ...ANSWER, result: { kind: 'series', series: [] } }))).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · no data
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **No data** in 14:02–14:32 UTC. That is a finding: it supports only that nothing was there.
    ~ 2 series, 62 samples, 84 ms, step 1m
    (Open in Prometheus|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: how much was looked at, and a better way to ask', () => {
  const answer: Answer = {
    ...ANSWER,
    tool: 'axiom',
    source: 'Axiom prod',
    query: "logs | where message contains '429'",
    corrected: "logs | where message has_cs '429'",
    result: { kind: 'rows', columns: ['message'], rows: [] },
    cost: { took: 84, examined: 48_211, matched: 0 },
  };
  expect(read(card(answer))).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Axiom prod · no data
    **E7 · Axiom prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | logs | where message contains '429'
    **No rows** in 14:02–14:32 UTC, 48,211 rows examined. That is a finding: it supports only that nothing was there.
    ~ 0 rows, 48,211 examined, 0 matched, 84 ms, step 1m
    (Open in Axiom|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|Pin=42/7/pin, Save to knowledge=42/7/save>
    **Better: **\`logs | where message has_cs '429'\`
    (Ask it that way|say:0|axiom logs | where message has_cs '429' env:prod from:2026-11-23T14:02:00.000Z to:2026-11-23T14:32:00.000Z)"
  `);
});

test('the evidence card: NaN, infinities, partial, warned, not checked', () => {
  expect(
    read(
      card(
        {
          ...ANSWER,
          completeness: { kind: 'partial', why: 'the server stopped after 30 s' },
          warnings: ['There is no job `chekout`.'],
          result: {
            kind: 'series',
            unit: 's',
            series: [
              {
                labels: {},
                samples: [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN].map((value, i) => ({
                  at: at('14:10') + i * MINUTE,
                  value,
                })),
              },
            ],
          },
        },
        { asker: KAI, unchecked: 'it names no metric.' },
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · NaN, 1 series
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC · asked by @Kai
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **⚠ partial result: **the server stopped after 30 s
    **value**  **NaN s** at {14:12 UTC} · max +Inf s at {14:11 UTC} · min +Inf s at {14:11 UTC}
    **Note: **not checked: it names no metric.
    **Note: **There is no job \`chekout\`.
    ~ 2 series, 62 samples, 84 ms, step 1m
    (Open in Prometheus|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: eight series, and what to do about the rest', () => {
  expect(
    read(
      card({
        ...ANSWER,
        result: {
          kind: 'series',
          series: Array.from({ length: 10_000 }, (_, i) => ({
            labels: { pod: `p${i}` },
            samples: [{ at: at('14:30'), value: i * 1234.5 }],
          })),
        },
      }),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · 0, 10,000 series
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **pod p0**  **0** at {14:30 UTC}
    **pod p1**  **1,235** at {14:30 UTC}
    **pod p2**  **2,469** at {14:30 UTC}
    **pod p3**  **3,704** at {14:30 UTC}
    **pod p4**  **4,938** at {14:30 UTC}
    **pod p5**  **6,173** at {14:30 UTC}
    **pod p6**  **7,407** at {14:30 UTC}
    **pod p7**  **8,642** at {14:30 UTC}
    _9,992 series more, not shown. _\`topk(8, …)\`_ or fewer labels in _\`by (…)\`_ shows the ones that matter._
    ~ 2 series, 62 samples, 84 ms, step 1m
    (Open in Prometheus|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: a request where there is no link', () => {
  expect(
    read(
      card({
        ...ANSWER,
        reproduction: {
          kind: 'request',
          method: 'POST',
          url: 'https://p.example/api/v1/query',
          body: 'query=up',
        },
      }),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · 41.2, 2 series
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **code 500**  **41.2** at {14:31 UTC} · max 44 at {14:22 UTC} · min 0.1 at {14:04 UTC}
    **code 200**  **138** at {14:31 UTC} · max 211 at {14:04 UTC} · min 131 at {14:22 UTC}
    ~ 2 series, 62 samples, 84 ms, step 1m
    ~ No link shows this; the request that reproduces it:
    | POST https://p.example/api/v1/query
    | 
    | query=up
    (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: a link too long for Slack comes as a file', () => {
  expect(
    read(
      card({
        ...ANSWER,
        reproduction: { kind: 'permalink', url: `https://p.example/?q=${'x'.repeat(3_000)}` },
      }),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · 41.2, 2 series
    **E7 · Prometheus prod** · {14:02 UTC}–{14:32 UTC} · 14:02–14:32 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **code 500**  **41.2** at {14:31 UTC} · max 44 at {14:22 UTC} · min 0.1 at {14:04 UTC}
    **code 200**  **138** at {14:31 UTC} · max 211 at {14:04 UTC} · min 131 at {14:22 UTC}
    ~ 2 series, 62 samples, 84 ms, step 1m
    ~ The link is longer than Slack takes: it is in e7-link.txt
    (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>
    file e7-link.txt: E7 link, 3021 characters"
  `);
});

test("the evidence card: yesterday's window has its dates", () => {
  expect(
    read(card({ ...ANSWER, window: { from: at('14:02') - 24 * HOUR, to: at('00:30') } })),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · E7 · Prometheus prod · 41.2, 2 series
    **E7 · Prometheus prod** · {22 Nov 14:02 UTC}–{23 Nov 00:30 UTC} · 2026-11-22 14:02–2026-11-23 00:30 UTC
    | sum by (code) (rate(http_requests_total{service="checkout"}[5m]))
    **code 500**  **41.2** at {14:31 UTC} · max 44 at {14:22 UTC} · min 0.1 at {14:04 UTC}
    **code 200**  **138** at {14:31 UTC} · max 211 at {14:04 UTC} · min 131 at {14:22 UTC}
    ~ 2 series, 62 samples, 84 ms, step 1m
    (Open in Prometheus|open-evidence|42/7|https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m) (Chart|chart|42/7) (Re-run now|rerun|42/7) <static_select|attach-evidence|State a hypothesis …=42/7> <overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>"
  `);
});

test('the evidence card: a partial answer without data does not say that nothing was there', () => {
  const empty = { ...ANSWER, result: { kind: 'series', series: [] } } as const;
  expect(read(card({ ...empty, completeness: { kind: 'partial', why: 'a shard is down' } }))).toContain(
    '**No data** in 14:02–14:32 UTC. Only a part was looked at, so it does not show that nothing was there.',
  );
});

test('the evidence card: rows and columns that are left out are counted', () => {
  const columns = Array.from({ length: 14 }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 10 }, () => columns.map((_, i) => i));
  expect(read(card({ ...ANSWER, result: { kind: 'rows', columns, rows } }))).toContain(
    '_2 rows and 2 columns more, not shown. All rows, under More, has them._',
  );
});

test('the evidence card: what all rows share is said once, a time of the day without its date', () => {
  const columns = ['time', 'line', 'pod', 'level', 'namespace'];
  const line = 'x'.repeat(100);
  const rows = [
    ['2026-11-23T14:31:07.000000001Z', `${line}a`, 'p-1', 'error', 'shop'],
    ['2026-11-22T14:31:06Z', `${line}b`, 'p-2', 'error', 'shop'],
  ];
  const text = read(card({ ...ANSWER, result: { kind: 'rows', columns, rows } }));
  expect(text).toMatch(/time 14:31:07\.000000001 UTC · line x+… · pod p-1\n/);
  // Lines that differ only where they are cut are not the same.
  expect(text).toMatch(/time 2026-11-22T14:31:06Z · line x+… · pod p-2\n/);
  expect(text).toContain('_All of them: _level error · namespace shop');
});

test('the evidence card: a narrow table is a table, numbers to the right, and the count is of all rows', () => {
  const result = {
    kind: 'rows',
    columns: ['route', 'count'],
    rows: [
      ['/pay', 12],
      ['/cart', 7],
    ],
  } as const;
  const message = evidenceCard(
    { evidence: evidence({ ...ANSWER, result }, 'E7', LEA), incident: INCIDENT, total: 1_204 },
    reading,
  );
  expect(read(message)).toContain('| route | count |\n| /pay | 12 |\n| /cart | 7 |');
  expect(read(message)).toContain('1,202 rows more, not shown. All rows, under More, has them.');
  expect(read(message)).toContain('1,204 rows');
  expect(message.text).toContain('1,204 rows');
  expect(message.blocks.find((one) => one.type === 'table')).toMatchObject({
    column_settings: [{ align: 'left' }, { align: 'right' }],
  });
});

test.each([
  [
    'wide',
    {
      columns: ['a', 'b'],
      rows: [
        ['x'.repeat(50), 'y'.repeat(40)],
        ['1', '2'],
      ],
    },
  ],
  [
    'nested',
    {
      columns: ['a', 'b'],
      rows: [
        [{ deep: 1 }, 2],
        [3, 4],
      ],
    },
  ],
  ['of one row', { columns: ['a', 'b'], rows: [[1, 2]] }],
  ['of one column', { columns: ['a'], rows: [[1], [2]] }],
] as const)('the evidence card: rows that are %s read better as a list', (_, rows) => {
  const message = card({ ...ANSWER, result: { kind: 'rows', ...rows } });
  expect(message.blocks.some((one) => one.type === 'table')).toBe(false);
});

test('the evidence card: asked again, it says what differs, and compares with the one before', () => {
  const before = noteOf(evidence(ANSWER, 'E3', LEA));
  const changed = (value: number): Answer => ({
    ...ANSWER,
    result: {
      kind: 'series',
      series: [
        { labels: { code: '500', service: 'checkout' }, samples: [{ at: at('14:39'), value }] },
        { labels: { code: '200', service: 'checkout' }, samples: [{ at: at('14:39'), value: 138 }] },
        { labels: { code: '429', service: 'checkout' }, samples: [{ at: at('14:39'), value: 3 }] },
      ],
    },
  });
  const again = (value: number) => {
    const evidenced = evidence(changed(value), 'E7', LEA);
    const both = { before, after: noteOf(evidenced) };
    return read(
      evidenceCard({ evidence: evidenced, incident: INCIDENT, again: both, earlier: before }, reading),
    );
  };
  expect(again(0.1)).toContain(
    '**Differs** from E3 of {14:32 UTC}, by last values:\n' +
      '**code 500**  41.2 → **0.1**  −41.1, −100 %\n' +
      '**code 429**  new: **3**\n',
  );
  expect(again(0.1)).toContain('(Compare with E3|compare|42/7/E3)');
  const same = { before, after: { ...before, id: 'E7' } };
  expect(
    read(evidenceCard({ evidence: evidence(ANSWER, 'E7', LEA), incident: INCIDENT, again: same }, reading)),
  ).toContain('**The same last values** as E3 of {14:32 UTC}, within 1 %.');
});

test('what can be done with a card depends on what it holds', () => {
  const controls = (answer: Answer) => read(card(answer)).split('\n').at(-1) ?? '';
  expect(controls(ANSWER)).toContain('(Chart|chart|42/7)');
  expect(controls(ANSWER)).toContain(
    '<overflow|evidence-more|All rows=42/7/rows, Chart with the time before=42/7/baseline, Pin=42/7/pin, Save to knowledge=42/7/save>',
  );
  const text = controls({ ...ANSWER, result: { kind: 'text', text: 'ok' } });
  expect(text).not.toContain('|chart|');
  expect(text).toContain('All rows=');
  const empty = controls({ ...ANSWER, result: { kind: 'rows', columns: ['a'], rows: [] } });
  expect(empty).not.toMatch(/\|chart\||All rows/);
  expect(empty).toContain('Pin=');
  const supplied = { kind: 'supplied', permalink: 'https://example.slack.com/p1', by: KAI } as const;
  expect(controls({ ...ANSWER, reproduction: supplied })).not.toMatch(/rerun|\|chart\||baseline/);
});

test('the evidence card: what a row lacks is left out', () => {
  // More columns than a table takes.
  const columns = Array.from({ length: 9 }, (_, i) => `c${i}`);
  const rows = [['x'.repeat(90), null, '', 0, false, null, null, null, 'last'], columns.map(() => null)];
  const shown = read(card({ ...ANSWER, result: { kind: 'rows', columns, rows } }));
  expect(shown).toMatch(/c0 x+… · c3 0 · c4 false · c8 last/);
  expect(shown).toContain('a row without a value');
});
