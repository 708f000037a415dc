import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { five } from '../e2e/investigate.ts';
import type { KillKit } from './kill-kit.ts';

const ERRORS = 'sum by (code) (rate(http_requests_total{service="checkout"}[2m]))';
const PATTERN = 'pattern cart retries pile up: our retries multiply when payments refuses #retries #checkout';

/** What the story needs beside a source: somewhere to keep what it taught, and an end that needs no second person. */
export const AFTERMATH_TOML = `
[knowledge.orgs.acme]

[conclusions]
skip_judge = ["P3", "P4"]
`;

/** A short incident with what it is helped by and what it leaves: a suggestion, lessons, an action item, a postmortem. */
export async function playAftermath(kit: KillKit): Promise<void> {
  const lea = kit.person('Lea');
  const cardTs = () =>
    kit.messages('checkout').find(({ blocks }) => blocks?.[0]?.type === 'header')?.ts ?? '';
  const under = (text: string) => () => kit.thread('checkout', cardTs()).some((one) => one.includes(text));
  const said = (text: string) => () => kit.channel('checkout').some((one) => one.includes(text));
  const form = () => (kit.workspace.state.modals.get(lea.id)?.length ?? 0) > 0;
  let ts = '';
  const ask = (text: string) => async () => {
    ts = await lea.say('checkout', `@Steady ${text}`);
  };
  const answered = (text: string) => () => kit.thread('checkout', ts).some((one) => one.includes(text));

  await kit.step('what is known', ask(`save for the team ${PATTERN}`), answered('cart retries pile up'));
  await kit.step(
    'the suggestion',
    ask('declare P3 checkout retries pile up, payments refuses here'),
    under('looks like something'),
  );
  await kit.pass(4 * MINUTE);
  await kit.step(
    'the update',
    ask('update impact: 23 % of checkouts fail doing: looking at payments'),
    said('23 % of checkouts fail'),
  );
  await kit.step(
    'the hypothesis',
    ask('hypothesis payments limits us disproof: payments answers no 429'),
    under('H1 · '),
  );
  await kit.step('its test', ask(`H1 test prom ${ERRORS} expect:"some 429s"`), answered('E1 · Prometheus'));
  await kit.step('its outcome', () => lea.click('As expected'), under('supported'));
  await kit.step(
    'the action item',
    ask('action Alert on pool use above 80 % @Lea due:2026-03-11'),
    answered('A1'),
  );
  await kit.step('the proposal', ask('resolve payments raised our limit (E1)'), () =>
    kit.messages('checkout').some((one) => JSON.stringify(one.blocks ?? []).includes('Answer the five')),
  );
  // Whether it took a while to be answered is said, and after a death it did.
  await kit.pass(2 * MINUTE);
  await kit.step(
    'the end, and what it taught',
    async () => {
      await lea.click('Answer the five questions');
      await kit.until(form, 'the form', 3_000);
      await lea.submit(five(['E1', 'E1', 'E1', 'E1', 'E1']));
    },
    () => said('resolved')() && under('taught:')(),
  );
  await kit.step('the postmortem', ask('postmortem'), under('· postmortem · revision 1'));
  await kit.pass(18 * HOUR + 30 * MINUTE);
  await kit.passUntil(
    'the follow-up',
    () => kit.dm('Lea').some((one) => one.includes('of yours is due')),
    5 * MINUTE,
  );
}
