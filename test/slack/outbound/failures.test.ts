import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import { createRedactor } from '../../../src/safety/redactor.ts';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import { createSlackClients } from '../../../src/slack/outbound/clients.ts';
import { createDoor } from '../../../src/slack/outbound/door.ts';
import { startSlackKit } from '../../slack-kit/slack-kit.ts';
import { createTestClock } from '../../slack-kit/test-clock.ts';
import { openDoor, SILENT, said } from './door-kit.ts';

const CHECKOUT = { channel: 'C0CHECKOUT' };

describe('what Slack answers', () => {
  it('is a refusal where it says no, with what it needs', async () => {
    await using at = await openDoor();
    await expect(at.door.post({ channel: 'C0PAYMENTS' }, said('x'))).rejects.toMatchObject({
      name: 'SlackRefusal',
      method: 'chat.postMessage',
      reason: 'channel_not_found',
    });
    await using poor = await openDoor({ workspace: { app: { ...DEFAULT_APP, scopes: ['chat:write'] } } });
    await expect(poor.door.pin({ channel: 'C0CHECKOUT', ts: '1.1' })).rejects.toMatchObject({
      name: 'SlackRefusal',
      reason: 'missing_scope',
      needed: 'pins:write',
    });
  });

  it.each([
    [{ kind: 'drop-after' }, 1],
    [{ kind: 'half-answer' }, 1],
    [{ kind: 'drop-before' }, 0],
    [{ kind: 'http-error', status: 503 }, 0],
    [{ kind: 'error', error: 'internal_error' }, 0],
    [{ kind: 'hang' }, 0],
  ] as const)('is uncertain after %j, and nothing is sent again', async (fault, posted) => {
    await using at = await openDoor({ timeout: 150 });
    at.kit.workspace.faults.add('chat.postMessage', fault);
    await expect(at.door.post(CHECKOUT, said('once'), { key: 'a-key-of-a-post-1' })).rejects.toMatchObject({
      name: 'SlackUncertain',
    });
    expect(at.kit.posts('checkout')).toBe(posted);
    const found = await at.looks.findByKey(CHECKOUT, 'a-key-of-a-post-1', 0);
    expect(found === undefined ? 0 : 1).toBe(posted);
  });

  it('is none where nobody listens, and that is certain', async () => {
    const gone = await startSlackKit();
    const { apiUrl } = gone.workspace;
    await gone.stop();
    const { door: client } = createSlackClients({
      botToken: new Secret('xoxb-nobody', 'a test'),
      apiUrl,
      logger: SILENT,
    });
    const door = createDoor({
      client,
      apiUrl,
      clock: createTestClock(),
      redactor: createRedactor({ secrets: [] }),
    });
    await expect(door.post(CHECKOUT, said('x'))).rejects.toMatchObject({ name: 'SlackUnreached' });
  });

  it('is told once the token is gone; the post can go out later', async () => {
    await using at = await openDoor();
    at.kit.workspace.revoke('bot');
    await expect(at.door.post(CHECKOUT, said('x'))).rejects.toMatchObject({ name: 'SlackUnreached' });
    expect(at.lost).toEqual(['token_revoked']);
    at.kit.workspace.restore('bot');
    await at.door.post(CHECKOUT, said('x'));
    expect(at.kit.posts('checkout')).toBe(1);
  });

  it('to a completed upload is looked up where it was lost: one file, once', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('files.completeUploadExternal', { kind: 'drop-after' });
    await at.door.upload(CHECKOUT, [{ name: 'a.txt', title: 'A', text: 'all' }]);
    expect(at.kit.messages('checkout').filter((message) => message.files.length > 0)).toHaveLength(1);

    at.kit.workspace.faults.add('files.completeUploadExternal', { kind: 'drop-before' });
    await at.door.upload(CHECKOUT, [{ name: 'b.txt', title: 'B', text: 'all' }]);
    expect(at.kit.messages('checkout').filter((message) => message.files.length > 0)).toHaveLength(2);
    expect(at.calls('files.sharedPublicURL')).toEqual([]);
  });
});

describe('a rate limit', () => {
  it('holds one method in one channel and nothing else', async () => {
    await using at = await openDoor();
    const { faults } = at.kit.workspace;
    faults.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 30 });
    let out = false;
    const late = at.door.post(CHECKOUT, said('late')).then(() => {
      out = true;
    });
    const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    await at.door.publishHome('U0LEA00001', home);
    await at.door.setTopic('C0CHECKOUT', 'still quick');
    // The refusal is in by now; the same method goes on in other channels.
    await at.door.dm('U0LEA00001', said('meanwhile'));
    expect(at.kit.dm('Lea')).toEqual(['meanwhile']);
    expect(out).toBe(false);
    expect(at.kit.topic('checkout')).toBe('still quick');
    await at.kit.clock.advance(29_000);
    expect(out).toBe(false);
    await at.kit.clock.advance(1_000);
    await late;
    expect(at.kit.channel('checkout')).toEqual(['late']);
  });

  it('longer than anybody would wait gives the post back', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 3_600 });
    await expect(at.door.post(CHECKOUT, said('x'))).rejects.toMatchObject({ name: 'SlackUnreached' });
    await expect(at.door.post(CHECKOUT, said('y'))).rejects.toMatchObject({ name: 'SlackUnreached' });
    expect(at.kit.posts('checkout')).toBe(0);
  });

  it('on a bulk read never holds up an interactive call', async () => {
    await using at = await openDoor({ limits: { patience: 60_000 } });
    at.kit.workspace.faults.add('conversations.history', { kind: 'rate-limited', retryAfter: 30 });
    const reading = at.looks.findByKey(CHECKOUT, 'a-key-of-a-post-1', 0);
    await at.door.publishHome('U0LEA00001', { type: 'home', blocks: [{ type: 'divider' }] });
    await at.door.post(CHECKOUT, said('at once'));
    expect(at.kit.channel('checkout')).toContain('at once');
    await at.kit.clock.advance(30_000);
    expect(await reading).toBeUndefined();
  });

  it('lets a modal go only while its trigger lives', async () => {
    await using at = await openDoor();
    at.kit.workspace.faults.add('views.open', { kind: 'rate-limited', retryAfter: 5 });
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Declare' },
      blocks: [{ type: 'divider' as const }],
    };
    await expect(at.door.openView('1.2.3', view)).rejects.toMatchObject({ name: 'SlackUnreached' });
  });
});
