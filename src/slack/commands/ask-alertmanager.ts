import { chooseBackends } from '../../flows/ask.ts';
import { bareQuery } from '../bare-query.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { environmentFor, withEnvironment } from './ask.ts';
import { askSeveral } from './ask-several.ts';

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
function alerts(call: Call): Promise<Said> {
  const matchers = bareQuery(call.text);
  const again = (env: string) => withEnvironment(call, env);
  const backends = chooseBackends(
    call.bot.world.telemetry,
    ['alertmanager', 'grafana'],
    environmentFor(call),
    again,
  );
  return askSeveral(
    call,
    backends.map((backend) => ({
      backend,
      query: backend.tool === 'grafana' ? `alerts ${matchers}`.trim() : matchers || ALL,
    })),
  );
}
