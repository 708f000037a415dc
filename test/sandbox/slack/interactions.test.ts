import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRawSocket, type RawSocket, type Received } from '../../slack-kit/raw-socket.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import type { Json } from '../../slack-kit/types.ts';

const CHECKOUT = 'C0CHECKOUT';
let kit: SlackKit;
let app: RawSocket;
let web: WebClient;
let answer: (received: Received) => Json | undefined = () => undefined;

beforeEach(async () => {
  answer = () => undefined;
  kit = await startSlackKit();
  app = await openRawSocket(kit.workspace, (received) => answer(received));
  await app.got('hello');
  web = new WebClient(kit.workspace.tokens.bot, {
    slackApiUrl: kit.workspace.apiUrl,
    retryConfig: { retries: 0 },
    logger: {
      debug() {},
      info() {},
      warn() {},
      error() {},
      setLevel() {},
      getLevel: () => LogLevel.ERROR,
      setName() {},
    },
  });
});
afterEach(() => kit.stop());

const lea = () => kit.person('Lea');
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const input = (id: string, extra: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input', action_id: 'in' },
  ...extra,
});
const modal = (title: string, extra: object = {}): never =>
  ({ type: 'modal', title: plain(title), submit: plain('Send'), blocks: [input('a')], ...extra }) as never;

/** The newest payload of the app. */
const last = (): Json => app.received.findLast((item) => item.payload !== undefined)?.payload ?? {};

async function trigger(): Promise<string> {
  await lea().slash('checkout', '/steady x');
  return String(last().trigger_id);
}

async function open(view: never = modal('One')): Promise<Json> {
  return (await web.views.open({ trigger_id: await trigger(), view })).view as unknown as Json;
}

async function errorOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => String(error.data?.error),
  );
}

const titles = () => kit.workspace.see(lea().id)?.modals.map((view) => view.title);

describe('triggers', () => {
  it('work once, for three seconds', async () => {
    const id = await trigger();
    await web.views.open({ trigger_id: id, view: modal('One') });
    expect(await errorOf(web.views.open({ trigger_id: id, view: modal('One') }))).toBe(
      'exchanged_trigger_id',
    );
    const late = await trigger();
    await kit.advance(3_001);
    expect(await errorOf(web.views.open({ trigger_id: late, view: modal('One') }))).toBe(
      'expired_trigger_id',
    );
  });

  it('are not spent on a view that Slack refuses', async () => {
    const id = await trigger();
    const wrong = modal('a title that is longer than twenty-four');
    await expect(web.views.open({ trigger_id: id, view: wrong })).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/title/text]')] },
      },
    });
    expect(await errorOf(web.views.open({ trigger_id: id, view: modal('One') }))).toBe('ok');
  });
});

describe('modals', () => {
  it('send the state of every field, untouched ones too', async () => {
    await open(
      modal('One', { blocks: [input('a'), input('b', { optional: true })], private_metadata: 'INC-1' }),
    );
    await lea().submit({ a: 'text' });
    expect(last()).toMatchObject({
      type: 'view_submission',
      view: {
        private_metadata: 'INC-1',
        state: {
          values: {
            a: { in: { type: 'plain_text_input', value: 'text' } },
            b: { in: { type: 'plain_text_input', value: null } },
          },
        },
      },
    });
    expect(kit.modal('Lea')).toBeUndefined();
  });

  it('stack three high', async () => {
    await open();
    for (const title of ['Two', 'Three'])
      await web.views.push({ trigger_id: await trigger(), view: modal(title) });
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    expect(await errorOf(web.views.push({ trigger_id: await trigger(), view: modal('Four') }))).toBe(
      'push_limit_reached',
    );
    await lea().close();
    expect(titles()).toEqual(['One', 'Two']);
  });

  it('keep what was typed when they are updated, and refuse an old hash', async () => {
    const view = await open();
    await lea()
      .submit({ a: 'typed' })
      .catch(() => {});
    const again = await open();
    answer = (received) =>
      received.payload?.type === 'view_submission'
        ? { response_action: 'errors', errors: { a: 'Too vague.' } }
        : undefined;
    await lea().submit({ a: 'vague' });
    expect(kit.workspace.see(lea().id)?.modals[0]?.errors).toEqual({ a: 'Too vague.' });
    const changed = modal('Changed', { blocks: [input('a'), input('new')] });
    expect(
      await errorOf(web.views.update({ view_id: String(again.id), hash: String(view.hash), view: changed })),
    ).toBe('hash_conflict');
    await web.views.update({ view_id: String(again.id), hash: String(again.hash), view: changed });
    expect(kit.workspace.state.modals.get(lea().id)?.[0]?.state).toMatchObject({
      a: { in: { value: 'vague' } },
      new: { in: { value: null } },
    });
  });

  it.each([
    ['update', { response_action: 'update', view: modal('Next') }, ['Next']],
    ['push', { response_action: 'push', view: modal('Next') }, ['One', 'Next']],
    ['clear', { response_action: 'clear' }, []],
    ['nothing', undefined, []],
  ])('follow the answer %s', async (_name, response, expected) => {
    await open();
    answer = (received) => (received.payload?.type === 'view_submission' ? response : undefined);
    await lea().submit({ a: 'x' });
    expect(titles()).toEqual(expected);
  });

  it('tell when they are closed, if asked to', async () => {
    await open(modal('One', { notify_on_close: true }));
    await lea().close({ a: 'draft' });
    expect(last()).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { state: { values: { a: { in: { value: 'draft' } } } } },
    });
    expect(last()).not.toHaveProperty('trigger_id');
  });

  it('send choices inside them as actions', async () => {
    const radio = {
      type: 'radio_buttons',
      action_id: 'pick',
      options: ['P1', 'P2'].map((name) => ({ text: plain(name), value: name.toLowerCase() })),
    };
    await open(modal('One', { blocks: [{ type: 'actions', block_id: 'sev', elements: [radio] }] }));
    await lea().choose('pick', 'P2');
    expect(last()).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      view: { state: { values: { sev: { pick: { selected_option: { value: 'p2' } } } } } },
      actions: [
        { type: 'radio_buttons', action_id: 'pick', block_id: 'sev', selected_option: { value: 'p2' } },
      ],
    });
    expect(last()).not.toHaveProperty('message');
  });

  it('home: publish, update in place, act', async () => {
    const button = { type: 'button', text: plain('Open'), action_id: 'open', value: 'INC-1' };
    const view = { type: 'home', blocks: [{ type: 'actions', elements: [button] }] } as never;
    const first = await web.views.publish({ user_id: lea().id, view });
    const second = await web.views.publish({ user_id: lea().id, view });
    expect(second.view?.id).toBe(first.view?.id);
    expect(
      await errorOf(web.views.publish({ user_id: lea().id, view, hash: String(first.view?.hash) })),
    ).toBe('hash_conflict');
    await lea().click('Open', { home: true });
    expect(last()).toMatchObject({ actions: [{ value: 'INC-1' }], view: { type: 'home' } });
  });
});

describe('messages', () => {
  const buttons = {
    type: 'actions',
    block_id: 'row',
    elements: [
      { type: 'button', text: plain('Yes'), action_id: 'yes', value: '1', style: 'primary' },
      {
        type: 'overflow',
        action_id: 'more',
        options: ['Snooze', 'Hand off'].map((name) => ({ text: plain(name), value: name })),
      },
      { type: 'users_select', action_id: 'who', placeholder: plain('Who?') },
    ],
  } as never;

  it('send clicks and choices with the message and a response_url', async () => {
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: 'a', blocks: [buttons] });
    await lea().click('Yes');
    expect(last()).toMatchObject({
      type: 'block_actions',
      user: { id: lea().id, team_id: 'T0ACME0001' },
      container: { type: 'message', message_ts: ts, channel_id: CHECKOUT, is_ephemeral: false },
      channel: { id: CHECKOUT, name: 'checkout' },
      message: { ts, bot_id: 'B0STEADY01' },
      actions: [{ action_id: 'yes', block_id: 'row', value: '1', style: 'primary', type: 'button' }],
    });
    await lea().choose('more', 'Snooze');
    expect(last().actions).toMatchObject([{ type: 'overflow', selected_option: { value: 'Snooze' } }]);
    await lea().choose('who', 'Kai');
    expect(last().actions).toMatchObject([{ selected_user: 'U0KAI00001' }]);
    const stamps = app.received.flatMap(
      (item) => (item.payload?.actions as Json[] | undefined)?.[0]?.action_ts ?? [],
    );
    expect(new Set(stamps).size).toBe(3);
  });

  it('refuse a click on what is gone', async () => {
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: 'a', blocks: [buttons] });
    await web.chat.update({ channel: CHECKOUT, ts: String(ts), text: 'done', blocks: [] });
    await expect(lea().click('Yes')).rejects.toThrow('sees no “Yes”');
    const stale = { kind: 'messageAction', conversation: CHECKOUT, ts: String(ts), state: {} } as const;
    expect(
      await kit.workspace.act({ as: lea().id, ...stale, action: { action_id: 'yes', block_id: 'row' } }),
    ).toMatchObject({ ok: false });
  });

  it('response_url: five times in thirty minutes', async () => {
    await lea().slash('checkout', '/steady x');
    const url = String(last().response_url);
    const use = async (body: object): Promise<number> =>
      (
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status;
    expect(await use({ text: 'private' })).toBe(200);
    expect(await use({ text: 'public', response_type: 'in_channel' })).toBe(200);
    expect(await use({ blocks: [{ type: 'nope' }] })).toBe(500);
    for (let n = 0; n < 3; n += 1) expect(await use({ text: `${n}` })).toBe(200);
    expect(await use({ text: 'sixth' })).toBe(404);
    expect(kit.ephemerals('checkout', 'Lea')).toEqual(['private', '0', '1', '2']);
    expect(kit.channel('checkout')).toEqual(['public']);
    await lea().slash('checkout', '/steady x');
    const late = String(last().response_url);
    await kit.advance(30 * 60_000 + 1);
    expect(
      (
        await fetch(late, {
          method: 'POST',
          body: '{"text":"a"}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(404);
  });

  it('a shortcut carries the message, empty text and attachments too', async () => {
    const attachments = [{ title: '[FIRING:1] HighErrorRate', color: 'danger' }];
    const { ts } = await web.chat.postMessage({ channel: CHECKOUT, text: '', attachments });
    await lea().shortcut('Add to timeline', { channel: 'checkout', ts: String(ts) });
    expect(last()).toMatchObject({
      type: 'message_action',
      callback_id: 'add_to_timeline',
      message_ts: ts,
      message: { ts, text: '', attachments: [{ title: '[FIRING:1] HighErrorRate' }] },
    });
    expect(kit.channel('checkout')).toEqual(['[FIRING:1] HighErrorRate']);
  });

  it('a command names people as entities, because the manifest asks for it', async () => {
    await lea().slash('checkout', '/steady handoff @Kai see #general "now"');
    expect(last().text).toBe('handoff <@U0KAI00001|kai> see <#C0GENERAL1|general> "now"');
  });
});
