import { BackendError } from '../../domain/errors.ts';
import type { Duration } from '../../domain/time.ts';
import type { ApiWay, Params } from '../api-way.ts';
import type { Decode } from '../decoder.ts';
import type { Part } from '../discover-parts.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { SNAPSHOT_LIMIT } from '../snapshot.ts';
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
import { readMatchers, receiverPattern, type Selection, writeMatcher } from './matchers.ts';
import { statusAnswer } from './schema.ts';

const DECODE_MODULE = new URL('./decode.ts', import.meta.url).href;
const ALERTS = '/api/v2/alerts';
/** Bytes of the silences that are kept beside the alerts; of more than that, none are. */
const SILENCES_KEPT = 500_000;
const SILENCES: Params = [
  ['active', 'true'],
  ['pending', 'false'],
  ['expired', 'false'],
];

/** Alerts in every state, and who silenced them. */
export interface AlertsFound {
  readonly alerts: readonly Alert[];
  readonly silences: ReadonlyMap<string, Silence>;
  /** What of it could not be read, one reason each; empty where all could. */
  readonly missing: readonly string[];
  /** Bytes of the alerts as they came. */
  readonly bytes: number;
  /** The answer as it is kept. */
  readonly kept: readonly Uint8Array[];
  /** What was sent, below the server's own address. */
  readonly sent: { readonly path: string; readonly params: Params };
}

/** Alertmanager's API v2: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface AlertmanagerApi {
  /** The lists of a discovery. */
  parts(): readonly Part[];
  /** Every alert that meets the matchers, whatever its state. Without `byHand` a failure offers no command. */
  alerts(query: string, signal: AbortSignal, byHand: boolean): Promise<AlertsFound>;
  version(signal: AbortSignal): Promise<string>;
  /** How its answers are read and its refusals worded, for a request that no command covers. */
  readonly reader: Reader;
  failure(answer: HttpAnswer, path: string, params: Params): BackendError;
}

export function createAlertmanagerApi(way: ApiWay): AlertmanagerApi {
  const { title, section, client, decoder, now, timeout } = way;
  const reader: Reader = {
    decoder,
    title,
    timeout,
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
    const command = more.byHand === false ? undefined : way.byHand(path, params);
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
    parts: () => [
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

    async alerts(query, signal, byHand) {
      const selection = readMatchers(query);
      const params = alertParams(query, selection);
      const only = selection?.matchers.length === 1 ? selection.matchers[0]?.at : selection ? undefined : 0;
      const answer = await ask(ALERTS, params, signal, { byHand, at: only });
      const bytes = answer.body.length;
      // Before decoding takes the body.
      const views = answer.body.views(SNAPSHOT_LIMIT);
      const { alerts, odd } = await readAlerts(answer, signal);
      const { silences, kept, why } = await silencesOf(alerts, signal);
      return {
        alerts,
        silences,
        missing: [
          ...(odd > 0 ? [`${odd.toLocaleString('en')} alerts could not be read`] : []),
          ...(why === undefined ? [] : [why]),
        ],
        bytes,
        kept: kept === undefined ? views : together(kept, views),
        sent: { path: ALERTS, params },
      };
    },

    reader,

    failure: (answer, path, params) =>
      alertmanagerFailure(answer, client.quote, {
        title,
        section,
        command: way.byHand(path, params),
        now: now(),
      }),

    async version(signal) {
      const answer = await ask('/api/v2/status', [], signal);
      const version = versionOf(answer);
      if (version === undefined) throw reader.unreadable(answer);
      return client.quote(version);
    },
  };
}

/** All states are named, so that no version's default leaves any out. What could not be read goes as it is. */
export function alertParams(query: string, selection: Selection | undefined): Params {
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

function versionOf(answer: HttpAnswer): string | undefined {
  try {
    // The configuration comes along, so the answer may be long.
    return statusAnswer.safeParse(JSON.parse(answer.body.text(4_000_000))).data?.versionInfo.version;
  } catch {
    return undefined;
  }
}
