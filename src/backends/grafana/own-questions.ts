import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered, type Completeness, type Result } from '../../domain/evidence.ts';
import type { Window } from '../../domain/time.ts';
import { alertParams } from '../alertmanager/alertmanager-api.ts';
import { firingOf } from '../alertmanager/fields.ts';
import { readMatchers } from '../alertmanager/matchers.ts';
import { pastNote } from '../alertmanager/past-note.ts';
import { alertRows, sayStates } from '../alertmanager/rows.ts';
import type { Params } from '../api-way.ts';
import type { Change, Firing, Found, Question } from '../backend.ts';
import { compressed } from '../snapshot.ts';
import { type AllAlerts, alertPlaces, readAllAlerts } from './alerts.ts';
import { annotationRows, CHANGE_TAGS, changesIn } from './annotations.ts';
import type { Directory } from './directory.ts';
import { retold } from './failure.ts';
import type { GrafanaQuery } from './grafana-query.ts';
import type { Around } from './inside.ts';
import type { Links } from './links.ts';
import { MOST_ANNOTATIONS, type OwnApi } from './own-api.ts';

type Asked<Kind extends GrafanaQuery['kind']> = Extract<GrafanaQuery, { kind: Kind }>;

/** What a Grafana is asked that belongs to no data source. */
export interface OwnQuestions {
  alerts(asked: Asked<'alerts'>, question: Question, signal: AbortSignal): Promise<Answer>;
  annotations(asked: Asked<'annotations'>, question: Question, signal: AbortSignal): Promise<Answer>;
  firing(signal: AbortSignal): Promise<Found<Firing>>;
  changes(window: Window, signal: AbortSignal): Promise<Found<Change>>;
}

export function createOwnQuestions(
  own: OwnApi,
  directory: Directory,
  links: Links,
  around: Around,
): OwnQuestions {
  const { deployment, client, title, now } = around;
  const byName = { tool: 'grafana', deployment: deployment.name, source: title };
  const request = (path: string, params: Params) =>
    ({ kind: 'request', method: 'GET', url: client.address(path, params) }) as const;

  async function readAlerts(matchers: string, byHand: boolean, signal: AbortSignal): Promise<AllAlerts> {
    const rules = async (within: AbortSignal) => {
      const { all, bytes } = await own.rules(within);
      return { alerts: all, bytes };
    };
    if (directory.sources().length === 0) await directory.refresh(signal);
    const places = alertPlaces(around, directory.sources());
    return await readAllAlerts(matchers, places, rules, { byHand, now: now() }, signal);
  }

  async function alertsAnswer(
    query: string,
    matchers: string,
    found: AllAlerts,
    times: { readonly asked: Window; readonly askedAt: number },
    hints: readonly string[],
  ): Promise<Answer> {
    const { askedAt } = times;
    const { alerts, silences, missing, bytes } = found;
    const result = alertRows(alerts, silences);
    const states = sayStates(alerts);
    const notes = [
      pastNote('Grafana', times.asked, askedAt),
      states === undefined ? undefined : client.quote(states),
      ...missing,
    ];
    const params = alertParams(matchers, readMatchers(matchers));
    return answered({
      ...byName,
      query,
      window: { from: askedAt, to: askedAt },
      askedAt,
      result,
      completeness: completeness(missing),
      cost: { took: now() - askedAt, bytes },
      warnings: [...hints, ...notes.filter((one) => one !== undefined)],
      reproduction: request('/api/alertmanager/grafana/api/v2/alerts', params),
      snapshot: await keptRows(result),
    });
  }

  return {
    async alerts({ matchers, at }, { matched, window }, signal) {
      const askedAt = now();
      const { query, unchecked, hints = [] } = matched;
      const found = await readAlerts(matchers, unchecked === undefined, signal).catch((error: unknown) => {
        throw error instanceof BackendError ? retold(error, title, at) : error;
      });
      return await alertsAnswer(query, matchers, found, { asked: window, askedAt }, hints);
    },

    async firing(signal) {
      const askedAt = now();
      const found = await readAlerts('', true, signal);
      const times = { asked: { from: askedAt, to: askedAt }, askedAt };
      return {
        answer: await alertsAnswer('alerts', '', found, times, []),
        found: firingOf(found.alerts),
      };
    },

    async annotations({ tags }, { matched, window }, signal) {
      const askedAt = now();
      const { all, bytes, sent } = await own.annotations(tags, window, signal);
      const result = annotationRows(all);
      const missing = cut(all.length);
      return answered({
        ...byName,
        query: matched.query,
        window,
        askedAt,
        result,
        completeness: completeness(missing),
        cost: { took: now() - askedAt, bytes },
        warnings: [...(matched.hints ?? []), ...missing],
        reproduction: request(sent.path, sent.params),
        snapshot: await keptRows(result),
      });
    },

    async changes(window, signal) {
      const askedAt = now();
      const tags = deployment.changeTags ?? CHANGE_TAGS;
      const { all, bytes, sent } = await own.annotations([], window, signal);
      const marking = all.filter((one) => changesIn([one], tags, () => undefined).length > 0);
      const result = annotationRows(marking);
      const missing = cut(all.length);
      const answer = answered({
        ...byName,
        query: 'annotations',
        window,
        askedAt,
        result,
        completeness: completeness(missing),
        cost: { took: now() - askedAt, bytes },
        warnings: missing,
        reproduction: request(sent.path, sent.params),
        snapshot: await keptRows(result),
      });
      const linkOf = ({ dashboardUID }: { readonly dashboardUID?: string | null | undefined }) =>
        dashboardUID ? links.dashboard(dashboardUID, window) : undefined;
      return { answer, found: changesIn(marking, tags, linkOf) };
    },
  };
}

function cut(count: number): readonly string[] {
  return count < MOST_ANNOTATIONS
    ? []
    : [`these are the newest ${count.toLocaleString('en')} annotations, and there are probably more`];
}

function completeness(missing: readonly string[]): Completeness {
  return missing.length === 0 ? { kind: 'complete' } : { kind: 'partial', why: missing.join('; ') };
}

/** The bytes kept of an answer that was put together from several requests. */
function keptRows({ columns, rows }: Extract<Result, { kind: 'rows' }>): Promise<Uint8Array> {
  return compressed([Buffer.from(JSON.stringify({ columns, rows }))]);
}
