import type { CommandRow } from '../command-row.ts';
import { askBackend } from './ask.ts';

export const GRAFANA: readonly CommandRow[] = [
  {
    name: 'grafana',
    also: [],
    group: 'ask',
    usage:
      'grafana <data source> <query in its language> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32] [step:30s]',
    summary:
      'Ask a data source of Grafana, by name or uid: PromQL, LogQL, or the query of any other kind as JSON. `discover grafana` lists them.',
    examples: [
      'grafana Prometheus sum by (code) (rate(http_requests_total[5m]))',
      'grafana Loki {service_name="checkout"} |= "timeout" since:2h',
      'grafana "RDS metrics" {"namespace":"AWS/RDS","metricName":"CPUUtilization","statistic":"Average","region":"eu-central-1"}',
    ],
    options: ['env', 'since', 'from', 'to', 'around', 'at', 'step'],
    target: 'any',
    asks: 'grafana',
    run: (call) => askBackend(call, 'grafana'),
  },
  {
    name: 'annotations',
    also: ['markers'],
    group: 'ask',
    usage: 'annotations [tag …] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
    summary:
      'What people and pipelines marked in Grafana: deploys, flags, notes. With tags, what has all of them.',
    examples: ['annotations', 'annotations deploy checkout since:6h'],
    options: ['env', 'since', 'from', 'to', 'around'],
    target: 'any',
    run: (call) => askBackend({ ...call, text: `annotations ${call.text}`.trim() }, 'grafana'),
  },
];
