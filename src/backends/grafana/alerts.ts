import { BackendError } from '../../domain/errors.ts';
import { type AlertmanagerApi, createAlertmanagerApi } from '../alertmanager/alertmanager-api.ts';
import type { Silence } from '../alertmanager/decode.ts';
import { readMatchers } from '../alertmanager/matchers.ts';
import type { PlacedAlert } from '../alertmanager/rows.ts';
import { handCommand } from '../hand-command.ts';
import { safeText } from '../safe-text.ts';
import type { RuleAlert } from './decode.ts';
import type { Around } from './inside.ts';
import { asAlert, meets, sameness } from './rule-alerts.ts';
import { type DataSource, speaks } from './sources.ts';

/** Alerts of all the places that a Grafana knows. */
export interface AllAlerts {
  readonly alerts: readonly PlacedAlert[];
  readonly silences: ReadonlyMap<string, Silence>;
  /** What could not be read, one reason each: then nobody may say that nothing fires. */
  readonly missing: readonly string[];
  readonly bytes: number;
}

interface Place {
  /** As people name it; empty for Grafana's own. */
  readonly name: string;
  readonly api: AlertmanagerApi;
}

/** Reads `/api/prometheus/grafana/api/v1/rules`, and says how many bytes that took. */
export type ReadRules = (signal: AbortSignal) => Promise<{
  readonly alerts: readonly RuleAlert[];
  readonly bytes: number;
}>;

/** Every Alertmanager that a Grafana leads to: its own, and each data source of that kind. */
export function alertPlaces(around: Around, sources: readonly DataSource[]): readonly Place[] {
  const { deployment, client, headers, title } = around;
  const place = (uid: string, name: string): Place => {
    const base = `/api/alertmanager/${encodeURIComponent(uid)}`;
    return {
      name,
      api: createAlertmanagerApi({
        ...around,
        title: name === '' ? title : `${name} of ${title}`,
        list: `discover grafana env:${deployment.name}`,
        client: {
          request: (asked, signal) => client.request({ ...asked, path: base + asked.path }, signal),
          quote: client.quote,
        },
        byHand: (path, params) => handCommand(deployment, client.address(base + path), params, headers),
      }),
    };
  };
  return [
    place('grafana', ''),
    ...sources
      .filter((one) => speaks(one) === 'alertmanager')
      .map((one) => place(one.uid, safeText(one.name, 80))),
  ];
}

/**
 * What fires, what is about to and what is silenced. An Alertmanager knows what fires and who silenced it, the rules know what
 * is pending; where both know an alert, the Alertmanager's word counts: a silenced alert of a firing rule is silenced.
 */
export async function readAllAlerts(
  query: string,
  places: readonly Place[],
  readRules: ReadRules,
  options: { readonly byHand: boolean; readonly now: number },
  signal: AbortSignal,
): Promise<AllAlerts> {
  const [rules, ...held] = await Promise.all([
    outcome(readRules(signal)),
    ...places.map(({ api }) => outcome(api.alerts(query, signal, options.byHand))),
  ]);
  const errors = [rules, ...held].flatMap((one) => (one instanceof BackendError ? [one] : []));
  const [first] = errors;
  // Matchers that one of them refuses are wrong for all; and where nobody answered there is no answer.
  const refused = errors.find((one) => one.failure === 'bad-query');
  if (refused) throw refused;
  if (first && errors.length === places.length + 1) throw first;

  const alerts: PlacedAlert[] = [];
  const silences = new Map<string, Silence>();
  const missing: string[] = [];
  let bytes = 0;
  for (const [index, found] of held.entries()) {
    const name = places[index]?.name ?? '';
    if (found instanceof BackendError) {
      missing.push(`${name === '' ? 'alerts' : `alerts of ${name}`} could not be read: ${found.message}`);
      continue;
    }
    const where = places.length > 1 ? (name === '' ? 'Grafana' : name) : undefined;
    alerts.push(...found.alerts.map((one) => ({ ...one, ...(where !== undefined && { where }) })));
    for (const [id, silence] of found.silences) silences.set(id, silence);
    missing.push(...found.missing);
    bytes += found.bytes;
  }
  if (rules instanceof BackendError) missing.push(`alert rules could not be read: ${rules.message}`);
  else {
    bytes += rules.bytes;
    const { fresh, unfiltered } = beyond(rules.alerts, alerts, query, options.now);
    alerts.push(...(places.length > 1 ? fresh.map((one) => ({ ...one, where: 'Grafana' })) : fresh));
    if (unfiltered) missing.push('pending alerts were not narrowed by the pattern');
  }
  return { alerts, silences, missing, bytes };
}

/** Alerts of rules that no Alertmanager holds: the pending ones, and what only just began to fire. */
function beyond(
  rules: readonly RuleAlert[],
  held: readonly PlacedAlert[],
  query: string,
  now: number,
): { readonly fresh: readonly PlacedAlert[]; readonly unfiltered: boolean } {
  const selection = readMatchers(query);
  // A rule does not know whom it will be sent to.
  if (!selection || selection.receiver) return { fresh: [], unfiltered: false };
  const known = new Set(held.map(({ labels }) => sameness(labels)));
  let unfiltered = false;
  const fresh = rules.flatMap((one) => {
    const met = meets(one.labels, selection);
    const alert = met === false || known.has(sameness(one.labels)) ? undefined : asAlert(one, now);
    if (alert && met === undefined) unfiltered = true;
    return alert ? [alert] : [];
  });
  return { fresh, unfiltered };
}

async function outcome<Value>(promise: Promise<Value>): Promise<Value | BackendError> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
}
