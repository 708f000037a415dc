import { answered, type Completeness } from '../../domain/evidence.ts';
import type { Window } from '../../domain/time.ts';
import { type Backend, type BackendDeps, type Matched, matched, type Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import { getAnswer } from '../get-answer.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT } from '../http-client.ts';
import { compressed } from '../snapshot.ts';
import { createAlertmanagerApi } from './alertmanager-api.ts';
import { alertFields, countLabel, firingOf, queryOf } from './fields.ts';
import { matchAlerts } from './match.ts';
import { readMatchers } from './matchers.ts';
import { pastNote } from './past-note.ts';
import { permalink } from './permalink.ts';
import { ALERTMANAGER_READABLE } from './readable.ts';
import { alertRows, sayStates } from './rows.ts';
import type { AlertmanagerDeployment } from './settings.ts';

/** Alertmanager, asked directly. */
export function createAlertmanager(deployment: AlertmanagerDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const title = `Alertmanager ${deployment.name}`;
  const list = `discover alerts env:${deployment.name}`;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const api = createAlertmanagerApi({
    title,
    section: `[alertmanager.deployments.${deployment.name}]`,
    list,
    client,
    byHand: (path, params) => handCommand(deployment, client.address(path), params),
    decoder,
    now,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
  });

  /** Every alert that meets the matchers, as an answer and as it was read. */
  async function alertsFor({ query, unchecked, hints = [] }: Matched, asked: Window, signal: AbortSignal) {
    const askedAt = now();
    const selection = readMatchers(query);
    const found = await api.alerts(query, signal, unchecked === undefined);
    const { alerts, silences, missing, bytes, kept, sent } = found;
    const snapshot = await compressed(kept);
    const states = sayStates(alerts);
    const notes = [
      pastNote('Alertmanager', asked, askedAt),
      states === undefined ? undefined : client.quote(states),
      ...missing,
    ];
    const answer = answered({
      tool: 'alertmanager',
      deployment: deployment.name,
      source: title,
      query,
      window: { from: askedAt, to: askedAt },
      askedAt,
      result: alertRows(alerts, silences),
      completeness: completeness(missing),
      cost: { took: now() - askedAt, bytes },
      warnings: [...hints, ...notes.filter((one) => one !== undefined)],
      reproduction: selection
        ? { kind: 'permalink', url: permalink(deployment.linkUrl ?? deployment.url, selection) }
        : { kind: 'request', method: 'GET', url: client.address(sent.path, sent.params) },
      snapshot,
    });
    return { answer, alerts, at: askedAt };
  }

  return {
    tool: 'alertmanager',
    deployment: deployment.name,
    title,

    discover: (_window, signal, options = {}) => discoverParts(api.parts(), { ...options, now, signal }),

    match: (query, discovery) => matchAlerts(query, discovery, { title, list }),

    query: async ({ matched, window }: Question, signal) => (await alertsFor(matched, window, signal)).answer,

    async schema(source, window, signal) {
      const { alerts, at } = await alertsFor(matched(queryOf(source)), window, signal);
      return {
        source: queryOf(source) || 'alerts',
        at,
        fields: alertFields(alerts).map((one) => ({ ...one, name: client.quote(one.name) })),
        note: `from the ${alerts.length.toLocaleString('en')} alerts there are now`,
      };
    },

    async values(source, field, window, signal) {
      const { answer, alerts } = await alertsFor(matched(queryOf(source)), window, signal);
      return { ...answer, result: countLabel(alerts, field) };
    },

    async firing(signal) {
      const at = now();
      const { answer, alerts } = await alertsFor(matched(''), { from: at, to: at }, signal);
      return { answer, found: firingOf(alerts) };
    },

    readable: ALERTMANAGER_READABLE,

    get: (path, _window, signal) =>
      getAnswer(
        {
          tool: 'alertmanager',
          deployment: deployment.name,
          readable: ALERTMANAGER_READABLE,
          client,
          reader: api.reader,
          now,
          failure: api.failure,
        },
        path,
        signal,
      ),

    probe: async (signal) => `Alertmanager ${await api.version(signal)}`,

    close: () => client.close(),
  };
}

function completeness(missing: readonly string[]): Completeness {
  return missing.length === 0 ? { kind: 'complete' } : { kind: 'partial', why: missing.join('; ') };
}
