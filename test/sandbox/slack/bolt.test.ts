import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';

interface Seen {
  readonly kind: string;
  readonly detail: string;
}

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A small app that touches every kind of interaction. */
function listen(app: App, seen: Seen[]): void {
  app.event('app_mention', async ({ event, say }) => {
    seen.push({ kind: 'app_mention', detail: event.text });
    await say({ text: `heard ${event.ts}`, thread_ts: event.ts });
  });
  app.message(async ({ message }) => {
    seen.push({
      kind: `message:${message.subtype ?? ''}`,
      detail: 'text' in message ? (message.text ?? '') : '',
    });
  });
  app.command('/steady', async ({ command, ack, client, respond }) => {
    await ack();
    seen.push({ kind: 'command', detail: command.text });
    if (command.text === 'modal')
      await client.views.open({
        trigger_id: command.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'ask',
          notify_on_close: true,
          title: { type: 'plain_text', text: 'Ask' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'title',
              label: { type: 'plain_text', text: 'Title' },
              element: { type: 'plain_text_input', action_id: 'value' },
            },
          ],
        },
      });
    else
      await respond({
        text: 'pick',
        blocks: [
          {
            type: 'actions',
            elements: [
              { type: 'button', text: { type: 'plain_text', text: 'Go' }, action_id: 'go', value: '7' },
            ],
          },
        ],
      });
  });
  app.action('go', async ({ ack, action, respond, body }) => {
    await ack();
    seen.push({ kind: 'action', detail: `${'value' in action ? action.value : ''} ${body.type}` });
    await respond({ replace_original: true, text: 'gone' });
  });
  app.view('ask', async ({ ack, view }) => {
    const value = view.state.values.title?.value?.value ?? '';
    if (value === 'bad') return ack({ response_action: 'errors', errors: { title: 'No.' } });
    await ack();
    seen.push({ kind: 'view', detail: value });
  });
  app.view({ callback_id: 'ask', type: 'view_closed' }, async ({ ack }) => {
    await ack();
    seen.push({ kind: 'closed', detail: '' });
  });
  app.shortcut('add_to_timeline', async ({ ack, shortcut }) => {
    await ack();
    seen.push({ kind: shortcut.type, detail: 'message_ts' in shortcut ? shortcut.message_ts : '' });
  });
  app.shortcut('declare', async ({ ack, shortcut }) => {
    await ack();
    seen.push({ kind: shortcut.type, detail: '' });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Home' } }] },
    });
  });
}

type Ready = { readonly app: App; readonly kit: SlackKit; stop(): Promise<void> };

async function overSocket(): Promise<Ready> {
  const kit = await startSlackKit();
  const { apiUrl, tokens } = kit.workspace;
  const receiver = new SocketModeReceiver({
    appToken: tokens.app,
    logger: quiet,
    clientPingTimeout: 200,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
  const app = new App({ token: tokens.bot, receiver, logger: quiet, clientOptions: { slackApiUrl: apiUrl } });
  await app.start();
  return {
    app,
    kit,
    async stop() {
      await app.stop();
      await kit.stop();
    },
  };
}

async function overHttp(): Promise<Ready> {
  const kit = await startSlackKit();
  const { apiUrl, tokens } = kit.workspace;
  const receiver = new HTTPReceiver({ signingSecret: tokens.signingSecret, logger: quiet });
  const app = new App({ token: tokens.bot, receiver, logger: quiet, clientOptions: { slackApiUrl: apiUrl } });
  const server: Server = createServer((request, response) => receiver.requestListener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  kit.workspace.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return {
    app,
    kit,
    async stop() {
      server.closeAllConnections();
      server.close();
      await kit.stop();
    },
  };
}

describe.each([
  ['Socket Mode', overSocket],
  ['signed HTTP', overHttp],
])('Bolt over %s', (_name, start) => {
  let bolt: Ready;
  let seen: Seen[];
  beforeEach(async () => {
    bolt = await start();
    seen = [];
    listen(bolt.app, seen);
  });
  afterEach(() => bolt.stop());

  it('hears a mention twice and answers in the thread', async () => {
    const { kit } = bolt;
    const ts = await kit.person('Lea').say('#checkout', '@Steady hello');
    await kit.until(() => kit.thread('checkout', ts).length > 0);
    await kit.workspace.settled();
    expect(kit.thread('checkout', ts)).toEqual([`heard ${ts}`]);
    expect(seen).toContainEqual({ kind: 'app_mention', detail: '<@U0STEADY01> hello' });
    expect(seen).toContainEqual({ kind: 'message:', detail: '<@U0STEADY01> hello' });
  });

  it('takes a command, shows a private answer, and a click replaces it', async () => {
    const { kit } = bolt;
    await kit.person('Lea').slash('general', '/steady here');
    await kit.until(() => kit.ephemerals('general', 'Lea').length > 0);
    expect(kit.ephemerals('general', 'Lea')).toEqual(['[Go]']);
    expect(kit.ephemerals('general', 'Kai')).toEqual([]);
    await kit.person('Lea').click('Go');
    await kit.until(() => kit.ephemerals('general', 'Lea')[0] === 'gone');
    expect(seen).toContainEqual({ kind: 'action', detail: '7 block_actions' });
    expect(kit.notifications('Lea')).toEqual([]);
  });

  it('opens a modal, refuses with errors, takes the submission', async () => {
    const { kit } = bolt;
    const lea = kit.person('Lea');
    await lea.slash('checkout', '/steady modal');
    await kit.until(() => kit.modal('Lea') !== undefined);
    await expect(lea.submit({})).rejects.toThrow('not complete');
    await lea.submit({ Title: 'bad' });
    expect(kit.workspace.see(lea.id)?.modals[0]?.errors).toEqual({ title: 'No.' });
    await lea.submit({ Title: 'good' });
    expect(kit.modal('Lea')).toBeUndefined();
    await kit.until(() => seen.some((item) => item.kind === 'view' && item.detail === 'good'));
  });

  it('hears that a modal was closed', async () => {
    const { kit } = bolt;
    await kit.person('Lea').slash('checkout', '/steady modal');
    await kit.until(() => kit.modal('Lea') !== undefined);
    await kit.person('Lea').close();
    expect(seen.at(-1)?.kind).toBe('closed');
  });

  it('runs shortcuts and publishes a home tab', async () => {
    const { kit } = bolt;
    const ts = await kit.person('Kai').say('checkout', 'an alert');
    await kit.person('Kai').shortcut('Add to timeline', { channel: 'checkout', ts });
    await kit.person('Kai').shortcut('Declare incident');
    expect(seen).toContainEqual({ kind: 'message_action', detail: ts });
    expect(seen).toContainEqual({ kind: 'shortcut', detail: '' });
    await kit.person('Kai').openHome();
    await kit.until(() => kit.home('Kai') === 'Home');
  });
});

describe('Bolt and a socket that goes away', () => {
  it.each(['refresh', 'cut'] as const)(
    'comes back after a %s, and hears what fell into the gap',
    async (how) => {
      const { kit, app, stop } = await overSocket();
      const heard: string[] = [];
      app.message(async ({ message, body }) => {
        heard.push(
          `${'text' in message ? message.text : ''} ${body.event_id === undefined ? 'without id' : 'with id'}`,
        );
      });
      kit.workspace.sockets[how]();
      await kit.until(() => kit.workspace.sockets.connections() === 0, 'the socket to be gone');
      await kit.person('Lea').say('checkout', 'in the gap');
      await kit.until(() => kit.workspace.sockets.connections() === 1, 'Bolt to come back');
      await kit.advance(60_000);
      expect(heard).toEqual(['in the gap with id']);
      await stop();
    },
  );
});
