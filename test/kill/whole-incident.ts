import { MINUTE } from '../../src/domain/time.ts';
import { APP } from '../../src/sandbox/slack/options.ts';
import type { Message } from '../slack-kit/types.ts';
import type { KillKit } from './kill-kit.ts';

const QUERY = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';

/** One incident with everything that Steady does on its own, driven by what people see. */
export async function playWholeIncident(kit: KillKit): Promise<void> {
  const lea = kit.person('Lea');
  const kai = kit.person('Kai');
  const mara = kit.person('Mara');
  const said = (text: string) => () => kit.channel('checkout').some((one) => one.includes(text));
  const answered = (ts: () => string, text: string) => () =>
    kit.thread('checkout', ts()).some((one) => one.includes(text));
  const whispered = (person: string, text: string) => () => kit.dm(person).some((one) => one.includes(text));

  await kit.step(
    'the card',
    () => lea.say('checkout', '@Steady declare P1 checkout 500s here'),
    () => said('INC-1 · P1 · checkout 500s')() && pinned(kit),
  );
  await kit.until(
    () => kit.messages('checkout').some((one) => shows(one, 'stop the bleeding first')),
    'the triage',
    20_000,
  );
  let asked = '';
  await kit.step(
    'evidence',
    async () => {
      asked = await lea.say('checkout', `@Steady prom ${QUERY}`);
    },
    answered(() => asked, 'Prometheus'),
  );
  const clue = await kai.say('checkout', 'payments began to answer 429 right after deploy 4711');
  await kit.step(
    'the mark on a pinned message',
    () => lea.react('checkout', clue, 'pushpin'),
    () => hasMark(kit, clue),
  );
  await kit.step(
    'the update',
    () => lea.say('checkout', '@Steady update impact: 23 % of checkouts fail doing: looking at payments'),
    said('UNVERIFIED: 23 % of checkouts fail'),
  );
  await kit.step(
    'the note',
    () => kai.slash('checkout', '/steady note restarted checkout-7f9'),
    () => kit.ephemerals('checkout', 'Kai').some((one) => one.includes('noted on the timeline')),
  );
  const card = kit.messages('checkout').find((one) => shows(one, 'post-update'))?.ts ?? '';
  await kit.step(
    'the update from a window',
    async () => {
      await lea.click('post-update', { channel: 'checkout', ts: card });
      await kit.until(({ modals }) => (modals.get(lea.id)?.length ?? 0) > 0, 'the window', 3_000);
      await lea.submit({ impact: '', known: '', doing: 'halving our retries' });
    },
    said('halving our retries'),
  );
  await kit.pass(22 * MINUTE);
  await kit.passUntil('the draft', whispered('Lea', 'an update is due'), 8 * MINUTE);
  await kit.pass(2 * MINUTE);
  await kit.passUntil('the nudge', said('was promised an update'), 8 * MINUTE);
  const nudge = kit.messages('checkout').findLast((one) => shows(one, 'was promised an update'))?.ts ?? '';
  await kit.pass(2 * MINUTE);
  await kit.passUntil('the late rung', () => kit.thread('checkout', nudge).length > 0, 8 * MINUTE);
  await kit.step(
    'the snooze',
    () => lea.choose('snooze', '15 min · waiting for a deploy', { channel: 'checkout', ts: nudge }),
    said('put the update off until'),
  );
  await kit.step(
    'the offer',
    () => lea.say('checkout', '@Steady handoff @Mara'),
    () => kit.messages('checkout').some((one) => shows(one, 'accept-offer')),
  );
  await kit.step(
    'the new lead',
    () => mara.click('accept-offer', { channel: 'checkout' }),
    () => !kit.messages('checkout').some((one) => shows(one, 'accept-offer')),
  );
  await kit.step(
    'the mitigation',
    () => mara.say('checkout', '@Steady mitigate retries halved'),
    said('UNVERIFIED: retries halved'),
  );
  await kit.step(
    'the end',
    () => mara.say('checkout', '@Steady override payments raised our limit'),
    said('says why: payments raised our limit'),
  );
  await kit.pass(90 * MINUTE);
  // Edits of the card and the topic wait for their pace, which is real time.
  await kit
    .until(() => said('[Reopen INC-1]')() && kit.topic('checkout') === 'Checkout service')
    .catch(() => undefined);
}

function shows(message: Message, text: string): boolean {
  return JSON.stringify(message.blocks ?? []).includes(text);
}

function pinned(kit: KillKit): boolean {
  return kit.messages('checkout').some((one) => one.subtype === undefined && one.user === APP.botUserId);
}

function hasMark(kit: KillKit, ts: string): boolean {
  const message = kit.messages('checkout').find((one) => one.ts === ts);
  return message?.reactions.some((one) => one.users.includes(APP.botUserId)) === true;
}
