import type { Matched, Schema } from '../../backends/backend.ts';
import type { LookInto } from '../../domain/evidence.ts';
import { type Duration, SECOND } from '../../domain/time.ts';
import type { Asking } from '../ask.ts';
import type { World } from '../ports.ts';

/** A person waits for the answer, not for its schema. */
const PATIENCE: Duration = 2 * SECOND;
/** Sources looked at for one query, and hints given. */
const SOURCES = 4;
const HINTS = 5;

/**
 * Reads the schema of every source that a query names, once in an incident, and points at fields that it lacks, with the
 * nearest that it has. Never throws and never refuses: a schema that cannot be read in time says nothing.
 */
export async function unknownFields(
  { telemetry, schemas }: Pick<World, 'telemetry' | 'schemas'>,
  { backend, window, about = '' }: Pick<Asking, 'backend' | 'window' | 'about'>,
  { sources = [], hints = [] }: Matched,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!backend.schema || !schemas) return [];
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const read = async ({ source, fields }: (typeof sources)[number]) => {
    const key = `${about} ${backend.tool} ${backend.deployment} ${source}`;
    const schema = await schemas.read(key, async () => {
      if (!backend.schema) throw new TypeError('no schema');
      return backend.schema(source, window, within);
    });
    if (!schema || schema.truncated || schema.fields.length === 0) return [];
    const names = schema.fields.map(({ name }) => name);
    return fields
      .filter((field) => !has(schema, field) && !hints.some((hint) => hint.includes(`\`${field}\``)))
      .map((field) => say(source, field, telemetry.nearest(field, names)));
  };
  const found = await Promise.all(sources.slice(0, SOURCES).map(read));
  return [...new Set(found.flat())].slice(0, HINTS);
}

/** What to look into where nothing came back: the first source, and the first field that filtered it. */
export function lookIntoOf({ sources = [] }: Matched): LookInto | undefined {
  const chosen = sources.find(({ fields }) => fields.length > 0) ?? sources[0];
  const field = chosen?.fields[0];
  return chosen && { source: chosen.source, ...(field !== undefined && { field }) };
}

/** A field by its name, or a key inside one that holds keys: `attributes.http.status`. */
function has({ fields }: Schema, field: string): boolean {
  return fields.some(({ name, keys }) => {
    if (name === field) return true;
    const rest = field.startsWith(name)
      ? /^[.[]['"]?(.+?)['"]?\]?$/.exec(field.slice(name.length))?.[1]
      : undefined;
    return rest !== undefined && (keys === undefined || keys.includes(rest));
  });
}

function say(source: string, field: string, nearest: readonly string[]): string {
  const ticked = (text: string) => `\`${text.replaceAll('`', "'")}\``;
  const offer = nearest.length > 0 ? ` Nearest: ${nearest.map(ticked).join(', ')}.` : '';
  return `${ticked(source)} has no field ${ticked(field)} in this time.${offer}`;
}
