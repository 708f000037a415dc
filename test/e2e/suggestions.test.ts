import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

/** Metrics of the sandbox's telemetry that the entry's query names. */
const PATTERN =
  'save for the team pattern cart retries pile up: our retries multiply when payments refuses #retries #checkout\n\n```promql\nsum by (code) (rate(http_requests_total{service="checkout"}[5m]))\n```';

describe('what is known helps unasked', () => {
  let kit: BotKit;
  let talk: Talk;
  const cards = () =>
    kit.thread('checkout', talk.card('checkout').ts).filter((one) => one.includes('looks like something'));

  const answered = async (text: string) =>
    kit.thread('checkout', await talk.say('checkout', text)).join('\n');

  beforeEach(async () => {
    kit = await startBotKit({ toml: '[knowledge.orgs.acme]\n' });
    talk = talkIn(kit);
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('under the card of an incident: why, a query that runs, what helped; once, and quietly', async () => {
    await talk.say('checkout', `@Steady ${PATTERN}`);
    await talk.say('checkout', '@Steady remember pattern checkout retries: ask Mara first #checkout');
    const before = kit.channel('checkout').length;
    await talk.declared('checkout', 'P2 checkout retries pile up, payments refuses');
    await kit.until(() => cards().length > 0, 'the suggestions', 10_000);
    await kit.settled();
    const [card = ''] = cards();
    expect(card).toContain('cart retries pile up');
    expect(card).toContain('pattern · acme');
    expect(card).toMatch(/Why: .*retries pile/);
    expect(card).toContain('Next: sum by (code)');
    // At top level only what was said and the card came; what is one person's own is told to them alone.
    expect(kit.channel('checkout')).toHaveLength(before + 2);
    expect(card).not.toContain('ask Mara');
    expect(talk.whispered('checkout')).toContain('You noted something like it');
    expect(talk.whispered('checkout')).toContain('ask Mara first');

    await kit.person('Kai').click('Run it');
    await kit.settled();
    const thread = kit.thread('checkout', talk.card('checkout').ts).join('\n');
    expect(thread).toContain('E1 · Prometheus prod');
    await kit.person('Kai').click('Helped');
    await kit.settled();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('Helped @Kai');
    expect(await answered('@Steady recall retries pile up')).toContain('used in INC-1');
    await kit.person('Kai').click('Show');
    await kit.settled();
    expect(talk.whispered('checkout', 'Kai')).toContain('used in INC-1');

    // After a crash nothing is said twice.
    await kit.restart();
    await kit.pass(MINUTE);
    expect(cards()).toHaveLength(1);
    expect(await answered('@Steady timeline')).toMatch(/it looks like: cart retries pile up/);
  });

  it('offers the last similar incident, and takes no for an answer', async () => {
    await talk.declared('checkout', 'P2 checkout 500s, refused by payments');
    await talk.say('checkout', '@Steady service checkout');
    await talk.say('checkout', '@Steady override payments lowered our limit');
    await talk.declared('checkout', 'P2 checkout 500s again');
    await talk.say('checkout', '@Steady service checkout');
    await kit.until(() => cards().length > 0, 'the suggestions', 10_000);
    await kit.settled();
    expect(cards()[0]).toContain('INC-1 checkout 500s, refused by payments');
    expect(cards()[0]).toContain('its cause was not judged');
    await kit.person('Lea').click('Not this');
    await kit.settled();
    expect(cards()[0]).toContain('not this, says @Lea');
  });

  it('beside an evidence, the one query that proved something of the same source, once, nobody’s own', async () => {
    await talk.declared('checkout', 'P3 codes look odd');
    await talk.say('checkout', '@Steady prom sum by (code) (rate(http_requests_total[5m]))');
    await talk.say('checkout', '@Steady save for the team query E1 answers by code');
    await talk.say('checkout', '@Steady remember query E1 my own view of codes');
    const offers = () =>
      kit
        .messages('checkout')
        .map((one) => JSON.stringify(one.blocks ?? []))
        .filter((one) => one.includes('was proved by'));
    await talk.say('checkout', '@Steady prom count(http_requests_total)');
    // Not where it came from.
    expect(offers()).toEqual([]);
    await talk.say('checkout', '@Steady cancel false alarm');
    await talk.say('checkout', '@Steady declare P2 mails late here', 'Kai');
    await talk.say('checkout', '@Steady prom up', 'Kai');
    expect(offers()).toEqual([]);
    await talk.say('checkout', '@Steady prom sum(rate(http_requests_total[5m]))', 'Kai');
    expect(offers()).toHaveLength(1);
    expect(offers()[0]).toMatch(/INC-1 was proved by .*answers by code/);
    await talk.say('checkout', '@Steady prom max(http_requests_total)', 'Kai');
    expect(offers()).toHaveLength(1);
    await kit.person('Kai').click('Run it');
    await kit.settled();
    expect(await answered('@Steady evidence')).toContain('E4  code 200');
    expect(await answered('@Steady recall answers by code')).toContain('used in INC-2');
  });

  it('fills in from facts of the service what would be asked else, and says where it came from', async () => {
    const mara = 'U0MARA0001';
    const fact = `checkout: takes the money\ndashboard: https://grafana.example.com/d/checkout\nrepository: https://git.example.com/checkout\nowner: <@${mara}>`;
    await talk.say('checkout', `@Steady save for the team fact ${fact}`);
    await talk.declared('checkout', 'P2 checkout 500s');
    await kit.until(() => talk.card('checkout').text.includes('Repository'), 'the facts on the card', 10_000);
    expect(talk.card('checkout').text).toMatch(
      /Dashboard \(fact checkout, acme\) · service checkout · Repository · owner @Mara \(fact checkout, acme\)/,
    );
    await talk.say('checkout', '@Steady handoff');
    expect(talk.whispered('checkout')).toContain('@Mara owns it, by the fact checkout (acme)');
    await kit.person('Lea').click('Offer it to the owner');
    await kit.settled();
    expect(kit.thread('checkout', talk.card('checkout').ts).join('\n')).toContain(mara);
    await talk.say('checkout', '@Steady conclude escalated the vendor has to look');
    expect(talk.whispered('checkout')).toMatch(/Escalated to whom\? @Mara owns it, by the fact checkout/);
    await talk.say('checkout', '@Steady link https://grafana.example.com/d/other');
    await kit.until(
      () => talk.card('checkout').text.includes('Dashboard · service checkout'),
      'the link on the card',
    );
  });

  it('a correction counts from then on, from a command or a form, and the earlier words are kept', async () => {
    await talk.say('checkout', '@Steady save for the team checkout pool: holds 40 connections');
    for (const _again of [1, 2])
      await talk.say('checkout', '@Steady correct checkout pool: holds 80 connections');
    const first = await answered('@Steady recall checkout pool');
    expect(first).toMatch(
      /holds 80 connections\nDid not work \(as it stood until [-\d]+\):\nholds 40 connections/,
    );
    expect(first.match(/^checkout pool /gm)).toHaveLength(1);
    await talk.say('checkout', '@Steady kb show checkout pool');
    await kit.person('Kai').slash('checkout', '/steady kb show checkout pool');
    await kit.settled();
    await kit.person('Kai').click('Correct');
    await kit.settled();
    await kit.person('Kai').submit({ 'What did work?': 'holds 160 connections' });
    await kit.settled();
    expect(await answered('@Steady recall checkout pool')).toMatch(/holds 160 connections\n[\s\S]*holds 80/);
    // What ships is corrected for the team, in its place.
    await talk.say('checkout', '@Steady correct bad deploy: roll back the config repository too');
    expect(await answered('@Steady recall bad deploy')).toMatch(
      /bad deploy.*patterns · acme\nroll back the config/,
    );
  });

  it('Remember this keeps a message for whoever clicked, and shares it only knowing with whom', async () => {
    const ts = await kit.person('Mara').say('checkout', 'the pool of checkout holds 40 connections');
    await kit.person('Kai').shortcut('Remember this', { channel: 'checkout', ts });
    await kit.settled();
    await kit.person('Kai').submit({});
    await kit.settled();
    expect(talk.whispered('checkout', 'Kai')).toMatch(/Saved for you[\s\S]*Share with everyone at acme/);
    expect(await answered('@Steady recall pool holds')).not.toContain('40 connections');
    await kit.person('Kai').click('Share with everyone at acme');
    await kit.settled();
    expect(await answered('@Steady recall pool holds')).toMatch(/40 connections\n+Said at https?:/);

    await kit.person('Lea').inviteApp('payments-private');
    const secret = await kit.person('Lea').say('payments-private', 'the vault of payments seals at noon');
    await kit.person('Lea').shortcut('Remember this', { channel: 'payments-private', ts: secret });
    await kit.settled();
    await kit.person('Lea').submit({});
    await kit.settled();
    await kit.person('Lea').click('Share with everyone at acme');
    await kit.settled();
    expect(talk.whispered('payments-private')).toContain('Everyone at acme will read what you share');
    expect(await answered('@Steady recall vault seals')).not.toContain('at noon');
    await kit.person('Lea').click('Share the link alone');
    await kit.settled();
    expect(await answered('@Steady recall vault seals')).not.toContain('at noon');
    expect(await answered('@Steady kb facts')).toMatch(/https?:.*archives/);
  });
});
