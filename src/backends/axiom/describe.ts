import { BackendError } from '../../domain/errors.ts';
import type { Window } from '../../domain/time.ts';
import type { Field, Schema } from '../backend.ts';
import { quoteName } from './apl/tokens.ts';
import type { AxiomClient } from './ask-axiom.ts';
import { type Catalog, type Dataset, holdsMetrics, readMetricName } from './catalog.ts';
import { readMetrics, readVirtual, within } from './discover.ts';
import { fieldsAnswer, namesAnswer } from './schema.ts';

/** Runs a query of events and gives its rows, columns by name. */
export type Rows = (
  apl: string,
  window: Window,
  signal: AbortSignal,
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Map fields whose keys are looked for, and events looked at for them. */
const MAPS_SAMPLED = 5;
const SAMPLE = 100;

/**
 * The fields of a dataset, with the keys seen inside its maps; the metrics of a metrics dataset; the tags of `dataset:metric`.
 * Fields are those of events in the window: https://axiom.co/docs/apl/tabular-operators/getschema-operator
 */
export async function describeSource(
  client: AxiomClient,
  catalog: Catalog,
  rows: Rows,
  source: string,
  window: Window,
  signal: AbortSignal,
): Promise<Omit<Schema, 'at'>> {
  const named = catalog.get(source);
  const metric = named ? undefined : readMetricName(source);
  const home = catalog.get(metric?.dataset ?? '');
  if (metric && home) return { source, fields: await tags(client, home, metric.metric, window, signal) };
  if (named && holdsMetrics(named)) {
    const metrics = await readMetrics(client, named, window, signal);
    const fields = Object.entries(metrics).map(
      ([name, { type, unit }]): Field => ({ name, ...(type && { type }), ...(unit && { unit }) }),
    );
    return { source, fields };
  }
  const [schema, meanings, virtual] = await Promise.all([
    rows(`${quoteName(source)} | getschema`, window, signal),
    optional('units and descriptions', readMeanings(client, named, signal)),
    optional('virtual fields', named ? readVirtual(client, named.name, signal) : Promise.resolve([])),
  ]);
  const known = new Map(meanings.found.map((one) => [one.name, one]));
  const maps = (named?.mapFields ?? []).filter((name) => schema.some((row) => row.ColumnName === name));
  const keys = await sampled(rows, source, maps.slice(0, MAPS_SAMPLED), window, signal);
  const fields = schema.map((row): Field => {
    const name = String(row.ColumnName);
    const { type, unit, description } = known.get(name) ?? {};
    const said = type || String(row.DataType ?? row.ColumnType ?? '');
    const inside = keys.get(name);
    return {
      name,
      ...(said !== '' && { type: said }),
      ...(unit && { unit }),
      ...(description && { description }),
      ...(inside && { keys: inside }),
    };
  });
  const told = new Set(fields.map((one) => one.name));
  const computed = virtual.found
    .filter((one) => one.dataset === source && !told.has(one.name))
    .map(
      ({ name, expression }): Field => ({
        name,
        type: 'virtual',
        ...(expression && { description: expression }),
      }),
    );
  const notes = [
    ...(keys.size > 0 ? [`keys of maps are those of ${SAMPLE} events`] : []),
    ...(maps.length > MAPS_SAMPLED ? [`${maps.length - MAPS_SAMPLED} more maps were not looked into`] : []),
    ...[meanings.why, virtual.why].filter((why) => why !== undefined),
  ];
  return { source, fields: [...fields, ...computed], ...(notes.length > 0 && { note: notes.join('; ') }) };
}

/** Without the right to read it the schema stands, and says what it lacks. */
async function optional<One>(
  what: string,
  reading: Promise<readonly One[]>,
): Promise<{ readonly found: readonly One[]; readonly why?: string }> {
  try {
    return { found: await reading };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { found: [], why: `${what} could not be read: ${error.message}` };
  }
}

async function readMeanings(client: AxiomClient, dataset: Dataset | undefined, signal: AbortSignal) {
  if (!dataset) return [];
  const path = `/v2/datasets/${encodeURIComponent(dataset.id)}/fields`;
  const asked = { path, needs: 'the capability to read datasets' };
  return await client.read(client.management, asked, fieldsAnswer, signal);
}

async function sampled(
  rows: Rows,
  source: string,
  maps: readonly string[],
  window: Window,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all(
    maps.map(async (map) => {
      const name = quoteName(map);
      const apl = `${quoteName(source)} | where isnotnull(${name}) | project ${name} | take ${SAMPLE}`;
      const seen = new Set<string>();
      for (const row of await rows(apl, window, signal)) {
        const value = row[map];
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          for (const key of Object.keys(value)) seen.add(key);
      }
      return [map, [...seen].sort()] as const;
    }),
  );
  return new Map(found);
}

async function tags(
  client: AxiomClient,
  dataset: Dataset,
  metric: string,
  window: Window,
  signal: AbortSignal,
): Promise<readonly Field[]> {
  const path = `/v1/query/metrics/info/datasets/${encodeURIComponent(dataset.name)}/metrics/${encodeURIComponent(metric)}/tags`;
  const asked = { path, params: within(window), needs: `query of ${dataset.name}` };
  const names = await client.read(client.metricsRoute(dataset), asked, namesAnswer, signal);
  return names.map((name) => ({ name, type: 'tag' }));
}

/** A field as APL takes it, with its path where it leads into a map: `['attributes.custom']['http.protocol']`. */
export function fieldExpression(field: string, dataset: Dataset | undefined): string {
  if (/^\['/.test(field)) return field;
  const map = (dataset?.mapFields ?? [])
    .filter((name) => field.startsWith(`${name}.`))
    .toSorted((a, b) => b.length - a.length)[0];
  return map === undefined ? quoteName(field) : `${quoteName(map)}${quoteName(field.slice(map.length + 1))}`;
}
