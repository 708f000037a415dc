import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import type { Conversation } from '../slack-kit/types.ts';
import { slipsIn } from './all-said.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { channelsNamed } from './channels.ts';
import { type Talk, talkIn } from './talk.ts';

const NAMES = [
  'one',
  'two',
  'roles',
  'joined',
  'archived',
  'lost',
  'names',
  'shared',
  'strangers',
  'topic',
  'merging',
  'merged',
];
const LEA = 'U0LEA00001';
const KAI = 'U0KAI00001';

describe('who may ask where, and what they hear', () => {
  let kit: BotKit;
  let talk: Talk;

  beforeAll(async () => {
    kit = await startBotKit({
      workspace: {
        channels: channelsNamed(NAMES, [
          { id: 'C0INCIDENT', name: 'incidents', appInvited: true },
          { id: 'C0UNINVITE', name: 'uninvited' },
          { id: 'C0SECRET01', name: 'secret', private: true, members: [LEA, KAI], appInvited: true },
        ]),
        people: [
          { id: LEA, name: 'lea', realName: 'Lea', tz: 'Europe/Berlin', admin: true },
          { id: KAI, name: 'kai', realName: 'Kai', tz: 'America/Los_Angeles' },
          { id: 'U0MARA0001', name: 'mara', realName: 'Mara', tz: 'Asia/Kolkata' },
          { id: 'U0GUS00001', name: 'gus', realName: 'Gus', tz: 'Europe/Berlin', guest: true },
          { id: 'U0PAT00001', name: 'pat', realName: 'Pat', tz: 'Europe/Berlin', teamId: 'T0OTHERCO1' },
        ],
      },
    });
    talk = talkIn(kit);
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    await kit.stop();
  });

  const place = (name: string): Conversation => {
    const found = [...kit.workspace.state.conversations.values()].find((one) => one.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const dmOf = (who: string) =>
    [...kit.workspace.state.conversations.values()].find(
      (one) => one.kind === 'dm' && one.members.has(kit.person(who).id),
    )?.id ?? '';
  async function dm(who: string, text: string): Promise<string> {
    await kit.person(who).dm(text);
    await kit.settled();
    return kit.dm(who).at(-1) ?? '';
  }

  it('1.1 in a direct message: the only open incident you lead, else buttons', async () => {
    await talk.declared('one', 'P2 first');
    expect(await dm('Lea', 'status')).toContain('INC-1 · P2 · first');
    expect(await dm('Kai', 'note seen from afar')).toMatch(/Do you mean this one\?[\s\S]*\[INC-1 first\]/);
    await kit.person('Kai').click('INC-1 first', { channel: dmOf('Kai') });
    await kit.settled();
    expect(kit.dm('Kai').at(-1)).toContain('INC-1 noted');
    await talk.declared('two', 'P2 second');
    expect(await dm('Lea', 'note which of them')).toMatch(
      /\[INC-\d second\][\s\S]*\[INC-\d first\]|\[INC-\d first\][\s\S]*\[INC-\d second\]/,
    );
    expect(await dm('Lea', 'INC-2 note this one')).toContain('INC-2 noted');
    expect(await dm('Lea', 'INC-2 update impact: 5 % fail (E1) doing: looking')).not.toContain(
      'update impact',
    );
    expect(await dm('Lea', 'INC-2 no change')).toContain("in the incident's channel");
    expect(kit.channel('two').at(-1)).toContain('no change');
    await talk.say('one', '@Steady INC-2 no change');
    expect(talk.whispered('one')).toContain("in the incident's channel");
  });

  it('1.9 always an answer: /steady where Steady is not, in a direct message, in an archived channel', async () => {
    await kit.person('Lea').slash('uninvited', '/steady declare P1 broken here');
    await kit.settled();
    expect(talk.whispered('uninvited')).toContain('/invite @steady');
    await kit.person('Lea').slash('uninvited', '/steady status');
    await kit.settled();
    expect(talk.whispered('uninvited')).toMatch(/Which one|INC-/);
    await kit.person('Lea').slash(dmOf('Lea'), '/steady list');
    await kit.settled();
    expect(kit.ephemerals(dmOf('Lea'), 'Lea').at(-1)).toContain('INC-');
    await kit.person('Lea').slash('archived', '/archive');
    await kit.settled();
    await kit.person('Lea').slash('archived', '/steady declare P1 broken here');
    await kit.settled();
    expect(talk.whispered('archived')).toContain('archived');
    expect(await dm('Lea', 'declare P1 broken here')).toContain('In which channel?');
  });

  it('1.9 the global modal into a channel without Steady answers with the invitation by direct message', async () => {
    await kit.person('Kai').shortcut('Declare incident');
    await kit.settled();
    await kit.person('Kai').submit({ title: 'search is slow', channel: 'uninvited' });
    await kit.settled();
    expect([...kit.ephemerals('uninvited', 'Kai'), ...kit.dm('Kai')].join()).toContain('/invite @steady');
  });

  it('5.3 guests, other teams and strangers are refused, typed and clicked alike', async () => {
    await talk.declared('strangers', 'P2 strangers');
    for (const who of ['Gus', 'Pat']) {
      await talk.say('strangers', '@Steady override it is fine', who);
      expect(talk.whispered('strangers', who)).not.toBe('');
      await kit.person(who).click('Post update', { channel: 'strangers' });
      await kit.settled();
      expect(kit.modal(who)).toBeUndefined();
      await kit.person(who).slash('strangers', '/steady cancel nothing');
      await kit.settled();
    }
    expect(kit.posts('strangers')).toBe(1);
    expect(talk.card('strangers').text).toContain('Investigating');
  });

  it('someone who joins gets a private catch-up of five lines', async () => {
    await kit.person('Mara').leave('joined');
    await talk.declared('joined', 'P1 joined');
    await talk.say('joined', '@Steady update impact: 23 % fail doing: rolling back');
    await kit.person('Mara').join('joined');
    await kit.settled();
    const told = talk.whispered('joined', 'Mara');
    for (const line of ['Impact', 'Lead', 'Tried', 'Ruled out', 'Next update']) expect(told).toContain(line);
    expect(kit.posts('joined')).toBe(2);
  });

  it('only the named person accepts a hand-off; until then nothing changes hands', async () => {
    await talk.declared('roles', 'P1 roles');
    await talk.say('roles', '@Steady handoff @Mara');
    const { ts } = talk.card('roles');
    expect(kit.notifications('Mara').join('\n')).toMatch(/mention: INC-\d+ P1 · @Lea offers you lead/);
    await kit.person('Kai').click('Yes, I am lead', { channel: 'roles' });
    await kit.settled();
    expect(talk.whispered('roles', 'Kai')).toContain('Only @Mara can answer that');
    await kit.until(() => kit.topic('roles').includes('lead Lea'), 'the topic');
    await Promise.all([
      kit.person('Mara').click('Yes, I am lead', { channel: 'roles' }),
      kit.person('Mara').click('Yes, I am lead', { channel: 'roles' }),
    ]);
    await kit.settled();
    await kit.until(() => kit.topic('roles').includes('lead Mara'), 'the new lead');
    expect(kit.thread('roles', ts).join('\n')).not.toContain('[Yes, I am lead]');
    expect(talk.whispered('roles', 'Mara')).toContain('settled already');
  });

  it('a private incident shows nowhere else: list, home, status, announcement', async () => {
    await talk.declared('secret', 'P1 hush hush');
    const id = /INC-\d+/.exec(talk.card('secret').text)?.[0] ?? '';
    for (const who of ['Mara', 'Lea']) {
      const asked = await talk.say('one', '@Steady list all', who);
      expect(kit.thread('one', asked).join()).not.toContain('hush');
    }
    const asked = await talk.say('one', `@Steady ${id} status`);
    expect([...kit.thread('one', asked), talk.whispered('one')].join()).not.toContain('hush');
    expect(talk.whispered('one')).toContain(`There is no ${id} that you can see`);
    await kit.person('Mara').openHome();
    await kit.person('Lea').openHome();
    await kit.settled();
    expect(kit.home('Mara')).not.toContain('hush');
    expect(kit.home('Lea')).toContain('hush');
    expect(await dm('Mara', `${id} status`)).not.toContain('hush');
    expect(await dm('Lea', `${id} status`)).toContain('hush');
  });

  it('names stand in place of ids in titles, reasons and merges', async () => {
    await talk.declared('names', 'P2 #one told @Kai that it broke');
    expect(talk.card('names').text).toContain('#one told @Kai that it broke');
    await talk.say('names', '@Steady cancel @Kai misread the graph of #two');
    expect(kit.channel('names').at(-1)).toContain('@Kai misread the graph of #two');
  });

  it('1.11 merge ends one incident as part of another, and both timelines say so', async () => {
    const first = await talk.declared('merging', 'P2 a symptom');
    const second = await talk.declared('merged', 'P1 the cause');
    await talk.say('merging', `@Steady merge ${second}`);
    expect(kit.channel('merging').at(-1)).toContain(`merged into ${second}`);
    const asked = await talk.say('merged', '@Steady timeline');
    expect(kit.thread('merged', asked).join()).toContain(`${first} was merged into this`);
    await talk.say('merging', '@Steady update known: still here');
    expect(talk.whispered('merging')).toContain('merged');
    await talk.say('merged', '@Steady started 13:30');
    await talk.say('merged', '@Steady mitigate rolled back at:13:50');
    await talk.say('merged', '@Steady mitigate at:13:45');
    const later = await talk.say('merged', '@Steady timeline');
    expect(kit.thread('merged', later).join()).toMatch(/mitigated at 12:45 UTC, before: 12:50 UTC/);
    await talk.say('merged', '@Steady override it was the deploy');
  });

  it('1.9 a channel that is lost mid-incident: nudges go by direct message to lead and declarer, and come back after', async () => {
    await talk.declared('lost', 'P1 lost');
    await talk.say('lost', '@Steady lead', 'Kai');
    await kit.person('Mara').slash('lost', '/remove @Steady');
    await kit.settled();
    for (const who of ['Lea', 'Kai']) expect(kit.dm(who).at(-1)).toContain('I can no longer speak');
    await kit.pass(30 * MINUTE);
    for (const who of ['Lea', 'Kai']) {
      expect(
        kit
          .dm(who)
          .filter((one) => /lost|INC-\d+/.test(one))
          .at(-1),
      ).toMatch(/overdue|promised/);
    }
    await kit.person('Mara').inviteApp('lost');
    await kit.settled();
    await talk.say('lost', '@Steady update impact: 2 % fail doing: watching');
    expect(kit.channel('lost').at(-1)).toContain('2 % fail');
  });

  it('5.5 a channel that becomes shared: evidence stops, and the lead is told', async () => {
    await talk.declared('shared', 'P1 shared', 'Mara');
    kit.workspace.membership.share(place('shared'), true);
    await kit.settled();
    expect(kit.dm('Mara').at(-1)).toContain('shared with another company');
    await talk.say('shared', '@Steady prom up', 'Mara');
    expect(talk.whispered('shared', 'Mara')).toContain('evidence is not shown here');
  });
});

describe('channels of their own and announcements', () => {
  let kit: BotKit;
  let talk: Talk;

  beforeAll(async () => {
    const { DEFAULT_APP } = await import('../../src/sandbox/slack/options.ts');
    kit = await startBotKit({
      workspace: {
        channels: channelsNamed(
          ['first'],
          [
            { id: 'C0INCIDENT', name: 'incidents', appInvited: true },
            { id: 'C0SECRET01', name: 'secret', private: true, members: [LEA, KAI], appInvited: true },
          ],
        ),
        app: { ...DEFAULT_APP, scopes: [...DEFAULT_APP.scopes, 'channels:manage', 'groups:write'] },
      },
      slack: 'announce_channel = "incidents"\nnew_channels = true',
    });
    talk = talkIn(kit);
  });
  afterAll(async () => {
    expect(slipsIn(kit)).toEqual([]);
    await kit.stop();
  });

  it('one card per incident in the announce channel, edited in place, its updates in the thread; private ones never', async () => {
    await talk.declared('first', 'P1 checkout 500s');
    expect(kit.posts('incidents')).toBe(1);
    expect(kit.channel('incidents').at(-1)).toContain('INC-1 · P1 · checkout 500s');
    await talk.say('first', '@Steady update impact: 23 % fail doing: rolling back');
    await talk.say('first', '@Steady severity P2');
    await kit.until(() => kit.channel('incidents').at(-1)?.includes('INC-1 · P2') === true, 'the edit');
    expect(kit.posts('incidents')).toBe(1);
    const root = kit.messages('incidents').find((one) => one.text.startsWith('INC-1'))?.ts ?? '';
    expect(kit.thread('incidents', root).join()).toContain('23 % fail');
    await talk.declared('secret', 'P1 hush hush');
    await talk.say('secret', '@Steady update impact: hush doing: hush');
    expect(kit.posts('incidents')).toBe(1);
    expect(
      kit
        .messages('incidents')
        .map((one) => one.text)
        .join(),
    ).not.toContain('hush');
  });

  it('a second declare offers a new channel, named after the incident, with the asker in it', async () => {
    await talk.say('first', '@Steady declare P2 Search is slow! here', 'Kai');
    expect(talk.whispered('first', 'Kai')).toContain('[New channel]');
    await kit.person('Kai').click('New channel', { channel: 'first' });
    await kit.settled();
    expect(talk.card('inc-3-search-is-slow').text).toContain('INC-3 · P2 · Search is slow!');
    const made = [...kit.workspace.state.conversations.values()].find(
      (one) => one.name === 'inc-3-search-is-slow',
    );
    expect(made?.members.has(KAI)).toBe(true);
    expect(kit.posts('incidents')).toBe(2);
  });
});
