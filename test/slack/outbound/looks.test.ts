import { describe, expect, it } from 'vitest';
import { openDoor, said } from './door-kit.ts';

const CHECKOUT = { channel: 'C0CHECKOUT' };

describe('what is read', () => {
  it('covers replies, reactions and pins', async () => {
    await using at = await openDoor();
    const lea = at.kit.person('Lea');
    const top = await lea.say('checkout', 'look at this');
    const reply = await lea.reply('checkout', top, 'in the thread');
    await lea.react('checkout', reply, 'pushpin');
    await lea.pin('checkout', top);
    expect(await at.looks.message({ ...CHECKOUT, ts: reply })).toMatchObject({
      text: 'in the thread',
      user: lea.id,
      threadTs: top,
      reactions: [{ name: 'pushpin', users: [lea.id] }],
      pinned: false,
    });
    expect(await at.looks.message({ ...CHECKOUT, ts: top })).toMatchObject({ pinned: true });
    expect(await at.looks.permalink({ ...CHECKOUT, ts: reply })).toContain(`thread_ts=${top}`);
  });

  it('is nothing where Slack says nothing, also when it hangs up twice', async () => {
    await using at = await openDoor();
    expect(await at.looks.message({ ...CHECKOUT, ts: '1.000001' })).toBeUndefined();
    expect(await at.looks.permalink({ channel: 'C0NOWHERE1', ts: '1.000001' })).toBeUndefined();
    at.kit.workspace.faults.add('conversations.info', { kind: 'drop-before' }, 2);
    expect(await at.looks.channel('C0CHECKOUT')).toBeUndefined();
    expect(await at.looks.channel('C0CHECKOUT')).toMatchObject({
      name: 'checkout',
      member: true,
      private: false,
      shared: false,
      topic: 'Checkout service',
    });
  });

  it('finds a reply of ours, beyond the first page', async () => {
    await using at = await openDoor({ limits: { channel: { most: 1_000, within: 1 } } });
    const top = await at.kit.person('Lea').say('checkout', 'long');
    const place = { ...CHECKOUT, thread: top };
    const sent = await at.door.post(place, said('ours'), { key: 'a-key-of-a-reply-1' });
    for (let index = 0; index < 230; index++) await at.kit.person('Kai').reply('checkout', top, `${index}`);
    expect(await at.looks.findByKey(place, 'a-key-of-a-reply-1', 0)).toEqual(sent);
    expect(await at.looks.findByKey(CHECKOUT, 'a-key-of-a-reply-1', 0)).toBeUndefined();
  });

  it('is never said to be absent when Slack does not answer', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('conversations.history', { kind: 'http-error', status: 500 }, 2);
    await expect(at.looks.findByKey(CHECKOUT, 'a-key-of-a-post-1', 0)).rejects.toMatchObject({
      name: 'SlackUncertain',
    });
  });

  it('waits for its slot where an app may read once a minute', async () => {
    await using at = await openDoor({ rateClass: 'unlisted', workspace: { restrictedHistory: true } });
    const first = await at.door.post(CHECKOUT, said('a'), { key: 'a-key-of-a-post-1' });
    const second = await at.door.post(CHECKOUT, said('b'), { key: 'a-key-of-a-post-2' });
    expect(await at.looks.findByKey(CHECKOUT, 'a-key-of-a-post-1', 0)).toEqual(first);
    let found: unknown;
    const later = at.looks.findByKey(CHECKOUT, 'a-key-of-a-post-2', 0).then((one) => {
      found = one;
    });
    await at.kit.clock.advance(59_000);
    expect(found).toBeUndefined();
    await at.kit.clock.advance(1_000);
    await later;
    expect(found).toEqual(second);
    // It asked when it might, and was not turned away.
    expect(at.kit.workspace.state.calls.filter((call) => call.error === 'ratelimited')).toEqual([]);
  });
});
