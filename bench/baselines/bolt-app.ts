import { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { request } from 'undici';
import type { Given } from '../processes/given.ts';
import { usage } from '../processes/usage.ts';

// The least a Bolt app can do: it acknowledges and answers with one message, word for word what Steady says; a question waits
// for the backend first.
const { apiUrl, backendUrl, tokens, port, says = {} } = JSON.parse(process.argv[2] ?? '') as Given;
const app = new App({
  token: tokens.bot,
  clientOptions: { slackApiUrl: apiUrl },
  ...(port === undefined
    ? { socketMode: true, appToken: tokens.app }
    : { signingSecret: tokens.signingSecret, endpoints: '/slack/events', port }),
});
app.command('/steady', async ({ command, ack, respond }) => {
  await ack();
  if (command.text.startsWith('prom '))
    await (await request(`${backendUrl}/api/v1/query?query=up`)).body.dump();
  const { text, blocks } = says[command.text] ?? { text: `You said ${command.text}` };
  await respond({ response_type: 'ephemeral', text, ...(blocks && { blocks: blocks as KnownBlock[] }) });
});
await (port === undefined ? app.start() : app.start(port));
process.on('message', () => process.send?.(usage()));
process.once('disconnect', () => process.exit(1));
process.send?.('ready');
