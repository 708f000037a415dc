import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { type Talk, talkIn } from './talk.ts';

const fileTexts = (kit: BotKit, ending: string) =>
  [...kit.workspace.state.files.values()]
    .filter((one) => one.completed && one.name.endsWith(ending))
    .map((one) => Buffer.from(one.bytes ?? []).toString());
const canvases = (kit: BotKit) => [...kit.workspace.state.canvases.values()];

describe('a postmortem', () => {
  let kit: BotKit;
  let talk: Talk;
  const underCard = () => kit.thread('checkout', talk.card('checkout').ts);

  beforeAll(async () => {
    kit = await startBotKit({ toml: '[services.checkout]\nslo = "99.9%/30d"' });
    talk = talkIn(kit);
    await talk.declared('checkout', 'P2 checkout 500s');
    await talk.say('checkout', '@Steady service checkout');
    await talk.say('checkout', '@Steady started 13:50');
    await kit.pass(4 * MINUTE);
    await talk.say('checkout', '@Steady update impact: checkouts fail doing: looking');
  });
  afterAll(() => kit.stop());

  it('comes under the card as three files, a canvas of the channel and one message, once though an answer was lost', async () => {
    kit.workspace.faults.add('canvases.create', { kind: 'drop-after' });
    await talk.say('checkout', '@Steady postmortem');
    await kit.pass(2 * MINUTE);
    expect(canvases(kit)).toHaveLength(1);
    const [canvas] = canvases(kit);
    expect([...(canvas?.access ?? [])].map(([who, how]) => `${who} ${how}`)).toEqual([
      expect.stringMatching(/ owner$/),
      `${[...kit.workspace.state.conversations.values()].find(({ name }) => name === 'checkout')?.id} write`,
    ]);
    for (const ending of ['.md', '.html', '.json'])
      expect(fileTexts(kit, `-postmortem${ending}`)).toHaveLength(1);
    const [message, ...more] = underCard().filter((one) => one.includes('· postmortem draft · revision'));
    expect(more).toEqual([]);
    expect(message).toContain('revision 1');
    expect(message).toMatch(
      /Impact not known · not mitigated · 1 of 1 updates in time · 1 unverified · no action items/,
    );
    expect(message).toContain('Open the canvas');
    const [file = ''] = fileTexts(kit, '.md');
    expect(file).toContain('## Timeline');
    expect(file.match(/\| \[link\]\(<https:\/\/acme-sandbox\.slack\.com\/archives\//g)?.length).toBe(4);
    expect(file).toContain('99.9 % over 30 d');
  });

  it('takes words from anybody, and tells their author alone what looks for blame', async () => {
    await talk.say('checkout', '@Steady postmortem lessons We should have had a panel of 429s', 'Kai');
    expect(talk.whispered('checkout', 'Kai')).toContain('“should have”');
    expect(kit.ephemerals('checkout', 'Lea').join()).not.toContain('“should have”');
    await kit.person('Mara').click('Fill in');
    await kit.settled();
    const form = kit.workspace.state.modals.get(kit.person('Mara').id)?.at(-1);
    expect(JSON.stringify(form?.content)).toContain('We should have had a panel of 429s');
    await kit.person('Mara').submit({ 'What went well': 'The rollback took a minute' });
    await kit.settled();
  });

  it('keeps what people changed: in a file that comes back, and in the canvas', async () => {
    const canvas = canvases(kit)[0];
    const piece = canvas?.blocks.find(({ markdown }) => markdown.includes('No query was asked'));
    const text = 'Kai asked Grafana by hand.';
    const edit = { kind: 'editCanvas', canvas: canvas?.id ?? '', block: piece?.id ?? '', text } as const;
    expect(await kit.workspace.act({ ...edit, as: kit.person('Kai').id })).toEqual({ ok: true });
    const edited = fileTexts(kit, '.md')[0]?.replace(
      '## Detection\n',
      '## Detection\n\nA customer called first.\n',
    );
    await kit.person('Kai').upload('checkout', 'edited.md', Buffer.from(edited ?? ''), '@Steady postmortem');
    await kit.settled();
    await kit.pass(MINUTE);
    const newest = fileTexts(kit, '.md').at(-1) ?? '';
    expect(newest).toContain('A customer called first.');
    expect(newest).toContain('We should have had a panel of 429s');
    expect(newest).toContain('The rollback took a minute');
    const written = canvases(kit)[0]?.blocks.map(({ markdown }) => markdown) ?? [];
    expect(written).toContain('Kai asked Grafana by hand.');
    expect(written).toContain('A customer called first.');
    expect(written).toContain('The rollback took a minute');
    expect(canvases(kit)).toHaveLength(1);
    const [message, ...more] = underCard().filter((one) => one.includes('· postmortem draft · revision'));
    expect(more).toEqual([]);
    expect(message).toContain('revision 2');

    await talk.say('checkout', '@Steady prom up');
    await talk.say('checkout', '@Steady claim one target is up E1');
    await kit.person('Lea').click('Regenerate');
    await kit.settled();
    await kit.pass(MINUTE);
    expect(underCard().find((one) => one.includes('revision 3'))).toContain(
      'Left as people changed them in the canvas: Key queries',
    );
    expect(canvases(kit)[0]?.blocks.map(({ markdown }) => markdown)).toContain('Kai asked Grafana by hand.');
    expect(
      fileTexts(kit, '.html')
        .at(-1)
        ?.match(/<img src="data:image\/png;base64,/g)?.length,
    ).toBe(3);
    expect(kit.warnings.filter((one) => !/canvases\.create|fetch failed/.test(one))).toEqual([]);
  });

  it('takes an edited file that comes with the command as well', async () => {
    const [file = ''] = fileTexts(kit, '.md').slice(-1);
    const edited = file.replace(
      '## Overrides\n',
      '## What we told customers\n\nNothing yet.\n\n## Overrides\n',
    );
    await kit.person('Mara').upload('checkout', 'mine.md', Buffer.from(edited), '@Steady postmortem');
    await kit.settled();
    await kit.pass(MINUTE);
    expect(fileTexts(kit, '.md').at(-1)).toContain('## What we told customers\n\nNothing yet.');
    expect(underCard().filter((one) => one.includes('revision 4'))).toHaveLength(1);
  });

  it('is one click from the resolution, with its override in sight, and adds nothing at top level', async () => {
    await talk.say('checkout', '@Steady override nobody else is awake, rollback confirmed');
    const before = kit.posts('checkout');
    await kit.person('Kai').click('Postmortem draft');
    await kit.settled();
    await kit.pass(MINUTE);
    expect(kit.posts('checkout')).toBe(before);
    expect(underCard().filter((one) => /· postmortem · revision 5/.test(one))).toHaveLength(1);
    expect(fileTexts(kit, '.md').at(-1)).toMatch(
      /## Overrides\n\n- \[Closed without a judge at .* by Lea: nobody else is awake/,
    );
  });

  it('a file that is none of ours is refused with the next step', async () => {
    await kit.person('Kai').upload('checkout', 'notes.md', Buffer.from('# notes'), '@Steady postmortem');
    await kit.settled();
    expect(talk.whispered('checkout', 'Kai')).toContain(
      'This is no postmortem of an incident that you can see',
    );
  });
});

describe('a postmortem where not everything is allowed', () => {
  let kit: BotKit;
  let talk: Talk;
  afterEach(() => kit.stop());

  it('has its files without canvases, and says in one line why', async () => {
    kit = await startBotKit({ workspace: { canvases: 'off' } });
    talk = talkIn(kit);
    await talk.declared('checkout');
    await talk.say('checkout', '@Steady postmortem');
    await kit.pass(MINUTE);
    const under = kit.thread('checkout', talk.card('checkout').ts).join('\n');
    expect(under).toContain(
      'No canvas: canvases are switched off in this workspace. The files have everything.',
    );
    expect(fileTexts(kit, '.html')).toHaveLength(1);
    const place = [...kit.workspace.state.conversations.values()].find(({ name }) => name === 'checkout');
    if (place) kit.workspace.membership.share(place, true);
    await kit.settled();
    await talk.say('checkout', '@Steady postmortem');
    expect(talk.whispered('checkout')).toContain('This channel is shared with another company');
    expect(fileTexts(kit, '.html')).toHaveLength(1);
  });

  it('of a private incident stays in its channel', async () => {
    kit = await startBotKit({ workspace: { canvases: 'free' } });
    talk = talkIn(kit);
    await kit.person('Lea').inviteApp('payments-private');
    const id = await talk.declared('payments-private');
    await talk.say('checkout', `@Steady postmortem ${id}`, 'Lea');
    expect(talk.whispered('checkout')).toContain(`There is no ${id} that you can see`);
    await talk.say('payments-private', '@Steady postmortem');
    await kit.pass(MINUTE);
    const secret = [...kit.workspace.state.conversations.values()].find(
      ({ name }) => name === 'payments-private',
    )?.id;
    const [canvas] = canvases(kit);
    expect(
      [...(canvas?.access.keys() ?? [])].filter((one) => one.startsWith('C') || one.startsWith('G')),
    ).toEqual([secret]);
    for (const file of kit.workspace.state.files.values())
      expect(file.shares.map(({ conversation }) => conversation)).toEqual([secret]);
  });
});
