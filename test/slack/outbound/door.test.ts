import { describe, expect, it } from 'vitest';
import { openDoor, said } from './door-kit.ts';

describe('the door', () => {
  it('posts with text, blocks, an opaque key, and no unfurls', async () => {
    await using at = await openDoor();
    const sent = await at.door.post({ channel: 'C0CHECKOUT' }, said('hello'), { key: 'answer/INC-1' });
    expect(at.kit.channel('checkout')).toEqual(['hello']);
    const [args] = at.calls('chat.postMessage');
    expect(args).toMatchObject({ channel: 'C0CHECKOUT', text: 'hello' });
    expect(String(args?.unfurl_links)).toBe('false');
    expect(String(args?.unfurl_media)).toBe('false');
    expect(JSON.stringify(args?.metadata)).not.toContain('INC-1');
    expect(await at.looks.findByKey({ channel: 'C0CHECKOUT' }, 'answer/INC-1', 0)).toEqual(sent);
    expect(await at.looks.findByKey({ channel: 'C0CHECKOUT' }, 'answer/INC-2', 0)).toBeUndefined();
  });
});
