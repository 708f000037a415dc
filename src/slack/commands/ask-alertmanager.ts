import type { Backend } from '../../backends/backend.ts';
import { chooseBackend, chooseBackends } from '../../flows/ask.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { bareQuery } from '../words/bare-query.ts';
import { answerWith, environmentFor, withEnvironment } from './ask.ts';
import { askSeveral } from './ask-several.ts';

/** Systems that keep alerts, and know which are silenced. */
const KEEPERS: readonly string[] = ['alertmanager', 'grafana'];

/** Every alert: Alertmanager's page shows the same for it. */
const ALL = '{}';

export const ALERTS: readonly CommandRow[] = [
  {
    name: 'alerts',
    also: ['alertmanager'],
    group: 'ask',
    usage:
      'alerts [name of an alert | {label="value", …} | receiver="name"] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32]',
    summary:
      'Which alerts fire now, which are silenced and by whom, which are inhibited; Grafana’s as well, and what is pending there.',
    examples: ['alerts', 'alerts severity="page"', 'alerts PoolExhausted'],
    options: ['env', 'since', 'from', 'to', 'around', 'at'],
    target: 'any',
    asks: 'alertmanager',
    run: alerts,
  },
];

/** Asks every system that keeps alerts: that one of them has none says nothing of the other. */
async function alerts(call: Call): Promise<Said> {
  const matchers = bareQuery(call.text);
  const again = (env: string) => withEnvironment(call, env);
  const { telemetry } = call.bot.world;
  // Without a system that keeps alerts, whoever evaluates the rules knows at least what fires.
  if (matchers === '' && !telemetry.backends.some(({ tool }) => KEEPERS.includes(tool))) {
    const teller = telemetry.backends.find((one) => one.firing);
    if (teller) return firing(call, chooseBackend(telemetry, teller.tool, environmentFor(call), again));
  }
  const backends = chooseBackends(telemetry, KEEPERS, environmentFor(call), again);
  return askSeveral(
    call,
    backends.map((backend) => ({
      backend,
      query: backend.tool === 'grafana' ? `alerts ${matchers}`.trim() : matchers || ALL,
    })),
  );
}

function firing(call: Call, backend: Backend): Promise<Said> {
  return answerWith(call, { backend, query: '' }, async (_asking, signal) => {
    const found = await backend.firing?.(signal);
    if (!found) throw new TypeError(`${backend.title} does not tell what fires`);
    return found.answer;
  });
}
