import { describe, expect, it } from 'vitest';
import { createMergeEdits } from '../../../src/slack/outbound/merge-edits.ts';
import { openDoor, said } from './door-kit.ts';

describe('edits of one message', () => {
  it('go at most once per 3 s and carry the newest', async () => {
    await using at = await openDoor();
    const sent = await at.door.post({ channel: 'C0CHECKOUT' }, said('0'));
    const edits = ['1', '2', '3', '4'].map((text) => at.door.update(sent, said(text), { priority: 3 }));
    await edits[0];
    expect(at.kit.channel('checkout')).toEqual(['1']);
    await at.kit.clock.advance(2_999);
    expect(at.calls('chat.update')).toHaveLength(1);
    await at.kit.clock.advance(1);
    await Promise.all(edits);
    expect(at.kit.channel('checkout')).toEqual(['4']);
    expect(at.calls('chat.update')).toHaveLength(2);
  });

  it('of different messages do not wait for each other', async () => {
    await using at = await openDoor();
    const one = await at.door.post({ channel: 'C0CHECKOUT' }, said('a'));
    const other = await at.door.post({ channel: 'C0CHECKOUT' }, said('b'));
    await Promise.all([at.door.update(one, said('A')), at.door.update(other, said('B'))]);
    expect(at.kit.channel('checkout')).toEqual(['A', 'B']);
  });

  it('tell everybody who waited how it went', async () => {
    await using at = await openDoor();
    const gone = { channel: 'C0CHECKOUT', ts: '1.000001' };
    const first = at.door.update(gone, said('x'));
    await expect(first).rejects.toMatchObject({ reason: 'message_not_found' });
    const later = [at.door.update(gone, said('y')), at.door.update(gone, said('z'))];
    const outcome = Promise.allSettled(later);
    await at.kit.clock.advance(3_000);
    expect((await outcome).map((one) => one.status)).toEqual(['rejected', 'rejected']);
  });

  it('repeat what goes on in the thread only when that changed', async () => {
    await using at = await openDoor({ limits: { editEvery: 0 } });
    const message = { ...said('top'), more: [said('rest')] };
    const sent = await at.door.post({ channel: 'C0CHECKOUT' }, message);
    await at.door.update(sent, message);
    expect(at.kit.thread('checkout', sent.ts)).toEqual(['rest']);
    await at.door.update(sent, { ...said('top'), more: [said('other rest')] });
    expect(at.kit.thread('checkout', sent.ts)).toEqual(['rest', 'other rest']);
  });

  it('go out even where a timer goes off a moment before its time, as timers do', async () => {
    let now = 0;
    const timers: { at: number; call: () => unknown }[] = [];
    const clock = {
      now: () => now,
      after: (ms: number, call: () => unknown) => {
        timers.push({ at: now + ms, call });
        return () => undefined;
      },
    };
    const sent: string[] = [];
    const edit = createMergeEdits<string>(clock, 3_000, async (_at, text) => void sent.push(text));
    const at = { channel: 'C0CHECKOUT', ts: '1.000001' };
    await edit(at, 'first', 3);
    const later = edit(at, 'second', 3);
    for (let timer = timers.shift(); timer !== undefined && sent.length < 2; timer = timers.shift()) {
      now = timer.at > now + 1 ? timer.at - 1 : timer.at;
      timer.call();
    }
    await later;
    expect(sent).toEqual(['first', 'second']);
    expect(now).toBe(3_000);
  });
});
