import type { Backend } from '../../backends/backend.ts';
import { BackendError, RuleViolation } from '../../domain/errors.ts';
import type { EventField } from '../../domain/signals/apl.ts';
import type { Corrections } from '../../domain/signals/correction.ts';
import {
  among,
  durationFields,
  durationUnit,
  type EventOutcome,
  endpointField,
  eventOutcome,
  kindField,
  outcomeFields,
  SERVICE_FIELDS,
} from '../../domain/signals/event-fields.ts';
import type { EventPlan } from '../../domain/signals/event-queries.ts';
import { nearestNames } from '../../domain/signals/service.ts';
import type { Window } from '../../domain/time.ts';

/** Where the events of a service are, and what else may be meant. */
export interface PlannedEvents {
  readonly plan: EventPlan;
  /** Other datasets that have the service, other fields that time, other fields that tell failures. */
  readonly others: {
    readonly datasets: readonly string[];
    readonly durations: readonly string[];
    readonly outcomes: readonly string[];
  };
}

export interface PlanningEvents {
  readonly backend: Backend;
  readonly datasets: readonly { readonly name: string; readonly about?: string }[];
  readonly service: string;
  readonly window: Window;
  readonly corrections: Corrections;
  /** The dataset that a fact names, taken where several fit and nobody corrected it. */
  readonly dataset?: string;
}

/** So many datasets are looked into, traces first; and so many fields for how requests ended. */
const DATASETS = 12;
const OUTCOMES = 3;

interface Home {
  readonly dataset: string;
  readonly fields: readonly EventField[];
  readonly service: EventPlan['service'];
  readonly score: number;
}

/** Finds the dataset whose events tell most of a service, and its fields. Throws RuleViolation where no dataset has the service. */
export async function planEvents(asked: PlanningEvents, signal: AbortSignal): Promise<PlannedEvents> {
  const { backend, corrections } = asked;
  const homes = await homesOf(asked, signal);
  const wanted = corrections.traffic?.metric ?? asked.dataset;
  const home = homes.find(({ dataset }) => dataset === wanted) ?? homes[0];
  if (!home) throw new TypeError('A service without a dataset was not refused');
  const { fields, dataset } = home;
  const valuesOf = valuesReader(backend, asked.window, signal);
  const durations = durationFields(fields);
  const corrected = fields.find(({ name }) => name === corrections.latency?.metric)?.name;
  const duration = corrected ?? durations[0];
  const kind = kindField(fields);
  const server = kind && (await valuesOf(dataset, kind)).find((one) => /(?:^|_)server$/i.test(one));
  const outcomes = outcomeFields(fields);
  const first = fields.find(({ name }) => name === corrections.errors?.metric)?.name;
  const outcome = await outcomeAmong(
    [...(first === undefined ? [] : [first]), ...outcomes].slice(0, OUTCOMES),
    home,
    valuesOf,
  );
  const endpoint = endpointField(fields);
  return {
    plan: {
      dataset,
      service: home.service,
      ...(kind !== undefined && server !== undefined && { served: { field: kind, value: server } }),
      ...(duration !== undefined && { duration: { field: duration, unit: durationUnit(duration, fields) } }),
      ...(outcome && { outcome }),
      ...(endpoint !== undefined && { endpoint }),
    },
    others: {
      datasets: homes.map((one) => one.dataset).filter((name) => name !== dataset),
      durations: durations.filter((name) => name !== duration),
      outcomes: outcomes.filter((name) => name !== outcome?.field),
    },
  };
}

type Values = (dataset: string, field: string) => Promise<readonly string[]>;

function valuesReader(backend: Backend, window: Window, signal: AbortSignal): Values {
  return async (dataset, field) => {
    const result = (await backend.values?.(dataset, field, window, signal))?.result;
    return result?.kind === 'rows' ? result.rows.map(([value]) => String(value)) : [];
  };
}

async function homesOf(
  { backend, datasets, service, window }: PlanningEvents,
  signal: AbortSignal,
): Promise<readonly Home[]> {
  const traced = ({ name, about = '' }: PlanningEvents['datasets'][number]) =>
    /trace|span/i.test(`${name} ${about}`);
  const looked = datasets
    .filter(({ about = '' }) => !/metrics/.test(about))
    .toSorted((a, b) => Number(traced(b)) - Number(traced(a)))
    .slice(0, DATASETS);
  const valuesOf = valuesReader(backend, window, signal);
  const names = new Set<string>();
  const found = await Promise.all(
    looked.map(async ({ name }): Promise<Home | undefined> => {
      const fields = await fieldsOf(backend, name, window, signal);
      const [field] = among(SERVICE_FIELDS, fields);
      if (field === undefined) return undefined;
      const values = await valuesOf(name, field);
      for (const value of values) names.add(value);
      const value = values.find((one) => one.toLowerCase() === service.toLowerCase());
      if (value === undefined) return undefined;
      const tells = [
        durationFields(fields).length > 0,
        outcomeFields(fields).length > 0,
        kindField(fields) !== undefined,
      ];
      return { dataset: name, fields, service: { field, value }, score: tells.filter(Boolean).length };
    }),
  );
  const homes = found.filter((one) => one !== undefined).toSorted((a, b) => b.score - a.score);
  if (homes.length > 0) return homes;
  const nearest = nearestNames(service, [...names], 5);
  throw new RuleViolation(
    'unknown-service',
    `${backend.title} has no service \`${service.replaceAll('`', "'")}\` in this time. Looked in ${looked.map(({ name }) => `\`${name}\``).join(', ')}.`,
    (nearest.length > 0 ? nearest : [...names].slice(0, 5)).map((one) => ({
      label: one,
      command: `signals axiom ${one}`,
    })),
  );
}

/** A dataset that cannot be read keeps nobody from the others. */
async function fieldsOf(
  backend: Backend,
  dataset: string,
  window: Window,
  signal: AbortSignal,
): Promise<readonly EventField[]> {
  try {
    return (await backend.schema?.(dataset, window, signal))?.fields ?? [];
  } catch (error) {
    if (error instanceof BackendError) return [];
    throw error;
  }
}

async function outcomeAmong(
  candidates: readonly string[],
  { dataset, fields }: Home,
  valuesOf: Values,
): Promise<EventOutcome | undefined> {
  for (const field of candidates) {
    const type = fields.find(({ name }) => name === field)?.type ?? '';
    const outcome = eventOutcome(field, type, await valuesOf(dataset, field));
    if (outcome) return outcome;
  }
  return undefined;
}
