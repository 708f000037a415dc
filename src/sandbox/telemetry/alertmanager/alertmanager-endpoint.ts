import { type Endpoint, type EndpointAnswer, json, text } from '../endpoint.ts';
import type { Labels } from '../labels.ts';
import { labelsOf } from '../labels.ts';
import type { AnswerSource } from '../prometheus-answers.ts';
import { readString } from '../promql/literals.ts';
import { type Matcher, type MatchOp, matcher, matchesAll } from '../promql/matcher.ts';
import { compileRe2 } from '../promql/re2.ts';
import { alertsPage } from './alerts-page.ts';
import { type HeldAlert, heldAlerts, heldSilences, RECEIVERS } from './held-alerts.ts';

const ROOT = '/api/v2/';

/** What a filter cannot be read as; Alertmanager answers with the bare words as JSON. */
class BadFilter extends Error {}

/**
 * Answers as Alertmanager 0.25's API v2 over the scenario's alerts: `alerts`, `alerts/groups`, `silences`, `receivers`, `status`
 * and the health checks; nothing can be written. API: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export function alertmanagerEndpoint(source: AnswerSource): Endpoint {
  return ({ method, url }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    if (method !== 'GET')
      return json(405, { code: 405, message: `method ${method} is not allowed, but [GET] are` });
    if (pathname === '/-/healthy' || pathname === '/-/ready') return text(200, 'OK');
    if (pathname === '/') return alertsPage(heldAlerts(source), heldSilences(source));
    if (!pathname.startsWith(ROOT)) return text(404, '404 page not found\n');
    return api(pathname, searchParams, source);
  };
}

function api(pathname: string, parameters: URLSearchParams, source: AnswerSource): EndpointAnswer {
  try {
    switch (pathname.slice(ROOT.length)) {
      case 'alerts':
        return json(200, selected(parameters, source));
      case 'alerts/groups':
        return json(200, groups(selected(parameters, source)));
      case 'silences':
        return json(200, heldSilences(source));
      case 'receivers':
        return json(
          200,
          RECEIVERS.map((name) => ({ name })),
        );
      case 'status':
        return json(200, status(source));
      default:
        return json(404, { code: 404, message: `path ${pathname} was not found` });
    }
  } catch (error) {
    if (error instanceof BadFilter) return json(400, error.message);
    throw error;
  }
}

function selected(parameters: URLSearchParams, source: AnswerSource): readonly HeldAlert[] {
  const wants = (name: string) => parameters.get(name) !== 'false';
  const matchers = parameters.getAll('filter').map(readFilter);
  const receiver = receiverPattern(parameters.get('receiver'));
  return heldAlerts(source).filter(({ labels, status: { state, silencedBy, inhibitedBy }, receivers }) => {
    if (state === 'active' && !wants('active')) return false;
    if (silencedBy.length > 0 && !wants('silenced')) return false;
    if (inhibitedBy.length > 0 && !wants('inhibited')) return false;
    return matchesAll(known(labels), matchers) && (receiver?.test(receivers[0]?.name ?? '') ?? true);
  });
}

function known(labels: Readonly<Record<string, string>>): Labels {
  return labelsOf(labels);
}

function readFilter(filter: string): Matcher {
  const [, name = '', op = '', quoted = ''] =
    /^\s*([A-Za-z_:][\w:]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s.exec(filter) ?? [];
  if (name === '') throw new BadFilter(`bad matcher format: ${filter}`);
  const value = quoted.startsWith('"') ? readString(quoted) : quoted;
  if (value === undefined) throw new BadFilter(`matcher value contains unescaped double quote: ${quoted}`);
  try {
    return matcher(name, op as MatchOp, value);
  } catch (error) {
    throw new BadFilter(error instanceof Error ? error.message : filter);
  }
}

function receiverPattern(text: string | null): RegExp | undefined {
  if (text === null || text === '') return undefined;
  try {
    return compileRe2(text);
  } catch (error) {
    throw new BadFilter(`failed to parse receiver param: ${error instanceof Error ? error.message : text}`);
  }
}

function groups(alerts: readonly HeldAlert[]): unknown {
  return RECEIVERS.map((name) => ({
    alerts: alerts.filter(({ receivers }) => receivers[0]?.name === name),
    labels: {},
    receiver: { name },
  })).filter((group) => group.alerts.length > 0);
}

function status({ scenario }: AnswerSource): unknown {
  return {
    cluster: { peers: [], status: 'disabled' },
    config: { original: `route:\n  receiver: ${RECEIVERS[1]}\n` },
    uptime: new Date(scenario.dataFrom).toISOString(),
    versionInfo: {
      branch: 'sandbox',
      buildDate: '20230409-09:50:43',
      buildUser: 'steady',
      goVersion: 'none',
      revision: 'steady-sandbox',
      version: '0.25.0',
    },
  };
}
