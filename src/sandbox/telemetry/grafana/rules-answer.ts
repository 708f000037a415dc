import { firingAlerts } from '../firing-alerts.ts';
import { queryLimits } from '../prometheus-answers.ts';
import { formatExponent } from '../promql/format-value.ts';
import { type GrafanaRule, type GrafanaSource, rulesOf } from './grafana-source.ts';

/** A rule's alert as it stands now. */
interface RuledAlert {
  readonly rule: GrafanaRule;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly state: 'Alerting' | 'Pending';
}

function ruledAlerts({ scenario, store, now }: GrafanaSource): readonly RuledAlert[] {
  const rules = rulesOf(scenario.causeAt);
  const at = now();
  const limits = queryLimits(new URLSearchParams(), now);
  return firingAlerts({ ...scenario, alerts: rules }, store, at, limits).flatMap(({ rule, ...one }) => {
    const own = rules.find(({ name }) => name === rule.name);
    if (!own) return [];
    return [{ ...one, rule: own, state: at - own.activeAt >= own.pendingFor ? 'Alerting' : 'Pending' }];
  });
}

/** `/api/prometheus/grafana/api/v1/rules`, of those states. */
export function rulesAnswer(source: GrafanaSource, states: readonly string[]): object {
  const alerts = ruledAlerts(source);
  const rules = rulesOf(source.scenario.causeAt).map((rule) => {
    const own = alerts.filter((one) => one.rule.name === rule.name);
    const state = own.some((one) => one.state === 'Alerting')
      ? 'firing'
      : own.length > 0
        ? 'pending'
        : 'inactive';
    return {
      state,
      name: rule.name,
      query: rule.query,
      health: 'ok',
      type: 'alerting',
      folderUid: 'shop',
      labels: rule.labels,
      annotations: rule.annotations,
      alerts: own.map(({ labels, value, state: said }) => ({
        labels,
        annotations: rule.annotations,
        state: said,
        activeAt: new Date(rule.activeAt).toISOString(),
        value: formatExponent(value),
      })),
    };
  });
  const wanted = states.length === 0 ? rules : rules.filter(({ state }) => states.includes(state));
  return {
    status: 'success',
    data: {
      groups: wanted.length === 0 ? [] : [{ name: 'shop', file: 'Shop', folderUid: 'shop', rules: wanted }],
    },
  };
}

/** `/api/alertmanager/grafana/api/v2/alerts`: what this Grafana's own Alertmanager holds, which is what fires. */
export function heldAnswer(source: GrafanaSource): readonly object[] {
  return ruledAlerts(source)
    .filter(({ state }) => state === 'Alerting')
    .map(({ rule, labels }) => ({
      labels,
      annotations: rule.annotations,
      fingerprint: Buffer.from(rule.name).toString('hex').slice(0, 16),
      receivers: [{ name: 'grafana-default-email' }],
      startsAt: new Date(rule.activeAt + rule.pendingFor).toISOString(),
      endsAt: new Date(source.now() + 240_000).toISOString(),
      updatedAt: new Date(source.now()).toISOString(),
      status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    }));
}
