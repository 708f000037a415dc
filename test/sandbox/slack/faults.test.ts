import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

const CHECKOUT = 'C0CHECKOUT';
let kit: SlackKit;
beforeEach(async () => {
  kit = await startSlackKit();
});
afterEach(() => kit.stop());

const logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function post(options: { timeout?: number; retries?: number } = {}): Promise<unknown> {
  const web = new WebClient(kit.workspace.tokens.bot, {
    slackApiUrl: kit.workspace.apiUrl,
    logger,
    timeout: options.timeout ?? 0,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: options.retries ?? 0, minTimeout: 1, maxTimeout: 1 },
  });
  return web.chat.postMessage({ channel: CHECKOUT, text: 'a' });
}

describe('faults of the Web API', () => {
  it('429 with Retry-After, as often as planned', async () => {
    kit.workspace.faults.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 7 }, 2);
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await post();
    expect(kit.posts('checkout')).toBe(1);
  });

  it('a connection that breaks after the work: the SDK’s retry posts twice', async () => {
    kit.workspace.faults.add('chat.postMessage', { kind: 'drop-after' });
    await post({ retries: 1 });
    expect(kit.posts('checkout')).toBe(2);
  });

  it.each([
    ['before the work', { kind: 'drop-before' }, 0],
    ['in the middle of the answer', { kind: 'half-answer' }, 1],
    ['with 503', { kind: 'http-error', status: 503 }, 0],
    ['with an error of Slack', { kind: 'error', error: 'fatal_error' }, 0],
  ] as const)('breaks %s', async (_name, fault, posts) => {
    kit.workspace.faults.add('*', fault);
    await expect(post()).rejects.toThrow();
    expect(kit.posts('checkout')).toBe(posts);
  });

  it('hangs', async () => {
    kit.workspace.faults.add('chat.postMessage', { kind: 'hang' });
    await expect(post({ timeout: 30 })).rejects.toThrow();
    expect(kit.posts('checkout')).toBe(0);
  });

  it('answers late', async () => {
    kit.workspace.faults.add('chat.postMessage', { kind: 'slow', ms: 20 });
    await post();
    expect(kit.posts('checkout')).toBe(1);
  });

  it('can be taken back', async () => {
    const undo = kit.workspace.faults.add(
      'chat.postMessage',
      { kind: 'drop-before' },
      Number.POSITIVE_INFINITY,
    );
    await expect(post()).rejects.toThrow();
    undo();
    await post();
  });
});
