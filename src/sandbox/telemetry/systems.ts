import type { Instant } from '../../domain/time.ts';
import { alertmanagerEndpoint } from './alertmanager/alertmanager-endpoint.ts';
import { axiomEndpoint } from './axiom/axiom-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { grafanaEndpoint } from './grafana/grafana-endpoint.ts';
import { lokiEndpoint } from './loki/loki-endpoint.ts';
import { prometheusEndpoint } from './prometheus-endpoint.ts';
import { pyroscopeEndpoint } from './pyroscope/pyroscope-endpoint.ts';
import { type Scenario, scenarioStore } from './scenario.ts';
import { checkoutErrors } from './scenarios/checkout-errors.ts';
import { checkoutLogs } from './scenarios/checkout-logs.ts';
import { checkoutProfiles } from './scenarios/checkout-profiles.ts';
import type { ScenarioName } from './scenarios/scenarios.ts';
import { sentryEndpoint } from './sentry/sentry-endpoint.ts';
import { ORGANIZATION } from './sentry/sentry-source.ts';

/** What every played system works from: one scenario, one clock. */
export interface Stage {
  readonly scenario: Scenario;
  readonly now: () => Instant;
  /** The address of another played system, once all are listening: for one that stands in front of others. */
  readonly urlOf: (tool: string) => string;
}

interface System {
  /** Tells of every scenario, not of checkout alone. */
  readonly any?: true;
  play(stage: Stage): Endpoint;
  /** The section of the configuration that points a bot at it; it is fictitious data, so tokens are made up. */
  toml(url: string, urlOf: (tool: string) => string): string;
}

/** Every system that the sandbox plays, by the name of its tool. Each listens on a port of its own. */
export const SYSTEMS: Readonly<Record<string, System>> = {
  prometheus: {
    any: true,
    play: playPrometheus,
    toml: (url) => `[prometheus.deployments.sandbox]\nurl = "${url}"\n`,
  },
  loki: {
    play: playLoki,
    toml: (url) => `[loki.deployments.sandbox]\nurl = "${url}"\n`,
  },
  alertmanager: {
    any: true,
    play: ({ scenario, now }) =>
      alertmanagerEndpoint({ scenario, now, store: scenarioStore(scenario, { now }) }),
    toml: (url) => `[alertmanager.deployments.sandbox]\nurl = "${url}"\n`,
  },
  pyroscope: {
    play: ({ scenario, now }) => pyroscopeEndpoint({ sources: checkoutProfiles(scenario), now }),
    toml: (url) => `[pyroscope.deployments.sandbox]\nurl = "${url}"\n`,
  },
  grafana: {
    play: (stage) =>
      grafanaEndpoint({
        scenario: stage.scenario,
        now: stage.now,
        store: scenarioStore(stage.scenario, { now: stage.now }),
        prometheus: playPrometheus(stage),
        loki: playLoki(stage),
      }),
    toml: (url) => `[grafana.deployments.sandbox]\nurl = "${url}"\ntoken = "glsa_of-the-sandbox"\n`,
  },
  sentry: {
    play: ({ scenario, now }) => sentryEndpoint({ scenario, issues: checkoutErrors(scenario), now }),
    toml: (url) =>
      `[sentry.deployments.sandbox]\nurl = "${url}"\ntoken = "made-up-for-the-sandbox"\norganization_slug = "${ORGANIZATION}"\n`,
  },
  axiom: {
    play: ({ scenario, now }) => axiomEndpoint({ scenario, now, lines: checkoutLogs(scenario) }),
    toml: (url) =>
      `[axiom.deployments.sandbox]\nurl = "${url}"\ntoken = "xaat-of-the-sandbox"\norg_id = "sandbox"\n`,
  },
};

/** The systems that tell of a scenario. */
export function systemsOf(scenario: ScenarioName): Readonly<Record<string, System>> {
  if (scenario === 'checkout') return SYSTEMS;
  return Object.fromEntries(Object.entries(SYSTEMS).filter(([, { any }]) => any === true));
}

function playPrometheus({ scenario, now }: Stage): Endpoint {
  return prometheusEndpoint({ scenario, now, store: scenarioStore(scenario, { now }) });
}

function playLoki({ scenario, now }: Stage): Endpoint {
  return lokiEndpoint({ sources: checkoutLogs(scenario), now });
}
