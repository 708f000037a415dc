import { expect, test } from 'vitest';
import { draftMessage } from '../../blocks/draft.ts';
import { handoffOffer } from '../../blocks/handoff.ts';
import { updateHints } from '../../blocks/hints.ts';
import { keptMessage, sayKept } from '../../blocks/kept.ts';
import { nudgeKept, nudgePost, nudgeReply, nudgeSnoozed } from '../../blocks/nudge.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { hintsFor } from '../../src/domain/update.ts';
import { read } from './read.ts';
import { at, BO, DECLARE, INCIDENT, KAI, LEA, lastUpdate, reading, readingAt, story } from './sample.ts';

const ASKED = story(
  [
    [at('15:01'), LEA, { type: 'nudge', promise: 2, rung: 'due', asked: [LEA], passed: [] }],
    [at('15:06'), LEA, { type: 'nudge', promise: 2, rung: 'late', asked: [LEA, BO], passed: [] }],
  ],
  DECLARE,
  INCIDENT,
);
const OFFERED = story([[at('14:36'), LEA, { type: 'offer', role: 'lead', to: KAI }]], DECLARE, INCIDENT);

test('keeping the promise: the draft, in a direct message', () => {
  expect(
    read(draftMessage([{ incident: INCIDENT, promise: 2, fields: lastUpdate(INCIDENT).fields }], reading)),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · update due 15:01 UTC · Checkout returns 500s
    **INC-42 P1**: an update is due at **{15:01 UTC}**. A draft from the timeline:
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **What we know**  **⚠️ UNVERIFIED: **payments changed their limits
    **Doing**  halving our retry rate; @Kai talks to payments
    (Post as is!|post-draft|42/2) (Edit|edit-draft|42/2) (No change|no-change|42/2) <static_select|snooze|15 min · waiting for a deploy=42/2/15m/waiting for a deploy, 15 min · waiting for a measurement=42/2/15m/waiting for a measurement, 30 min · waiting for a vendor=42/2/30m/waiting for a vendor, 30 min · waiting for a restore=42/2/30m/waiting for a restore, 60 min · watching recovery=42/2/1h/watching recovery> (Hand off|hand-off|42/2)"
  `);
});

test('keeping the promise: a held draft says why', () => {
  expect(
    read(
      draftMessage(
        [
          {
            incident: INCIDENT,
            promise: 2,
            fields: { doing: '@here help' },
            held: 'Say it without @here.',
            key: 'INC-42/held-9/U0LEA',
          },
        ],
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · your update is held · Say it without @here.
    **INC-42 P1**: your update is held. Say it without @here.
    **Doing**  @here help
    (Edit!|edit-draft|42/2/INC-42/held-9/U0LEA) (Discard|discard-draft|42/2/INC-42/held-9/U0LEA)"
  `);
});

test('keeping the promise: the nudge', () => {
  expect(
    read(
      nudgePost(
        INCIDENT,
        { promise: 2, rung: 'due', promisedAt: at('15:01'), overdueBy: 0, ask: [LEA], hasDraft: true },
        readingAt(at('15:01')),
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · update was due 15:01 UTC <@U0LEA>
    <@U0LEA> **INC-42 P1**: the channel was promised an update by **{15:01 UTC}**.
    (Post as is!|post-draft|42/2) (Edit|edit-draft|42/2) (No change|no-change|42/2) <static_select|snooze|15 min · waiting for a deploy=42/2/15m/waiting for a deploy, 15 min · waiting for a measurement=42/2/15m/waiting for a measurement, 30 min · waiting for a vendor=42/2/30m/waiting for a vendor, 30 min · waiting for a restore=42/2/30m/waiting for a restore, 60 min · watching recovery=42/2/1h/watching recovery> (Hand off|hand-off|42/2)"
  `);
});

test('keeping the promise: a later rung', () => {
  expect(
    read(
      nudgeReply(
        ASKED,
        { promise: 2, rung: 'escalate', promisedAt: at('15:01'), overdueBy: 15 * MINUTE, ask: [KAI] },
        readingAt(at('15:16')),
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · update overdue by 15 min <@U0KAI>
    <@U0KAI> **INC-42** overdue by 15 min, promised for {15:01 UTC}; @Lea and @Bo have not answered.
    (Post update!|post-update|42/2) (No change|no-change|42/2) <static_select|snooze|15 min · waiting for a deploy=42/2/15m/waiting for a deploy, 15 min · waiting for a measurement=42/2/15m/waiting for a measurement, 30 min · waiting for a vendor=42/2/30m/waiting for a vendor, 30 min · waiting for a restore=42/2/30m/waiting for a restore, 60 min · watching recovery=42/2/1h/watching recovery> (Hand off|hand-off|42/2)"
  `);
});

test('keeping the promise: kept in the end', () => {
  expect(
    read(nudgeKept(INCIDENT, { dueAt: at('15:01'), at: at('15:04') }, readingAt(at('15:04')))),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · update promised for 15:01 UTC came at 15:04 UTC
    INC-42: update promised for {15:01 UTC} came at {15:04 UTC}."
  `);
});

test('keeping the promise: all kept', () => {
  expect(
    read(keptMessage(INCIDENT, { kept: 6, of: 6, onTimeRate: 1, longestSilence: 28 * MINUTE })),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · kept 6 of 6, longest silence 28 min
    INC-42: kept 6 of 6, longest silence 28 min."
  `);
});

test('keeping the promise: nothing was due', () => {
  expect(
    read(keptMessage(INCIDENT, { kept: 0, of: 0, onTimeRate: null, longestSilence: 4 * MINUTE })),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · no update fell due, longest silence 4 min
    INC-42: no update fell due, longest silence 4 min."
  `);
});

test('keeping the promise: hints for the author', () => {
  expect(
    read(
      updateHints(
        INCIDENT,
        lastUpdate(INCIDENT),
        hintsFor({ impact: 'some checkouts fail' }, INCIDENT.evidence),
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · recorded · with hints
    Posted in INC-42. Next update by {15:01 UTC}. It would be stronger with:
    - **Doing**: the next step, and who takes it
    - **Impact** is marked UNVERIFIED. Name the evidence that shows its number, such as \`(E1)\`
    - **Impact** says "some"; E1 has 41.2
    (Fix!|fix-update|42/4) (Verify What we know|verify-claim:0|42/4/known)"
  `);
});

test('keeping the promise: an offer asks the one who is to take over', () => {
  const { offer } = OFFERED;
  expect(offer && read(handoffOffer(OFFERED, offer, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · @Lea offers you lead <@U0KAI>
    <@U0KAI> @Lea asks: you are the lead of **INC-42 · P1 · Checkout returns 500s** from now on, is that right?
    Until you accept, @Lea keeps it.
    (Yes, I am lead!|accept-offer|42/5) (Decline|decline-offer|42/5)"
  `);
});

test('keeping the promise: a draft of nothing offers nothing to post', () => {
  const said = read(draftMessage([{ incident: INCIDENT, promise: 2, fields: {} }], reading));
  expect(said).toContain('Nothing is on the timeline yet. One sentence is enough.');
  expect(said).not.toContain('post-draft');
});

test('keeping the promise: an edit never turns rich text into another kind of block, which Slack refuses', () => {
  const nudge = nudgePost(
    INCIDENT,
    { promise: 2, rung: 'due', promisedAt: at('15:01'), overdueBy: 0, ask: [LEA] },
    reading,
  );
  const kept = nudgeKept(INCIDENT, { dueAt: at('15:01'), at: at('15:04') }, reading);
  expect(kept.blocks.map((one) => one.type)).toEqual(nudge.blocks.slice(0, 1).map((one) => one.type));
});

test('a nudge that was put off says by whom, until when and what for', () => {
  const snoozed = { by: LEA, dueAt: at('15:16'), reason: 'waiting for a deploy' };
  expect(read(nudgeSnoozed(INCIDENT, snoozed, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · @Lea put the update off until 15:16 UTC: waiting for a deploy
    **INC-42**: @Lea put the update off until **{15:16 UTC}**: waiting for a deploy."
  `);
});

test('a silence below a minute is not called one', () => {
  const kept = { kept: 0, of: 0, onTimeRate: null, longestSilence: 59_000 };
  expect(sayKept(kept)).toBe('no update fell due');
});
