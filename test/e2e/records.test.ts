import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { TEAM } from '../../src/sandbox/slack/options.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

describe('what was understood, and what was fixed', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts).join('\n');

  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
  });
  afterEach(async () => {
    await kit.stop();
  });

  it('a statement is confirmed, refused or corrected, in place', async () => {
    await talk.say('checkout', '@Steady confirm only eu-west is hurt');
    expect(underCard()).toContain('Is that right? only eu-west is hurt');
    await kit.person('Kai').click('Yes');
    await kit.settled();
    await kit.person('Mara').click('Correct me');
    await kit.settled();
    await kit.person('Mara').submit({ words: 'us-east fails as well' });
    await kit.settled();
    expect(underCard()).toContain('Yes · @Kai');
    expect(underCard()).toContain('No · @Mara: us-east fails as well');
    expect(underCard().match(/Is that right\?/g)).toHaveLength(1);
  });

  it('a fix report has no empty part', async () => {
    await kit.person('Lea').slash('checkout', '/steady bugfix');
    await kit.settled();
    const parts = {
      'fix-symptom': '200 expected, 500 came: curl checkout',
      'fix-mechanism': 'retries multiplied the calls',
      'fix-introduced': 'unknown',
      'fix-test': 'retry budget: red before, green now',
      fix: 'a budget of 10 %',
      'fix-ran': 'npm test',
    };
    await kit.person('Lea').submit(parts);
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('A fix report has no empty part');
    await kit.person('Lea').click('Fill it in');
    await kit.settled();
    await kit.person('Lea').submit({ ...parts, 'fix-introduced': 'unknown: git log since May' });
    await kit.settled();
    expect(underCard()).toContain('Fix report · by @Lea');
    expect(underCard()).toContain('unknown: git log since May');
    expect(kit.warnings).toEqual([]);
  });

  it('an action item is added and changed in words, asked for on the morning it is due, and settled by its owner', async () => {
    const mara = kit.person('Mara');
    await talk.say('checkout', `@Steady action improve monitoring <@${mara.id}> next:12h`);
    expect(kit.channel('checkout').join()).toContain('1 action item');
    expect(talk.whispered('checkout')).toContain('A1: nobody can tell when that is done');
    await talk.say('checkout', '@Steady action A1 Alert on pool use above 80 %');
    await talk.say('checkout', '@Steady action Limit retries to 2 https://tickets.example.com/PROJ-1');
    await talk.say('checkout', '@Steady override it is over');
    expect(kit.channel('checkout').at(-1)).toContain('2 action items');
    await mara.openHome();
    await kit.settled();
    expect(kit.home('Mara')).toContain('Your action items');
    expect(kit.home('Mara')).toContain('INC-1 A1  Alert on pool use above 80 % · @Mara · due');

    await kit.pass(15 * HOUR);
    const asked = () => kit.dm('Mara').filter((one) => one.includes('of yours is due'));
    expect(asked()).toHaveLength(1);
    await mara.leave('checkout');
    await mara.click('Drop');
    await kit.settled();
    await mara.submit({ words: 'the pool is being retired' });
    await kit.settled();
    expect(asked()).toEqual([]);
    expect(kit.dm('Mara').join('\n')).toContain('dropped by @Mara: the pool is being retired');

    const list = await talk.say('checkout', '@Steady actions');
    expect(kit.thread('checkout', list).join('\n')).toContain('INC-1 A2  Limit retries to 2');
    await talk.say('checkout', '@Steady action A2 @me due:tomorrow');
    await kit.person('Lea').dm('actions mine');
    await kit.settled();
    expect(kit.dm('Lea').at(-1)).toContain('INC-1 A2  Limit retries to 2');
    await kit.person('Lea').click('Done');
    await kit.settled();
    expect(kit.channel('checkout').join('\n')).toContain('all action items closed');
    await talk.say('checkout', '@Steady action A2 done');
    expect(talk.whispered('checkout')).toContain('A2 was done by @Lea');
    expect(kit.warnings).toEqual([]);
  });
});

describe('a form that came before a crash', () => {
  let kit: BotKit;
  let talk: Talk;
  beforeEach(async () => {
    kit = await startBotKit();
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
  });
  afterEach(async () => {
    await kit.stop();
  });

  /** A process died over it, so long ago; what it left is found at the next start. */
  async function died(ago: number, known: string): Promise<void> {
    const now = kit.clock.now();
    const { id } = kit.person('Lea');
    const values = {
      impact: {},
      known: { known: { type: 'plain_text_input', value: known } },
      doing: {},
      next: {},
    };
    const view = {
      id: 'V1',
      hash: '1.1',
      callback_id: 'update',
      type: 'modal',
      title: { type: 'plain_text', text: 'INC-1 update' },
      private_metadata: '{"incident":1}',
      state: { values },
    };
    const body = { type: 'view_submission', team: { id: TEAM.id }, user: { id, team_id: TEAM.id }, view };
    await kit.restart(async () => {
      const store = await openStore({ dataDir: kit.dataDir, now: () => now, lock: true });
      const key = `submit/V1/${ago}`;
      await store.receive(
        { key, team: TEAM.id, kind: 'submit', body, at: now - ago },
        { owner: 'dead', for: MINUTE },
      );
      await store.close();
    });
    await kit.pass(MINUTE);
  }
  const updates = () => kit.channel('checkout').filter((one) => one.includes('What we know'));

  it('a minute ago is taken', async () => {
    await died(MINUTE, 'payments answers 429');
    expect(updates()).toEqual([expect.stringContaining('payments answers 429')]);
    expect(kit.dm('Lea').join()).not.toContain('Still wanted?');
  });

  it('longer ago asks its author, and nothing that was written is lost', async () => {
    await died(3 * MINUTE, 'payments answers 429');
    expect(updates()).toEqual([]);
    expect(kit.dm('Lea').at(-1)).toContain('your form INC-1 update. What you wrote is kept. Still wanted?');
    await kit.person('Lea').slash('checkout', '/steady status');
    await kit.settled();
    expect(talk.whispered('checkout')).toContain('your form was not taken before a restart, and is kept');
    await kit.restart();
    await kit.person('Lea').click('Do it now');
    await kit.settled();
    expect(updates()).toEqual([expect.stringContaining('payments answers 429')]);
    await kit.person('Lea').click('Do it now');
    await kit.settled();
    expect(updates()).toHaveLength(1);
    expect(kit.warnings).toEqual([]);
  });

  it('may be thrown away instead', async () => {
    await died(3 * MINUTE, 'payments answers 429');
    await kit.person('Lea').click('Throw it away');
    await kit.settled();
    await kit.person('Lea').click('Do it now');
    await kit.settled();
    expect(updates()).toEqual([]);
  });
});
