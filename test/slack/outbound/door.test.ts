import { describe, expect, it } from 'vitest';
import { fixed } from '../../../blocks/fixed.ts';
import type { Block, Message } from '../../../blocks/message.ts';
import { RedactionFailed } from '../../../src/domain/errors.ts';
import { createRedactor, type Redactor, WITHHELD } from '../../../src/safety/redactor.ts';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import { openRawSocket } from '../../slack-kit/raw-socket.ts';
import { HELD, openDoor, said } from './door-kit.ts';

const CHECKOUT = { channel: 'C0CHECKOUT' };

function section(text: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

describe('a post', () => {
  it('goes out with text, blocks, an opaque key, and no unfurls', async () => {
    await using at = await openDoor();
    const sent = await at.door.post(CHECKOUT, said('hello'), { key: 'answer/INC-1' });
    expect(at.kit.channel('checkout')).toEqual(['hello']);
    const [args] = at.calls('chat.postMessage');
    expect(args).toMatchObject({ channel: 'C0CHECKOUT', text: 'hello' });
    expect(String(args?.unfurl_links)).toBe('false');
    expect(String(args?.unfurl_media)).toBe('false');
    expect(JSON.stringify(args?.metadata)).not.toContain('INC-1');
    expect(await at.looks.findByKey(CHECKOUT, 'answer/INC-1', 0)).toEqual(sent);
    expect(await at.looks.findByKey(CHECKOUT, 'answer/INC-2', 0)).toBeUndefined();
  });

  it('always has a text, made of its blocks where it came without', async () => {
    await using at = await openDoor();
    await at.door.post(CHECKOUT, { text: ' ', blocks: [section('a < b')] });
    expect(at.calls('chat.postMessage')[0]?.text).toBe('a &lt; b');
  });

  it('leaves no secret in any leaf, split ones included', async () => {
    await using at = await openDoor();
    const half = HELD.length / 2;
    await at.door.post(CHECKOUT, {
      text: `the password is ${HELD}`,
      blocks: [
        section(HELD),
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: HELD.slice(0, half), style: { bold: true } },
                { type: 'text', text: HELD.slice(half) },
              ],
            },
          ],
        },
      ],
      more: [said(`again ${HELD}`)],
      files: [{ name: 'all.txt', title: HELD, text: `file ${HELD}` }],
    });
    const seen = JSON.stringify(at.kit.messages('checkout'));
    expect(seen).not.toContain(HELD);
    expect(seen).not.toContain(HELD.slice(half));
    expect(seen).toContain('[redacted:');
    const [file] = [...at.kit.workspace.state.files.values()];
    expect(Buffer.from(file?.bytes ?? []).toString()).toMatch(/^file \[redacted:/);
    expect(file?.title).not.toContain(HELD);
  });

  it('that is fixed is checked once, and again when there is one more secret to look for', async () => {
    const redactor = createRedactor({ secrets: [HELD] });
    let checks = 0;
    const counting: Redactor = {
      ...redactor,
      get generation() {
        return redactor.generation;
      },
      redactLeaves: (value) => {
        checks += 1;
        return redactor.redactLeaves(value);
      },
    };
    await using at = await openDoor({ redactor: counting });
    const always = fixed(said('always the same, until-now-harmless'));
    for (let time = 0; time < 2; time++) await at.door.post(CHECKOUT, always);
    expect(checks).toBe(1);
    redactor.add('until-now-harmless');
    await at.door.post(CHECKOUT, always);
    expect(at.kit.channel('checkout').at(-1)).toBe('always the same, [redacted: held secret]');
    const mine = said('mine');
    await at.door.dm('U0LEA00001', mine);
    await at.door.dm('U0LEA00001', mine);
    expect(checks).toBe(4);
  });

  it('is withheld whole when it cannot be checked', async () => {
    const broken: Redactor = {
      redact: () => {
        throw new RedactionFailed('no');
      },
      redactLeaves: () => {
        throw new RedactionFailed('no');
      },
      generation: 0,
      add: () => () => {},
    };
    await using at = await openDoor({ redactor: broken });
    const files = [{ name: 'a.txt', title: 'a', text: 'my words' }];
    const sent = await at.door.post(CHECKOUT, { ...said('my words'), more: [said('my words')], files });
    await at.door.update(sent, said('my words'));
    await at.door.upload(CHECKOUT, files);
    await expect(at.door.setTopic('C0CHECKOUT', 'my words')).rejects.toMatchObject({ reason: 'withheld' });
    await expect(at.door.bookmark('C0CHECKOUT', 'my words', 'https://a.example')).rejects.toMatchObject({
      reason: 'withheld',
    });
    const view = { type: 'home' as const, blocks: [section('my words')] };
    expect(JSON.stringify(await at.door.clean(view))).toContain(WITHHELD);
    expect(at.kit.channel('checkout')[0]).toBe(WITHHELD);
    expect(JSON.stringify(at.kit.workspace.state.calls)).not.toContain('my words');
    const file = [...at.kit.workspace.state.files.values()][0];
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe(WITHHELD);
  });

  it('calls nobody but single people, unless the configuration allows it', async () => {
    const loud: Message = {
      text: '<!channel> <!subteam^S0ONCALL01> &lt;!here&gt; @everyone <@U0LEA00001>',
      blocks: [
        section('<!here> <@U0LEA00001>'),
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'broadcast', range: 'channel' },
                { type: 'usergroup', usergroup_id: 'S0ONCALL01' },
                { type: 'text', text: 'up{to="@here"}' },
              ],
            },
          ],
        },
      ],
    };
    await using quiet = await openDoor();
    await quiet.door.post(CHECKOUT, loud);
    const seen = JSON.stringify(quiet.calls('chat.postMessage')[0]);
    expect(seen).not.toMatch(/<!|&lt;!|broadcast|usergroup|@everyone/);
    expect(seen).toContain('<@U0LEA00001>');
    // What was sent is shown as it was sent.
    expect(seen).toContain('@here');

    await using allowed = await openDoor({ broadcasts: { groups: ['S0ONCALL01'] } });
    await allowed.door.post(CHECKOUT, loud);
    const free = JSON.stringify(allowed.calls('chat.postMessage')[0]);
    expect(free).toContain('<!subteam^S0ONCALL01>');
    expect(free).toContain('usergroup_id');
    expect(free).not.toContain('<!channel>');
  });
});

describe('what does not fit', () => {
  it('goes on in the thread, and a line says so: 60 blocks', async () => {
    await using at = await openDoor();
    const blocks = Array.from({ length: 60 }, (_, index) => section(`part ${index}`));
    const sent = await at.door.post(CHECKOUT, { text: 'many', blocks });
    const [top, ...others] = at.kit.channel('checkout');
    expect(others).toEqual([]);
    const thread = at.kit.thread('checkout', sent.ts).join('\n');
    expect(top).toContain('11 more parts follow in the thread');
    for (let index = 0; index < 60; index++) expect(`${top}\n${thread}\n`).toContain(`part ${index}\n`);
  });

  it('goes on in the thread: 13,000 characters in blocks', async () => {
    await using at = await openDoor();
    const blocks = Array.from({ length: 5 }, (_, index) => section(`${index}${'x'.repeat(2_599)}`));
    const sent = await at.door.post(CHECKOUT, { text: 'long', blocks });
    expect(at.kit.channel('checkout')[0]).toContain('more parts follow in the thread');
    expect(at.kit.thread('checkout', sent.ts).join('')).toContain('4xxx');
  });

  it('is a file where one block is too big, and where a link is too long for a button', async () => {
    await using at = await openDoor();
    const url = `https://a.example/?q=${'y'.repeat(3_000)}`;
    const sent = await at.door.post(CHECKOUT, {
      text: 'big',
      blocks: [
        section('z'.repeat(5_000)),
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url, action_id: 'a' }],
        },
      ],
    });
    const files = [...at.kit.workspace.state.files.values()].map((file) =>
      Buffer.from(file.bytes ?? []).toString(),
    );
    expect(files).toEqual(['z'.repeat(5_000), url]);
    const [top] = at.kit.channel('checkout');
    expect(top).toContain('the whole is in text-1.txt in the thread');
    expect(top).toContain('it is in link-2.txt in the thread');
    expect(at.kit.thread('checkout', sent.ts)).toHaveLength(1);
  });

  it('is a file where the text itself is too long', async () => {
    await using at = await openDoor();
    const text = `${'word '.repeat(900)}<https://a.example|end>`;
    const sent = await at.door.post(CHECKOUT, { text, blocks: [] });
    const shown = String(at.calls('chat.postMessage')[0]?.text);
    expect(shown.length).toBeLessThanOrEqual(4_000);
    expect(shown).toContain('(the whole is in the file in the thread)');
    expect(at.kit.thread('checkout', sent.ts)).toHaveLength(1);
    const [file] = [...at.kit.workspace.state.files.values()];
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe(text);
  });

  it('carries the continuation and the files that a message brings', async () => {
    await using at = await openDoor();
    const sent = await at.door.post(CHECKOUT, {
      ...said('first'),
      more: [said('second'), said('third')],
      files: [{ name: 'all.txt', title: 'All', text: 'everything' }],
    });
    expect(at.kit.thread('checkout', sent.ts).slice(0, 2)).toEqual(['second', 'third']);
    expect(at.kit.messages('checkout').filter((message) => message.files.length > 0)).toHaveLength(1);
    expect(at.kit.channel('checkout')).toEqual(['first']);
  });

  it('goes without blocks, and with all they said, where Slack will not draw them', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    const sent = await at.door.post(CHECKOUT, { text: 'in short', blocks: [section('in full')] });
    expect(at.kit.channel('checkout')[0]).toContain('in short');
    expect(at.kit.channel('checkout')[0]).toContain('all of it is in the file in the thread');
    expect(at.kit.thread('checkout', sent.ts)).toHaveLength(1);
  });

  it('is said in the last line of a view', async () => {
    await using at = await openDoor();
    const blocks = Array.from({ length: 104 }, (_, index) => section(`row ${index}`));
    const view = await at.door.clean({ type: 'home', blocks });
    expect(view.blocks).toHaveLength(100);
    expect(JSON.stringify(view.blocks.at(-1))).toContain('5 more do not fit here');
  });
});

describe('an answer that may be seen by one alone', () => {
  it('goes to the person, and what needs a file into their messages', async () => {
    await using at = await openDoor();
    await at.door.ephemeral(CHECKOUT, 'U0LEA00001', {
      ...said('psst'),
      more: [said('and more')],
      files: [{ name: 'all.txt', title: 'All', text: 'everything' }],
    });
    expect(at.kit.ephemerals('checkout', 'Lea')).toHaveLength(2);
    expect(at.kit.ephemerals('checkout', 'Lea')[0]).toContain(
      'The whole text is in your messages with Steady',
    );
    expect(at.kit.channel('checkout')).toEqual([]);
    expect(at.kit.workspace.state.files.size).toBe(1);
    expect(at.kit.dm('Lea').length).toBeGreaterThan(0);
  });

  it('through a response_url goes to Slack and to nobody else, five at most', async () => {
    await using at = await openDoor();
    await using other = await openDoor();
    const foreign = `${other.kit.workspace.apiUrl.replace('/api/', '')}/actions/T1/1/abc`;
    await expect(at.door.respond(foreign, said('no'))).rejects.toMatchObject({ reason: 'foreign_address' });
    for (const address of [
      'http://hooks.slack.com/x',
      'https://hooks.slack.com.evil.example/x',
      'https://u@slack.com/x',
    ])
      await expect(at.door.respond(address, said('no'))).rejects.toMatchObject({ reason: 'foreign_address' });
    const unknown = `${at.kit.workspace.apiUrl.replace('/api/', '')}/actions/T1/1/abc`;
    const failed = at.door.respond(unknown, said('no'));
    await expect(failed).rejects.toMatchObject({ name: 'SlackRefusal', reason: 'used_url' });
    await failed.catch((error: Error) => expect(error.message).not.toContain('/actions/'));
  });

  it('through a response_url says what does not fit in five answers', async () => {
    await using at = await openDoor();
    const socket = await openRawSocket(at.kit.workspace);
    await at.kit.person('Lea').slash('checkout', '/steady list');
    const { payload } = await socket.got('slash_commands');
    await at.door.respond(String(payload?.response_url), {
      ...said(`one ${HELD}`),
      more: Array.from({ length: 7 }, (_, index) => said(`part ${index}`)),
    });
    const seen = at.kit.ephemerals('checkout', 'Lea');
    expect(seen).toHaveLength(5);
    expect(seen[0]).toMatch(/^one \[redacted:/);
    expect(seen[4]).toContain('3 more parts do not fit an answer like this');
    expect(at.kit.channel('checkout')).toEqual([]);
    await socket.close();
  });

  it('is a direct message that can be found again', async () => {
    await using at = await openDoor();
    const sent = await at.door.dm('U0LEA00001', said('for you'), { key: 'nudge-1-of-incident-42' });
    expect(at.kit.dm('Lea')).toEqual(['for you']);
    expect(await at.looks.findByKey({ dm: 'U0LEA00001' }, 'nudge-1-of-incident-42', 0)).toEqual(sent);
  });
});

describe('marks and places', () => {
  it('repeat safely', async () => {
    await using at = await openDoor();
    const sent = await at.door.post(CHECKOUT, said('card'));
    for (let again = 0; again < 2; again++) {
      await at.door.pin(sent);
      await at.door.react(sent, ':white_check_mark:');
    }
    expect(await at.looks.message(sent)).toMatchObject({ pinned: true, text: 'card' });
    for (let again = 0; again < 2; again++) {
      await at.door.unpin(sent);
      await at.door.unreact(sent, 'white_check_mark');
    }
    expect(await at.looks.message(sent)).toMatchObject({ pinned: false, reactions: [] });
  });

  it('edit a bookmark that is there', async () => {
    await using at = await openDoor();
    await at.door.bookmark('C0CHECKOUT', 'INC-1 dashboard', 'https://a.example/1');
    await at.door.bookmark('C0CHECKOUT', 'INC-1 dashboard', 'https://a.example/1');
    await at.door.bookmark('C0CHECKOUT', 'INC-1 dashboard', 'https://a.example/2');
    expect([at.kit.calls('bookmarks.add'), at.kit.calls('bookmarks.edit')]).toEqual([1, 1]);
    const links = at.kit.workspace.state.conversations.get('C0CHECKOUT')?.bookmarks.map((one) => one.link);
    expect(links).toEqual(['https://a.example/2']);
  });

  it('keep a topic within 250 characters and on one line', async () => {
    await using at = await openDoor();
    await at.door.setTopic('C0CHECKOUT', `INC-1\n${'x'.repeat(400)} ${HELD}`);
    expect(at.kit.topic('checkout')).toHaveLength(250);
    expect(at.kit.topic('checkout')).toMatch(/^INC-1 x+…$/);
  });

  it('count a channel up when its name is taken, and invite who is not in it', async () => {
    const app = { ...DEFAULT_APP, scopes: [...DEFAULT_APP.scopes, 'channels:manage', 'groups:write'] };
    await using at = await openDoor({ workspace: { app } });
    const first = await at.door.createChannel('INC-42 Checkout!');
    const second = await at.door.createChannel('INC-42 Checkout!');
    expect([await at.looks.channel(first), await at.looks.channel(second)]).toMatchObject([
      { name: 'inc-42-checkout', member: true, private: false },
      { name: 'inc-42-checkout-2' },
    ]);
    await at.door.invite(first, ['U0LEA00001']);
    await at.door.invite(first, ['U0LEA00001', 'U0KAI00001']);
    expect([...(at.kit.workspace.state.conversations.get(first)?.members ?? [])]).toEqual(
      expect.arrayContaining(['U0LEA00001', 'U0KAI00001']),
    );
  });
});
