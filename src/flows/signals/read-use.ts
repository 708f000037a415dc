import type { Backend } from '../../backends/backend.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { PersonId } from '../../domain/incident.ts';
import { INSTANCE_LABELS, SERVICE_LABELS } from '../../domain/signals/conventions.ts';
import type { SignalsReport } from '../../domain/signals/report.ts';
import { resourceErrorQuery, resourceErrors, sayNotReported } from '../../domain/signals/resource-errors.ts';
import { metricsOf, RESOURCES } from '../../domain/signals/resources.ts';
import { type Fullness, fullnesses, tellingOnes } from '../../domain/signals/saturation.ts';
import { matcherOf, nearestNames, type ServiceFound } from '../../domain/signals/service.ts';
import { type Matcher, type SignalQuery, USES, type Use } from '../../domain/signals/signal.ts';
import type { Instant, Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import type { World } from '../ports.ts';
import { poolsAmong } from './choose-saturation.ts';
import { type Known, whereIs } from './find-service.ts';
import { type Gathered, tried } from './gathered.ts';
import { type AskedQuery, answersOf, lineOf } from './line-of.ts';
import { type Look, listOf, lookAt } from './look.ts';
import { knownOf } from './read-signals.ts';
import { nowAndBefore } from './time-before.ts';

export interface UseAsking {
  readonly team: string;
  readonly backend: Backend;
  readonly resource: string;
  /** Of this service alone. */
  readonly service?: string;
  readonly window: Window;
  readonly began?: Instant;
  readonly by: PersonId;
}

/** So many metrics about a resource are looked at, and so many numbers of each part are asked for. */
const METRICS = 60;
const OF_EACH = 2;

/** One part of USE on its way. */
interface Part {
  readonly use: Use;
  readonly queries: readonly { readonly query: SignalQuery; readonly metric: string; readonly why: string }[];
}

/**
 * Utilization, saturation and errors of a resource, by service where its metrics name one, else by instance. A part that nothing
 * reports says so. Throws RuleViolation for what no metric is about; a service is told how services are asked for.
 */
export async function readUse(
  world: Pick<World, 'telemetry'>,
  asking: UseAsking,
  signal: AbortSignal,
): Promise<Gathered<SignalsReport>> {
  const { backend, resource, service } = asking;
  const times = nowAndBefore(asking.window, asking.began);
  const whole = { from: times.before.from, to: times.window.to };
  const look = lookAt(backend, whole, signal);
  const known = await knownOf(world, backend, signal);
  const names = metricsOf(resource, known.metrics).slice(0, METRICS);
  if (names.length === 0) throw await nothingAbout(look, resource, known);
  const found = service === undefined ? [] : await foundFor(look, service, known);
  const own = service === undefined ? names : names.filter((name) => matcherOf(name, found) !== undefined);
  const parts = await partsOf(look, own, found);
  const lines = await Promise.all(
    parts.map(async (part) => ({
      part,
      asked: await Promise.all(
        part.queries.map(async ({ query }): Promise<AskedQuery> => {
          const asked = { backend, query: query.text, window: whole, by: asking.by };
          return { query, answer: await tried(() => ask(world, asked, signal)) };
        }),
      ),
    })),
  );
  return {
    answers: lines.flatMap(({ asked }) => answersOf(asked)),
    report: (cite) => ({
      kind: 'signals',
      asked: 'use',
      subject: service === undefined ? resource : `${resource} of ${service}`,
      source: backend.title,
      under: found.map(({ matcher }) => matcher),
      ...times,
      read: 'last and average',
      lines: lines.map(({ part: { use, queries }, asked }) =>
        queries.length === 0
          ? { signal: use, amounts: [], chosen: [], others: [], lacks: sayNotReported(use, own.length) }
          : lineOf(
              { signal: use, chosen: queries.map(({ metric, why }) => ({ metric, why })), others: [] },
              asked,
              times,
              cite,
            ),
      ),
    }),
  };
}

async function partsOf(
  look: Look,
  names: readonly string[],
  found: readonly ServiceFound[],
): Promise<readonly Part[]> {
  const matchersOf = (metric: string): readonly Matcher[] => {
    const own = matcherOf(metric, found);
    return own ? [own] : [];
  };
  const pools = await poolsAmong(look, names, matchersOf);
  const used = ({ says }: Fullness) => says === 'used';
  const choose = (byOf: (metric: string) => readonly string[]) => {
    const all = fullnesses(names, pools, matchersOf, byOf);
    return {
      utilization: tellingOnes(all.filter(used), OF_EACH),
      saturation: tellingOnes(
        all.filter((one) => !used(one)),
        OF_EACH,
      ),
    };
  };
  const errors = resourceErrors(names).slice(0, OF_EACH);
  const first = choose(() => []);
  // What is grouped by is known once the labels of what was chosen are; both metrics of a pair have to have it.
  const wanted = [...first.utilization, ...first.saturation].flatMap(({ metric, limit }) => [
    metric,
    ...(limit === undefined ? [] : [limit]),
  ]);
  const labels = new Map(
    await Promise.all(
      [...new Set([...wanted, ...errors])].map(
        async (metric) => [metric, await look.labels(metric, matchersOf(metric))] as const,
      ),
    ),
  );
  const limitOf = new Map(
    [...first.utilization, ...first.saturation].flatMap(({ metric, limit }) =>
      limit === undefined
        ? []
        : ([
            [metric, limit],
            [limit, metric],
          ] as const),
    ),
  );
  const byOf = (metric: string) => {
    const other = limitOf.get(metric);
    const both = (label: string) =>
      (labels.get(metric) ?? []).includes(label) &&
      (other === undefined || (labels.get(other) ?? []).includes(label));
    const by = [...(found.length > 0 ? [] : SERVICE_LABELS), ...INSTANCE_LABELS].find(both);
    return by === undefined ? [] : [by];
  };
  const chosen = choose(byOf);
  const asked = (all: readonly Fullness[]) =>
    all.map(({ metric, query, unit, why, resource, says }) => ({
      query: { text: query, unit, ...(says === 'used' ? {} : { of: `${resource} ${says}` }) },
      metric,
      why,
    }));
  const queries: Readonly<Record<Use, Part['queries']>> = {
    utilization: asked(chosen.utilization),
    saturation: asked(chosen.saturation),
    errors: errors.map((metric) => ({
      query: resourceErrorQuery(metric, matchersOf(metric), byOf(metric)),
      metric,
      why: 'counts what went wrong by its name',
    })),
  };
  return USES.map((use) => ({ use, queries: queries[use] }));
}

async function foundFor(look: Look, service: string, known: Known): Promise<readonly ServiceFound[]> {
  const found = await whereIs(look, service, known);
  if (found.length > 0) return found;
  throw new RuleViolation(
    'unknown-service',
    `${look.backend.title} has no service \`${service.replaceAll('`', "'")}\` in this time. Leave it out to see every service.`,
  );
}

async function nothingAbout(look: Look, resource: string, known: Known): Promise<RuleViolation> {
  const said = `\`${resource.replaceAll('`', "'")}\``;
  const found = await whereIs(look, resource, known);
  if (found.length > 0)
    return new RuleViolation(
      'is-a-service',
      `${said} is a service, not a resource. A service is asked for rate, errors and duration.`,
      [
        { label: `red ${resource}`, command: `red ${resource}` },
        { label: `signals ${resource}`, command: `signals ${resource}` },
      ],
    );
  const reported = RESOURCES.filter(({ named }) => known.metrics.some((name) => named.test(name)));
  const nearest = nearestNames(resource, known.metrics, 3);
  return new RuleViolation(
    'unknown-resource',
    `No metric of ${look.backend.title} is about ${said}. ${reported.length === 0 ? `\`${listOf(look.backend)}\` lists them all.` : 'It reports:'}`,
    [...reported.map(({ says }) => says.toLowerCase()), ...nearest]
      .slice(0, 6)
      .map((one) => ({ label: one, command: `use ${one}` })),
  );
}
