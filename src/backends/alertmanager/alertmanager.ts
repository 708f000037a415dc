import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered, type Completeness } from '../../domain/evidence.ts';
import { type Duration, type Instant, MINUTE, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import type { Decode } from '../decoder.ts';
import { discoverParts } from '../discover-parts.ts';
import { handCommand } from '../hand-command.ts';
import { createHttpClient, DEFAULT_TIMEOUT, type HttpAnswer } from '../http-client.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { compressed, SNAPSHOT_LIMIT } from '../snapshot.ts';
import { unreadable } from '../unreadable.ts';
import {
  type Alert,
  type AlertsPiece,
  decodeAlerts,
  decodeReceivers,
  decodeSilences,
  type Silence,
} from './decode.ts';
import { alertmanagerFailure } from './failure.ts';
import { together } from './kept.ts';
import { matchAlerts } from './match.ts';
import { readMatchers, receiverPattern, type Selection, writeMatcher } from './matchers.ts';
import { permalink } from './permalink.ts';
import { alertRows, sayStates } from './rows.ts';
import { statusAnswer } from './schema.ts';
import type { AlertmanagerDeployment } from './settings.ts';

type Params = readonly (readonly [string, string])[];

const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;
const ALERTS = '/api/v2/alerts';
/** Bytes of the silences that are kept beside the alerts; of more than that, none are. */
const SILENCES_KEPT = 500_000;
const SILENCES: Params = [
  ['active', 'true'],
  ['pending', 'false'],
  ['expired', 'false'],
];

/** Alertmanager's API v2: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export function createAlertmanager(deployment: AlertmanagerDeployment, deps: BackendDeps): Backend {
  const { now, decoder } = deps;
  const title = `Alertmanager ${deployment.name}`;
  const section = `[alertmanager.deployments.${deployment.name}]`;
  const client = createHttpClient(deployment, {
    title,
    now,
    ...(deps.retryAfter !== undefined && { retryAfter: deps.retryAfter }),
  });
  const reader: Reader = {
    decoder,
    title,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
    unreadable: (answer) => unreadable(answer, { title, product: 'Alertmanager', section }),
  };

  async function ask(
    path: string,
    params: Params,
    signal: AbortSignal,
    more: { readonly limit?: Duration; readonly byHand?: boolean; readonly at?: number | undefined } = {},
  ): Promise<HttpAnswer> {
    const { limit, at } = more;
    const answer = await client.request(
      { method: 'GET', path, query: params, ...(limit !== undefined && { timeout: limit }) },
      signal,
    );
    if (answer.status === 200) return answer;
    const command = more.byHand === false ? undefined : handCommand(deployment, client.address(path), params);
    throw alertmanagerFailure(answer, client.quote, { title, section, command, now: now(), at });
  }

  const pieces = <Piece>(answer: HttpAnswer, decode: Decode<Piece>, name: string, signal: AbortSignal) =>
    readPieces(reader, answer, decode, { href: DECODE_MODULE, name }, signal);

  async function readAlerts(answer: HttpAnswer, signal: AbortSignal) {
    const alerts: Alert[] = [];
    let odd = 0;
    for await (const piece of pieces<AlertsPiece>(answer, decodeAlerts, 'decodeAlerts', signal))
      if (piece.kind === 'alerts') alerts.push(...piece.alerts);
      else odd += piece.count;
    return { alerts, odd };
  }

  async function readSilences(signal: AbortSignal) {
    const answer = await ask('/api/v2/silences', SILENCES, signal);
    const kept = answer.body.head(SILENCES_KEPT);
    const whole = answer.body.length <= SILENCES_KEPT;
    const silences = new Map<string, Silence>();
    for await (const some of pieces(answer, decodeSilences, 'decodeSilences', signal))
      for (const one of some) silences.set(one.id, one);
    return { silences, ...(whole && { kept }) };
  }

  /** Who silenced what; that this could not be read leaves the alerts standing, and is said. */
  async function silencesOf(
    alerts: readonly Alert[],
    signal: AbortSignal,
  ): Promise<{
    readonly silences: ReadonlyMap<string, Silence>;
    readonly kept?: Uint8Array;
    readonly why?: string;
  }> {
    const none: ReadonlyMap<string, Silence> = new Map();
    if (alerts.every((one) => one.status.silencedBy.length === 0)) return { silences: none };
    try {
      return await readSilences(signal);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      return { silences: none, why: `who silenced alerts could not be read: ${error.message}` };
    }
  }

  return {
    tool: 'alertmanager',
    deployment: deployment.name,
    title,

    async discover(_window, signal, options = {}) {
      return await discoverParts(
        [
          {
            kind: 'receivers',
            async read(within, limit) {
              const answer = await ask('/api/v2/receivers', [], within, { limit });
              const names: string[] = [];
              for await (const some of pieces(answer, decodeReceivers, 'decodeReceivers', within))
                names.push(...some);
              return { names };
            },
          },
          {
            kind: 'alerts',
            async read(within, limit) {
              const { alerts } = await readAlerts(await ask(ALERTS, [], within, { limit }), within);
              const names = alerts.flatMap(({ labels }) => labels.alertname ?? []);
              return { names: [...new Set(names)].sort() };
            },
          },
        ],
        { ...options, now, signal },
      );
    },

    match: (query, discovery) =>
      matchAlerts(query, discovery, { title, list: `discover alerts env:${deployment.name}` }),

    async query({ matched, window: asked }: Question, signal): Promise<Answer> {
      const askedAt = now();
      const { query, unchecked } = matched;
      const selection = readMatchers(query);
      const params = alertParams(query, selection);
      const only = selection?.matchers.length === 1 ? selection.matchers[0]?.at : selection ? undefined : 0;
      const answer = await ask(ALERTS, params, signal, { byHand: unchecked === undefined, at: only });
      const bytes = answer.body.length;
      // Before decoding takes the body.
      const views = answer.body.views(SNAPSHOT_LIMIT);
      const { alerts, odd } = await readAlerts(answer, signal);
      const { silences, kept, why } = await silencesOf(alerts, signal);
      const snapshot = await compressed(kept === undefined ? views : together(kept, views));
      const missing = [
        ...(odd > 0 ? [`${odd.toLocaleString('en')} alerts could not be read`] : []),
        ...(why === undefined ? [] : [why]),
      ];
      const states = sayStates(alerts);
      const notes = [
        pastNote(asked, askedAt),
        states === undefined ? undefined : client.quote(states),
        ...missing,
      ];
      return answered({
        tool: 'alertmanager',
        deployment: deployment.name,
        source: title,
        query,
        window: { from: askedAt, to: askedAt },
        askedAt,
        result: alertRows(alerts, silences),
        completeness: completeness(missing),
        cost: { took: now() - askedAt, bytes },
        warnings: [...(matched.hints ?? []), ...notes.filter((one) => one !== undefined)],
        reproduction: selection
          ? { kind: 'permalink', url: permalink(deployment.linkUrl ?? deployment.url, selection) }
          : { kind: 'request', method: 'GET', url: client.address(ALERTS, params) },
        snapshot,
      });
    },

    async probe(signal) {
      const answer = await ask('/api/v2/status', [], signal);
      const version = versionOf(answer);
      if (version === undefined) throw reader.unreadable(answer);
      return `Alertmanager ${client.quote(version)}`;
    },

    close: () => client.close(),
  };
}

/** All states are named, so that no version's default leaves any out. What could not be read goes as it is. */
function alertParams(query: string, selection: Selection | undefined): Params {
  const filters = selection ? selection.matchers.map(writeMatcher) : [query];
  return [
    ['active', 'true'],
    ['silenced', 'true'],
    ['inhibited', 'true'],
    ['unprocessed', 'true'],
    ...filters.map((filter) => ['filter', filter] as const),
    ...(selection?.receiver ? [['receiver', receiverPattern(selection.receiver)] as const] : []),
  ];
}

/** Alertmanager keeps no history, so a question about an earlier time is not answered by what is so now. */
function pastNote(asked: Window, askedAt: Instant): string | undefined {
  return askedAt - asked.to <= MINUTE
    ? undefined
    : 'Alertmanager knows only what is so now, not at the time asked for; `prom ALERTS` with that time shows what fired then.';
}

function completeness(missing: readonly string[]): Completeness {
  return missing.length === 0 ? { kind: 'complete' } : { kind: 'partial', why: missing.join('; ') };
}

function versionOf(answer: HttpAnswer): string | undefined {
  try {
    // The configuration comes along, so the answer may be long.
    return statusAnswer.safeParse(JSON.parse(answer.body.text(4_000_000))).data?.versionInfo.version;
  } catch {
    return undefined;
  }
}
