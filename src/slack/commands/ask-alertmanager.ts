import type { CommandRow } from '../command-row.ts';
import { askBackend } from './ask.ts';

/** Every alert: Alertmanager's page shows the same for it. */
const ALL = '{}';

export const ALERTS: readonly CommandRow[] = [
  {
    name: 'alerts',
    also: ['alertmanager'],
    group: 'ask',
    usage:
      'alerts [name of an alert | {label="value", …} | receiver="name"] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32]',
    summary: 'Which alerts fire now, which are silenced and by whom, which are inhibited.',
    examples: ['alerts', 'alerts severity="page"', 'alerts PoolExhausted'],
    options: ['env', 'since', 'from', 'to', 'around', 'at'],
    target: 'any',
    asks: 'alertmanager',
    run: (call) => askBackend({ ...call, text: call.text.trim() === '' ? ALL : call.text }, 'alertmanager'),
  },
];
