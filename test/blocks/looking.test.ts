import { expect, test } from 'vitest';
import { announcement } from '../../blocks/announcement.ts';
import { catchUp } from '../../blocks/catch-up.ts';
import { discoveryCard } from '../../blocks/evidence/discovery.ts';
import { helpFor, helpList, helpMessage } from '../../blocks/help.ts';
import { listMessage } from '../../blocks/list.ts';
import { statusMessage } from '../../blocks/status.ts';
import { timelineMessage } from '../../blocks/timeline/timeline.ts';
import { welcome } from '../../blocks/welcome.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { read } from './read.ts';
import { at, BO, DECLARE, INCIDENT, KAI, LEA, reading, story } from './sample.ts';

const OFFERED = story([[at('14:36'), LEA, { type: 'offer', role: 'lead', to: KAI }]], DECLARE, INCIDENT);
const { promise: _kept, ...BARE } = INCIDENT;
const OTHER = {
  ...BARE,
  number: 41,
  severity: 'P2',
  phase: 'mitigated',
  title: 'Search is slow',
  lead: BO,
} as const;
const ROW = {
  name: 'update',
  usage: 'update impact: … doing: …',
  does: 'Tells the channel; `next:30m` promises the next one.',
  group: { word: 'talk', title: 'Tell the channel' },
  synonyms: ['post', 'say'],
  examples: ['update doing: rolling back'],
};
const DISCOVERY = {
  at: at('14:39'),
  took: 120,
  lists: [
    { kind: 'metrics', names: [...Array.from({ length: 45 }, (_, i) => `http_${i}`), 'up', 'go_threads'] },
    { kind: 'jobs', names: ['checkout', 'payments'], truncated: true },
  ],
  missing: [{ kind: 'labels', why: 'it took longer than 10 s.' }],
};
const CLOSED = {
  ...DISCOVERY,
  lists: [],
  missing: [
    {
      kind: 'metrics',
      why: 'Prometheus prod does not let Steady read this (403).',
      nextStep:
        'Whoever administers Prometheus prod can grant read access; or run the command and paste the answer.',
      command: `curl -sS -H "Authorization: Bearer $TOKEN" 'http://prom/api/v1/label/__name__/values'`,
    },
  ],
};

test('looking: the list', () => {
  expect(read(listMessage([INCIDENT, OTHER], reading))).toMatchInlineSnapshot(`
    "» 2 open incidents: INC-42, INC-41
    **2 open incidents**
    **INC-42 · P1 · Checkout returns 500s**
    investigating · since {13:58 UTC} · lead @Lea · update due **{15:01 UTC}** · <#C0CHECKOUT>
    **INC-41 · P2 · Search is slow**
    mitigated · since {13:58 UTC} · lead @Bo · <#C0CHECKOUT>
    (Status of INC-42|pick-incident:0|42) (Status of INC-41|pick-incident:1|41)"
  `);
});

test('looking: nothing to list', () => {
  expect(read(listMessage([], reading))).toMatchInlineSnapshot(`
    "» No open incidents
    No open incidents. \`declare P2 checkout is slow\` starts one."
  `);
});

test('looking: the timeline', () => {
  expect(read(timelineMessage(OFFERED, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · timeline · 5 events
    **INC-42 · P1 · Checkout returns 500s · timeline**
    5 events since {14:07 UTC}
    - {14:07 UTC}  @Lea  **declared P1**: Checkout returns 500s
    - {14:08 UTC}  @Lea  **comms is @Bo**
    - {14:09 UTC}  @Lea  **E1 Prometheus prod**: \`sum by (code) (rate(http_requests_total{service="checkout"}[5m]))\` [link](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m)
    - {14:31 UTC}  @Lea  **update**: Impact: 500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m)) · What we know: **⚠️ UNVERIFIED: **payments changed their limits · Doing: halving our retry rate; @Kai talks to payments
    - {14:36 UTC}  @Lea  **offered lead to @Kai**"
  `);
});

test('looking: the status, with what waits', () => {
  expect(
    read(
      statusMessage(
        INCIDENT,
        [
          {
            incident: 42,
            kind: 'held-draft',
            at: at('14:30'),
            says: 'Say it without @here.',
            second: 2,
            key: 'k',
          },
        ],
        reading,
      ),
    ),
  ).toMatchInlineSnapshot(`
    "» INC-42 P1 · investigating · Checkout returns 500s
    # 🔴 INC-42 · P1 · Checkout returns 500s
    **Investigating** since {14:07 UTC}, impact since {13:58 UTC}
    **Lead**  @Lea · comms @Bo
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Known**  **⚠️ UNVERIFIED: **payments changed their limits
    **Leading**  no hypothesis yet
    **Update**  {14:31 UTC} by @Lea · next due **{15:01 UTC}**
    [Dashboard](https://grafana.example.com/d/checkout) · 1 answer (E1)
    ~ Updates: kept 1 of 1, longest silence 24 min
    **Waiting for you**
    **INC-42**: your update is held. Say it without @here.
    (Edit!|edit-draft|42/2/k) (Discard|discard-draft|42/2/k)"
  `);
});

test('looking: catching up', () => {
  expect(read(catchUp(INCIDENT, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · catch-up · Checkout returns 500s
    **INC-42 · P1 · Checkout returns 500s** · investigating
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Lead**  @Lea
    **Tried**  halving our retry rate; @Kai talks to payments · asked [E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m)
    **Ruled out**  nothing yet
    **Next update**  due {15:01 UTC}"
  `);
});

test('looking: the card for everyone else', () => {
  expect(read(announcement(INCIDENT, reading))).toMatchInlineSnapshot(`
    "» INC-42 P1 · investigating · Checkout returns 500s
    **🔴 INC-42 · P1 · Checkout returns 500s**
    investigating · since {13:58 UTC} · lead @Lea · in <#C0CHECKOUT>
    **Impact**  500s at 41.2 per second since 13:58 ([E1](https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m))
    **Next update**  due {15:01 UTC}"
  `);
});

test('looking: the status of a shared channel says that evidence is hidden only where it is', () => {
  const shared = { ...INCIDENT, shared: true };
  expect(read(statusMessage(shared, [], reading))).toContain('evidence is not shown here');
  expect(read(statusMessage(shared, [], reading, { evidenceHidden: false }))).not.toContain('not shown here');
});

test('looking: help', () => {
  const others = [
    { ...ROW, name: 'nochange' },
    {
      ...ROW,
      name: 'declare',
      group: { word: 'incident', title: 'The incident' },
      examples: ['declare P1 here'],
      first: 1,
    },
  ];
  expect(read(helpMessage([{ ...ROW, first: 2 }, ...others], reading))).toMatchInlineSnapshot(`
    "» What Steady understands
    Begin with **@Steady** or \`/steady\`. In a thread Slack blocks \`/steady\`; the mention works there.
    - \`declare P1 here\`  Tells the channel; \`next:30m\` promises the next one.
    - \`update doing: rolling back\`  Tells the channel; \`next:30m\` promises the next one.
    **Tell the channel**  \`update\`, \`nochange\`
    **The incident**  \`declare\`
    (Tell the channel|say:0|help talk) (The incident|say:1|help incident)
    \`help update\` says more about one of them, \`help all\` lists how each is written."
  `);
});

test('looking: how the commands of one kind are written, or all', () => {
  expect(read(helpList([ROW], reading))).toMatchInlineSnapshot(`
    "» help: Tell the channel
    **Tell the channel**
    - \`update impact: … doing: …\`  Tells the channel; \`next:30m\` promises the next one.
    \`help update\` says more about one of them."
  `);
  const other = { ...ROW, name: 'declare', group: { word: 'incident', title: 'The incident' } };
  expect(read(helpList([ROW, other], reading))).toMatchInlineSnapshot(`
    "» Every command
    Begin with **@Steady** or \`/steady\`. In a thread Slack blocks \`/steady\`; the mention works there.
    **Tell the channel**
    - \`update impact: … doing: …\`  Tells the channel; \`next:30m\` promises the next one.
    **The incident**
    - \`update impact: … doing: …\`  Tells the channel; \`next:30m\` promises the next one.
    \`help update\` says more about one of them."
  `);
});

test('looking: help for one', () => {
  expect(read(helpFor(ROW, reading))).toMatchInlineSnapshot(`
    "» help update: Tells the channel; \`next:30m\` promises the next one.
    \`update impact: … doing: …\`
    Tells the channel; \`next:30m\` promises the next one.
    Also: \`post\`, \`say\`
    For example: \`update doing: rolling back\`"
  `);
});

test('looking: what is there', () => {
  expect(
    read(discoveryCard(DISCOVERY, { title: 'Prometheus prod', age: MINUTE, command: 'discover prom' })),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod: 47 metrics, 2+ jobs
    **Prometheus prod** · asked 1 min ago, 120 ms
    **47 metrics**
    \`http_0\`  \`http_1\`  \`http_2\`  \`http_3\`  \`http_4\`  \`http_5\`  \`http_6\`  \`http_7\`  \`http_8\`  \`http_9\`  \`http_10\`  \`http_11\`
    35 names more: \`discover prom metrics http_\`
    **2+ jobs**
    \`checkout\`  \`payments\`
    The server cut this list. A longer beginning shows what it left out.
    **labels** unavailable until discovered again: it took longer than 10 s.
    (All metrics|say:0|discover prom metrics) (Try labels again|say:1|discover prom labels)"
  `);
});

test('looking: what the token may not read, with the way round', () => {
  expect(
    read(discoveryCard(CLOSED, { title: 'Prometheus prod', age: MINUTE, command: 'discover prom' })),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod: could not be read
    **Prometheus prod** · asked 1 min ago, 120 ms
    **metrics** unavailable until discovered again: Prometheus prod does not let Steady read this (403). Whoever administers Prometheus prod can grant read access; or run the command and paste the answer.
    | curl -sS -H "Authorization: Bearer $TOKEN" 'http://prom/api/v1/label/__name__/values'
    (Try metrics again|say:0|discover prom metrics)"
  `);
});

test('looking: what is there, filtered', () => {
  expect(
    read(
      discoveryCard(DISCOVERY, {
        title: 'Prometheus prod',
        age: 0,
        command: 'discover prom',
        kind: 'metrics',
        filter: 'http_',
      }),
    ),
  ).toMatchInlineSnapshot(`
    "» Prometheus prod: 45 metrics
    **Prometheus prod** · asked now, 120 ms
    **45 metrics with "http_"**
    \`http_0\`  \`http_1\`  \`http_2\`  \`http_3\`  \`http_4\`  \`http_5\`  \`http_6\`  \`http_7\`  \`http_8\`  \`http_9\`  \`http_10\`  \`http_11\`  \`http_12\`  \`http_13\`  \`http_14\`  \`http_15\`  \`http_16\`  \`http_17\`  \`http_18\`  \`http_19\`  \`http_20\`  \`http_21\`  \`http_22\`  \`http_23\`  \`http_24\`  \`http_25\`  \`http_26\`  \`http_27\`  \`http_28\`  \`http_29\`  \`http_30\`  \`http_31\`  \`http_32\`  \`http_33\`  \`http_34\`  \`http_35\`  \`http_36\`  \`http_37\`  \`http_38\`  \`http_39\`  \`http_40\`  \`http_41\`  \`http_42\`  \`http_43\`  \`http_44\`"
  `);
});

test('looking: a newcomer', () => {
  expect(read(welcome())).toMatchInlineSnapshot(`
    "» Steady keeps incident channels informed. Three things to try.
    Steady keeps an incident channel informed: it asks the telemetry, shows where each answer comes from, and sees that updates come when they were promised.
    **Three things to try**
    - In a channel: \`@Steady declare P2 checkout is slow here\`
    - Then ask: \`@Steady prom up\`
    - Put 📌 on a message: it goes on the timeline
    (Declare an incident!|open-declare|)"
  `);
});

test('looking: other words beyond a screenful are counted', () => {
  const synonyms = Array.from({ length: 45 }, (_, i) => `word${i}`);
  expect(read(helpFor({ ...ROW, synonyms }, reading))).toContain('`word39` and 5 more');
});

test('looking: the timeline gives times to each reader, and names nobody twice', () => {
  const message = { channel: 'C0CHECKOUT', ts: '1763906820.000100' };
  const entry = {
    message,
    text: 'the deploy was at 13:56',
    author: KAI,
    writtenAt: at('14:27'),
    how: 'pin',
  } as const;
  const incident = story([
    [at('14:30'), KAI, { type: 'add-entry', ...entry }],
    [at('14:31'), LEA, { type: 'nudge', promise: 1, rung: 'draft', asked: [LEA], passed: [] }],
    [at('14:37'), LEA, { type: 'nudge', promise: 1, rung: 'due', asked: [LEA], passed: [] }],
    [at('14:38'), LEA, { type: 'snooze', for: 15 * MINUTE, reason: 'waiting for a deploy' }],
    [at('14:39'), LEA, { type: 'mitigate', at: at('14:35') }],
  ]);
  expect(read(timelineMessage(incident, { ...reading, zone: 'America/Los_Angeles' }))).toMatchInlineSnapshot(`
    "» INC-42 P1 · timeline · 6 events
    **INC-42 · P1 · Checkout returns 500s · timeline**
    6 events since {14:07 UTC}
    - {14:07 UTC}  @Lea  **declared P1**: Checkout returns 500s
    - {14:27 UTC}  @Kai  **said**: the deploy was at 13:56
    - {14:31 UTC}  @Lea  **sent @Lea a draft of the update**
    - {14:37 UTC}  @Lea  **asked @Lea for the update**
    - {14:38 UTC}  @Lea  **put the update off until ****{14:53 UTC}**: waiting for a deploy
    - {14:39 UTC}  @Lea  **mitigated at ****{14:35 UTC}**"
  `);
});
