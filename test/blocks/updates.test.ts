import { expect, test } from 'vitest';
import { MESSAGE_BUDGET, weight } from '../../blocks/fit.ts';
import { phasePost } from '../../blocks/phase.ts';
import { heartbeatPost, updatePost } from '../../blocks/update.ts';
import { read } from './read.ts';
import {
  at,
  DECLARE,
  INCIDENT,
  KAI,
  LEA,
  lastEvent,
  lastUpdate,
  reading,
  readingAt,
  recordAnswer,
  story,
} from './sample.ts';

const RESOLVED = story(
  [[at('15:20'), LEA, { type: 'override', reason: 'it is over', text: 'payments raised our limit (E1)' }]],
  DECLARE,
  INCIDENT,
);
const MITIGATED = story(
  [[at('14:41'), LEA, { type: 'mitigate', text: 'down from 41.2 per second (E1)', at: at('14:39') }]],
  DECLARE,
  INCIDENT,
);
const QUIET = story(
  [
    [at('14:41'), LEA, { type: 'no-change' }],
    [at('14:51'), LEA, { type: 'no-change' }],
  ],
  DECLARE,
  INCIDENT,
);
const BUSY = story(
  [
    [at('14:35'), KAI, { type: 'join', person: KAI }],
    [at('14:36'), KAI, recordAnswer()],
    [at('14:37'), KAI, { type: 'note', text: 'x' }],
    [at('14:41'), LEA, { type: 'no-change' }],
  ],
  DECLARE,
  INCIDENT,
);
const WORSE = story([[at('14:41'), LEA, { type: 'severity', severity: 'P2' }]], DECLARE, INCIDENT);

test('what the channel hears: an update, every claim with its link or its label', () => {
  expect(read(updatePost(INCIDENT, lastUpdate(INCIDENT), reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · update · 500s at 41.2 per second since 13:58 (E1)
    **INC-42 P1 · update** · next by **{15:01 UTC}** · by @Lea
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **What we know**  **⚠️ UNVERIFIED: **payments changed their limits
    **Doing**  halving our retry rate; @Kai talks to payments"
  `);
});

test("what the channel hears: an update of somebody else's words", () => {
  expect(
    read(
      updatePost(
        INCIDENT,
        { ...lastUpdate(INCIDENT), by: KAI, publishedBy: LEA, fields: { doing: 'rolling back' } },
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · update · rolling back
    **INC-42 P1 · update** · next by **{15:01 UTC}** · by @Kai, published by @Lea
    **Doing**  rolling back"
  `);
});

test('what the channel hears: no change, twice in silence', () => {
  expect(read(heartbeatPost(QUIET, lastEvent(QUIET), reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · no change · nothing since 14:31 UTC, 2nd time
    **INC-42 P1 · no change** · next by **{15:21 UTC}** · by @Lea
    Nothing new since {14:31 UTC}, 2nd time"
  `);
});

test('what the channel hears: no change, but something was asked', () => {
  expect(read(heartbeatPost(BUSY, lastEvent(BUSY), reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · no change · 1 query · joined: @Kai · 1 note
    **INC-42 P1 · no change** · next by **{15:11 UTC}** · by @Lea
    Since the last word: 1 query · joined: @Kai · 1 note ([E2](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))"
  `);
});

test('what the channel hears: mitigated', () => {
  expect(read(phasePost(MITIGATED, lastEvent(MITIGATED), reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · mitigated · down from 41.2 per second (E1)
    **🟢 INC-42 · mitigated** {14:39 UTC} · next update by **{15:11 UTC}** · by @Lea
    down from 41.2 per second ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))"
  `);
});

test('what the channel hears: resolved', () => {
  expect(read(phasePost(RESOLVED, lastEvent(RESOLVED), readingAt(at('15:20'))))).toMatchInlineSnapshot(`
    "» INC-42 P1 · resolved after 1 h 22 min · UNVERIFIED: payments raised our limit (E1)
    **🟢 INC-42 · resolved** {15:20 UTC} after 1 h 22 min · by @Lea
    **⚠️ UNVERIFIED: **payments raised our limit ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Review**  without a judge, @Lea says why: it is over
    (Postmortem draft|write-postmortem|42)"
  `);
});

test('what the channel hears: severity', () => {
  expect(read(phasePost(WORSE, lastEvent(WORSE), reading))).toMatchInlineSnapshot(`
    "» INC-42 P2 · severity P1 to P2 · Checkout returns 500s
    **🟠 INC-42 · severity P1 → P2** · next update by **{15:01 UTC}** · by @Lea
    Checkout returns 500s"
  `);
});

test('what the channel hears: evidence named often is linked once', () => {
  const record = { ...lastUpdate(INCIDENT), fields: { known: 'E1 and E1 and E9: 41.2' } };
  expect(read(updatePost(INCIDENT, record, reading)).match(/\[E1\]/g)).toHaveLength(1);
});

test('what the channel hears: many long links stay within what one message takes', () => {
  const url = `https://p.example/?q=${'x'.repeat(2_500)}`;
  const evidence = Array.from({ length: 9 }, (_, i) => ({
    ...(INCIDENT.evidence[0] as (typeof INCIDENT.evidence)[number]),
    id: `E${i + 1}`,
    reproduction: { kind: 'permalink', url } as const,
  }));
  const known = evidence.map((one) => one.id).join(' ');
  const post = updatePost({ ...INCIDENT, evidence }, { ...lastUpdate(INCIDENT), fields: { known } }, reading);
  expect(weight(post.blocks)).toBeLessThan(MESSAGE_BUDGET);
  expect(read(post)).toContain(` E2 E3 E4 E5 E6 E7 E8 E9`);
});
