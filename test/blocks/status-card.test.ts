import { expect, test } from 'vitest';
import { statusCard } from '../../blocks/status-card.ts';
import { read } from './read.ts';
import { at, CHANNEL, DECLARE, INCIDENT, KAI, LEA, reading, readingAt, story } from './sample.ts';

const RESOLVED = story(
  [[at('15:20'), LEA, { type: 'override', reason: 'it is over', text: 'payments raised our limit (E1)' }]],
  DECLARE,
  INCIDENT,
);

test('the status card: while it is open', () => {
  expect(read(statusCard(INCIDENT, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · investigating · Checkout returns 500s
    # 🔴 INC-42 · P1 · Checkout returns 500s
    **Investigating** since {14:07 UTC}, impact since {13:58 UTC}
    **Lead**  @Lea · comms @Bo
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Known**  **⚠️ UNVERIFIED: **payments changed their limits
    **Leading**  no hypothesis yet
    **Update**  {14:31 UTC} by @Lea · next due **{15:01 UTC}**
    [Dashboard](https://grafana.example.com/d/checkout) · 1 answer (E1)
    (Post update!|post-update|42/2) (Mitigated|mitigate|42) <overflow|card-more|Resolve=42/-/resolve, Hand off=42/-/hand-off, Timeline=42/-/timeline, Status=42/-/status>"
  `);
});

test('the status card: fresh, asking for what is missing', () => {
  expect(
    read(
      statusCard(
        story([], { title: 'Search is slow', severity: 'P3', channel: CHANNEL, private: false }),
        readingAt(at('14:08')),
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P3 · investigating · Search is slow
    # 🟡 INC-42 · P3 · Search is slow
    **Investigating** since {14:07 UTC}
    **Lead**  @Lea
    **Impact**  not said yet
    **Leading**  no hypothesis yet
    **Update**  none yet · next due **{14:37 UTC}**
    No dashboard yet: \`link https://…\`
    (Post update!|post-update|42/1) (Mitigated|mitigate|42) <overflow|card-more|Resolve=42/-/resolve, Hand off=42/-/hand-off, Timeline=42/-/timeline, Status=42/-/status>"
  `);
});

test('the status card: with what went wrong around it', () => {
  expect(
    read(
      statusCard(
        story(
          [
            [at('14:41'), LEA, { type: 'offer', role: 'lead', to: KAI }],
            [at('14:41'), LEA, { type: 'unreachable', promise: 2, person: LEA, why: 'in Do Not Disturb' }],
          ],
          DECLARE,
          INCIDENT,
        ),
        reading,
        { notes: ['no permission to pin: pins:write'] },
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · investigating · Checkout returns 500s
    # 🔴 INC-42 · P1 · Checkout returns 500s
    **Investigating** since {14:07 UTC}, impact since {13:58 UTC}
    **Lead**  @Lea · comms @Bo · lead offered to @Kai, not accepted yet
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Known**  **⚠️ UNVERIFIED: **payments changed their limits
    **Leading**  no hypothesis yet
    **Update**  {14:31 UTC} by @Lea · next due **{15:01 UTC}**
    [Dashboard](https://grafana.example.com/d/checkout) · 1 answer (E1)
    ~ @Lea cannot be reached (in Do Not Disturb); the next is asked · no permission to pin: pins:write
    (Post update!|post-update|42/2) (Mitigated|mitigate|42) <overflow|card-more|Resolve=42/-/resolve, Hand off=42/-/hand-off, Timeline=42/-/timeline, Status=42/-/status>"
  `);
});

test('the status card: once it is resolved', () => {
  expect(read(statusCard(RESOLVED, readingAt(at('15:21'))))).toMatchInlineSnapshot(`
    "» INC-42 P1 · resolved · Checkout returns 500s
    # 🟢 INC-42 · P1 · Checkout returns 500s
    **Resolved** {15:20 UTC} after 1 h 22 min, without a judge, @Lea says why: it is over · impact since {13:58 UTC} · declared {14:07 UTC}
    **Lead**  @Lea · comms @Bo
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Known**  **⚠️ UNVERIFIED: **payments changed their limits
    **Cause**  **⚠️ UNVERIFIED: **payments raised our limit ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    [Dashboard](https://grafana.example.com/d/checkout) · 1 answer (E1)
    (Reopen INC-42|reopen|42) <overflow|card-more|Timeline=42/-/timeline, Status=42/-/status>"
  `);
});

test('the status card: once it was a false alarm', () => {
  expect(
    read(
      statusCard(
        story([[at('14:41'), LEA, { type: 'cancel', reason: 'a probe' }]], DECLARE, INCIDENT),
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · cancelled: a false alarm · Checkout returns 500s
    # INC-42 · P1 · Checkout returns 500s
    **Cancelled: a false alarm** · impact since {13:58 UTC} · declared {14:07 UTC}
    **Lead**  @Lea · comms @Bo
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Known**  **⚠️ UNVERIFIED: **payments changed their limits
    [Dashboard](https://grafana.example.com/d/checkout) · 1 answer (E1)
    (Reopen INC-42|reopen|42) <overflow|card-more|Timeline=42/-/timeline, Status=42/-/status>"
  `);
});

test('a title too long for the head stands whole below it', () => {
  const title = `checkout fails ${'for one customer after the other '.repeat(5)}since noon`;
  const { blocks } = statusCard({ ...INCIDENT, title }, reading);
  expect(JSON.stringify(blocks[0])).toContain('…');
  expect(JSON.stringify(blocks[1])).toContain(title);
});
