import { describe, expect, it } from 'vitest';
import { openDoor, said } from './door-kit.ts';

const CHECKOUT = { channel: 'C0CHECKOUT' };
const KEY = 'a-key-of-a-long-one';
const LONG = {
  ...said('first'),
  more: [said('second'), said('third')],
  files: [{ name: 'all.txt', title: 'All', text: 'everything' }],
};

describe('a message that goes on in its thread', () => {
  it.each([
    ['chat.postMessage', 'drop-before', 1],
    ['chat.postMessage', 'drop-after', 2],
    ['files.getUploadURLExternal', 'drop-before', 3],
  ] as const)('is finished after %s broke (%s), each part once', async (method, kind, posted) => {
    await using at = await openDoor({ limits: { channel: { most: 100, within: 1 } } });
    const { faults, state } = at.kit.workspace;
    // The message itself goes out; what comes after it breaks.
    if (method === 'chat.postMessage') {
      const before = state.calls.length;
      const stop = state.onChange(() => {
        if (state.calls.length === before) return;
        stop();
        faults.add(method, { kind });
      });
    } else faults.add(method, { kind });
    await expect(at.door.post(CHECKOUT, LONG, { key: KEY })).rejects.toMatchObject({
      name: 'SlackUncertain',
    });
    expect(
      at.kit.messages('checkout').filter((one) => one.user === 'U0STEADY01' && one.text !== ''),
    ).toHaveLength(posted);
    const found = await at.looks.findByKey(CHECKOUT, KEY, 0);
    expect(found).toBeDefined();
    if (!found) return;
    for (let again = 0; again < 2; again++) await at.door.post(CHECKOUT, LONG, { key: KEY, found });
    expect(at.kit.channel('checkout')).toEqual(['first']);
    expect(at.kit.thread('checkout', found.ts).slice(0, 2)).toEqual(['second', 'third']);
    expect(at.kit.thread('checkout', found.ts)).toHaveLength(3);
    expect(
      state.conversations.get('C0CHECKOUT')?.messages.filter((one) => one.files.length > 0),
    ).toHaveLength(1);
  });

  it('is out even where Slack refuses the rest, and says what is missing', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' });
    const sent = await at.door.post(CHECKOUT, { ...LONG, more: [] }, { key: KEY });
    expect(at.kit.channel('checkout')).toEqual(['first']);
    expect(at.kit.thread('checkout', sent.ts)).toEqual([
      'Part of this could not be posted here: Slack says missing_scope.',
    ]);
  });
});
