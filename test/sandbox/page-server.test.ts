import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageReply, PageState } from '../../src/sandbox/page-contract.ts';
import { type PageServer, startPageServer } from '../../src/sandbox/page-server.ts';
import { type SlackKit, startSlackKit } from '../slack-kit/slack-kit.ts';

const LEA = 'U0LEA00001';
let kit: SlackKit;
let page: PageServer;

beforeEach(async () => {
  kit = await startSlackKit({ suggestions: ['@Steady help'] });
  page = await startPageServer({ workspace: kit.workspace, token: 'secret', port: 0 });
});
afterEach(async () => {
  await page.close();
  await kit.stop();
});

async function act(action: object): Promise<PageReply> {
  const answer = await fetch(`${page.url}act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: LEA, ...action }),
  });
  return (await answer.json()) as PageReply;
}

async function see(as = LEA): Promise<PageState> {
  return (await (await fetch(`${page.url}state?as=${as}`)).json()) as PageState;
}

/** A request with headers that fetch would not send. */
function status(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: page.port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('startPageServer', () => {
  it('shows the workspace as a person sees it, and takes what the person does', async () => {
    expect(await act({ kind: 'post', conversation: 'C0CHECKOUT', text: 'it *burns*' })).toMatchObject({
      ok: true,
    });
    const state = await see();
    expect(state.me).toMatchObject({ id: LEA, displayName: 'Lea', tz: 'Europe/Berlin' });
    expect(state.suggestions).toEqual(['@Steady help']);
    expect(state.conversations.map((item) => item.name)).toEqual([
      'checkout',
      'general',
      'incidents',
      'payments-private',
    ]);
    expect(state.messages.C0CHECKOUT).toEqual([
      expect.objectContaining({ text: 'it *burns*', user: LEA, ephemeral: false, edited: false }),
    ]);
    const kai = await see('U0KAI00001');
    expect(kai.conversations[0]).toMatchObject({ unread: 1, mentions: 0, appInvited: true });
    const mara = await see('U0MARA0001');
    expect(mara.conversations.map((item) => item.name)).not.toContain('payments-private');
  });

  it('counts what is unread: no thread replies, no system lines', async () => {
    const { ts } = (await act({ kind: 'post', conversation: 'C0CHECKOUT', text: 'a' })) as { ts: string };
    await act({ kind: 'post', conversation: 'C0CHECKOUT', text: 'for @Kai', threadTs: ts });
    await act({ kind: 'post', conversation: 'C0CHECKOUT', text: '/topic new' });
    const kai = async () => (await see('U0KAI00001')).conversations[0];
    expect(await kai()).toMatchObject({ unread: 1, mentions: 1, topic: 'new' });
    await act({ kind: 'read', as: 'U0KAI00001', conversation: 'C0CHECKOUT' });
    expect(await kai()).toMatchObject({ unread: 0, mentions: 0 });
  });

  it('says in words what Slack refuses', async () => {
    const { ts } = (await act({ kind: 'post', conversation: 'C0CHECKOUT', text: 'a' })) as { ts: string };
    expect(
      await act({ kind: 'post', conversation: 'C0CHECKOUT', text: '/steady help', threadTs: ts }),
    ).toEqual({
      ok: false,
      error: '/steady is not supported in threads. Sorry!',
    });
    expect(await act({ kind: 'post', conversation: 'C0CHECKOUT', text: '/nope' })).toMatchObject({
      ok: false,
    });
    expect(
      await act({ kind: 'edit', as: 'U0KAI00001', conversation: 'C0CHECKOUT', ts, text: 'b' }),
    ).toMatchObject({
      ok: false,
    });
    expect(await act({ kind: 'post', as: 'nobody', conversation: 'C0CHECKOUT', text: 'b' })).toMatchObject({
      ok: false,
    });
  });

  it('tells an open page of every change', async () => {
    const stream = await fetch(`${page.url}events`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    await act({ kind: 'dnd', on: true });
    const second = await reader?.read();
    const version = (chunk: string | undefined): number => Number(/data: (\d+)/.exec(chunk ?? '')?.[1]);
    expect(version(second?.value)).toBeGreaterThan(version(first?.value));
    await reader?.cancel();
  });

  it('advances the clock', async () => {
    const before = (await see()).now;
    await act({ kind: 'advance', ms: 60_000 });
    expect((await see()).now - before).toBe(60_000);
  });

  it('serves the page, its packages and uploads, with a policy that runs nothing foreign', async () => {
    const html = await fetch(page.url);
    expect(html.headers.get('content-type')).toContain('text/html');
    expect(html.headers.get('content-security-policy')).toContain("script-src 'self'");
    const module = await fetch(`${page.url}modules/preact/dist/preact.mjs`);
    expect(module.headers.get('content-type')).toContain('javascript');
    await act({ kind: 'upload', conversation: 'C0CHECKOUT', name: 'x.html', base64: 'PGI+' });
    const [file] = (await see()).messages.C0CHECKOUT?.[0]?.files ?? [];
    const uploaded = await fetch(`${page.url}${file?.url}`);
    expect(await uploaded.text()).toBe('<b>');
    expect(uploaded.headers.get('content-type')).toBe('application/octet-stream');
    expect(uploaded.headers.get('content-disposition')).toContain('attachment');
  });

  it.each([
    ['no token', '/state', {}, 404],
    ['a wrong token', '/other/state', {}, 404],
    ['a foreign name', '/secret/state', { host: 'evil.example' }, 403],
    ['a foreign origin', '/secret/state', { origin: 'https://evil.example' }, 403],
    ['a foreign page', '/secret/state', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a package beside the page’s', '/secret/modules/ws/package.json', {}, 404],
    ['a way out of the folder', '/secret/..%2fclock.ts', {}, 404],
    ['a way out of a package', '/secret/modules/htm/..%2f..%2f..%2fpackage.json', {}, 404],
  ])('refuses %s', async (_name, path, headers, expected) => {
    expect(await status(path, headers)).toBe(expected);
  });

  it('takes the next port when one is busy', async () => {
    const other = await startPageServer({ workspace: kit.workspace, token: 't', port: page.port });
    expect(other.port).toBeGreaterThan(page.port);
    await other.close();
  });
});
