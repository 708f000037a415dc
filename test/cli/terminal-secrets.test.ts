import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { runCommand } from '../../src/cli/commands.ts';
import { fakeMachine } from '../config/fake-machine.ts';
import { FakeWorld } from './fake-world.ts';

const SECRETS = {
  SLACK_BOT_TOKEN: 'xoxb-canary-bot-token',
  SLACK_APP_TOKEN: 'xapp-canary-app-token',
  SLACK_SIGNING_SECRET: 'canary-signing-secret',
  DATABASE_URL: 'postgres://steady:canary-db-password@db.example.com/steady',
  PROM: 'canary-prometheus-token',
};
const TOML = `[prometheus.deployments.prod]
url = "https://steady:canary-url-password@prom.example.com"
token = "env:PROM"
[grafana.deployments.prod]
url = "https://grafana.example.com"
token = "file:canary"
`;

it.each([
  ['start'],
  ['start', '--or-sandbox'],
  ['sandbox'],
  ['check'],
  ['check', '--json'],
  ['backup', 'b'],
  ['init', '--migrate'],
])('prints no secret: %s %s', async (...words) => {
  const files = {
    'config.toml': TOML,
    canary: 'canary-grafana-token',
    '/home/sre/.slack.conf': 'acme=xoxb-canary-old',
  };
  for (const broken of [false, true]) {
    const extra = broken ? { 'config.toml': `${TOML}[slack]\nemoji = 5\n` } : {};
    const world = new FakeWorld(fakeMachine({ ...files, ...extra }, SECRETS));
    // What a careless system could answer: everything it was sent.
    world.probeList = [
      {
        subject: 'Echo',
        ask: async () => ({ line: Object.values(SECRETS).join(' '), notes: [SECRETS.PROM] }),
      },
      {
        subject: 'Thrower',
        ask: () => Promise.reject(new Error('canary-url-password canary-grafana-token')),
      },
    ];
    world.end.resolve(0);
    await runCommand(words, world);
    const printed = inspect([world.stdout, world.stderr], { maxArrayLength: null, maxStringLength: null });
    expect(printed).not.toMatch(/canary-|xox[a-z]-c|xapp-c/);
  }
});
