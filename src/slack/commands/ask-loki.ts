import type { CommandRow } from '../command-row.ts';
import { askBackend } from './ask.ts';

export const LOKI: readonly CommandRow[] = [
  {
    name: 'loki',
    also: ['logs', 'logql'],
    group: 'ask',
    usage: 'loki <LogQL> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32] [step:30s]',
    summary:
      'Ask Loki for lines, newest first, or for numbers. The window is the incident’s unless you say another.',
    examples: [
      'loki {service_name="checkout"} |= "timeout"',
      'loki sum by (level) (count_over_time({service_name="checkout"}[5m])) since:2h',
    ],
    options: ['env', 'since', 'from', 'to', 'around', 'at', 'step'],
    target: 'any',
    asks: 'loki',
    run: (call) => askBackend(call, 'loki'),
  },
];
