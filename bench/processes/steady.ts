import { randomUUID } from 'node:crypto';
import { configOf } from '../../src/config/config-of.ts';
import type { Clock } from '../../src/flows/ports.ts';
import { createLog } from '../../src/log.ts';
import { runBot } from '../../src/run-bot.ts';
import type { Given } from './given.ts';
import { usage } from './usage.ts';

// The whole bot with its defaults, in a process of its own; its log goes where standard output goes.
const { apiUrl, backendUrl, tokens, port, dataDir } = JSON.parse(process.argv[2] ?? '') as Given;
const clock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(() => void call(), ms);
    return () => clearTimeout(timer);
  },
};
const reached =
  port === undefined
    ? `app_token = "${tokens.app}"`
    : `signing_secret = "${tokens.signingSecret}"\nport = ${port}`;
const config = configOf(
  `[slack]
bot_token = "${tokens.bot}"
${reached}
api_url = "${apiUrl}"

[prometheus.deployments.prod]
url = "${backendUrl}"
`,
  { dataDir },
);
const bot = await runBot({
  config,
  clock,
  owner: randomUUID(),
  log: (redactor) => createLog(config.logging.level, redactor, (line) => void process.stdout.write(line)),
});
process.on('message', () => process.send?.(usage()));
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
process.send?.('ready');
