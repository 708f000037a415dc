import { expect, test } from 'vitest';
import { interimMessages } from '../gallery-interims.ts';
import { read } from '../read.ts';
import { reading, story } from '../sample.ts';

const said = interimMessages((...more) => story(more), 'waiting for the vendor', reading);
const shown = (name: string) => {
  const message = said[name];
  if (!message) throw new Error(name);
  return read(message);
};

test('what is concluded while it goes on asks its five questions, and shows what they left', () => {
  expect(shown('monitoring')).toMatchInlineSnapshot(`
    "» INC-42 P1 · monitoring · UNVERIFIED: waiting for the vendor
    **INC-42 · monitoring** · next update by {15:07 UTC} · by @Lea
    **⚠️ UNVERIFIED: **waiting for the vendor
    Five questions say what is still to test; “no” is an answer.
    (Answer the five questions!|answer-questions|42/3)"
  `);
  expect(shown('mitigated, monitoring')).toMatchInlineSnapshot(`
    "» INC-42 P1 · mitigated, monitoring · UNVERIFIED: waiting for the vendor
    **🟢 INC-42 · mitigated, monitoring** {14:38 UTC} · next update by **{15:08 UTC}** · by @Lea
    **⚠️ UNVERIFIED: **waiting for the vendor
    Five questions say what is still to test; “no” is an answer.
    (Answer the five questions!|answer-questions|42/3)"
  `);
  expect(shown('monitoring, with what is to test')).toMatchInlineSnapshot(`
    "» INC-42 P1 · monitoring · UNVERIFIED: waiting for the vendor
    **INC-42 · monitoring** · next update by {15:07 UTC} · by @Lea
    **⚠️ UNVERIFIED: **waiting for the vendor
    **Still to test**
    - a query that shows the mechanism itself, such as an unaffected cohort that stayed unaffected
    - the disproof of the leading hypothesis: \`hypothesis … disproof:…\` states one
    - a query for the assumption that nobody has looked at
    - a hypothesis for the simpler explanation, and its test
    - a query over the time before the fix that shows the symptom following the cause"
  `);
  expect(shown('monitoring, all answered')).toMatchInlineSnapshot(`
    "» INC-42 P1 · monitoring · UNVERIFIED: waiting for the vendor
    **INC-42 · monitoring** · next update by {15:07 UTC} · by @Lea
    **⚠️ UNVERIFIED: **waiting for the vendor
    All five questions are answered: \`resolve\` concludes it."
  `);
});

test('whoever looks next is handed what is still to test', () => {
  expect(shown('hand-off, with what is to test')).toMatchInlineSnapshot(`
    "» INC-42 P1 · @Lea offers you lead <@U0BO>
    <@U0BO> @Lea asks: you are the lead of **INC-42 · P1 · Checkout returns 500s** from now on, is that right?
    Until you accept, @Lea keeps it.
    **Still to test**
    - a query that shows the mechanism itself, such as an unaffected cohort that stayed unaffected
    - the disproof of the leading hypothesis: \`H1 test prom … expect:"…"\`
    - a query for the assumption that nobody has looked at
    - a hypothesis for the simpler explanation, and its test
    - a query over the time before the fix that shows the symptom following the cause
    (Yes, I am lead!|accept-offer|42/9) (Decline|decline-offer|42/9)"
  `);
  expect(shown('time to look again')).toMatchInlineSnapshot(`
    "» INC-42 P1 · time to look again · Checkout returns 500s
    **INC-42** was stalled until now; it is time to look again. \`status\` shows where it stands.
    Five questions say what is still to test; “no” is an answer.
    (Answer the five questions!|answer-questions|42/3)"
  `);
  expect(shown('time to look again, with what is to test')).toMatchInlineSnapshot(`
    "» INC-42 P1 · time to look again · Checkout returns 500s
    **INC-42** was stalled until now; it is time to look again. \`status\` shows where it stands.
    **Still to test**
    - a query that shows the mechanism itself, such as an unaffected cohort that stayed unaffected
    - the disproof of the leading hypothesis: \`H1 test prom … expect:"…"\`
    - a query for the assumption that nobody has looked at
    - a hypothesis for the simpler explanation, and its test
    - a query over the time before the fix that shows the symptom following the cause"
  `);
  expect(shown('catch-up, with what is to test')).toMatchInlineSnapshot(`
    "» INC-42 P1 · catch-up · Checkout returns 500s
    **INC-42 · P1 · Checkout returns 500s** · investigating
    **Impact**  not said yet
    **Lead**  @Lea
    **Tried**  nothing said yet
    **Leading**  **H1** it is waiting for the vendor, open
    **Ruled out**  nothing yet
    **Still to test**  the mechanism · the disproof of H1 · the assumptions · the simpler explanations · the time before a fix
    **Next update**  due {14:37 UTC}"
  `);
});

test('the card says it in two lines', () => {
  expect(shown('status card, with what is to test')).toMatchInlineSnapshot(`
    "» INC-42 P1 · investigating · Checkout returns 500s
    # 🔴 INC-42 · P1 · Checkout returns 500s
    **Investigating** since {14:07 UTC}, impact since {13:58 UTC}
    **Lead**  @Lea
    **Impact**  not said yet
    **Leading**  **H1** it is waiting for the vendor, open
    **Concluded**  as stalled · looked at again **{15:38 UTC}**
    **Still to test**  the mechanism · the disproof of H1 · the assumptions · the simpler explanations · the time before a fix
    **Update**  none yet · next due **{14:37 UTC}**
    [Dashboard](https://grafana.example.com/d/checkout)
    (Post update!|post-update|42/1) (Mitigated|mitigate|42) <overflow|card-more|Resolve=42/-/resolve, Hand off=42/-/hand-off, Timeline=42/-/timeline, Status=42/-/status>"
  `);
});
