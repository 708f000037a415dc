import type { EventField } from './apl.ts';
import { exactList, fieldName, isText } from './apl.ts';
import type { Unit } from './signal.ts';
import { timeUnit } from './time-unit.ts';

/** Fields that name a service, the surest first. */
export const SERVICE_FIELDS: readonly string[] = [
  'service.name',
  'resource.service.name',
  'service',
  'service_name',
  'kubernetes.labels.app',
  'app',
  'application',
];

const ENDPOINT_FIELDS: readonly string[] = [
  'attributes.http.route',
  'http.route',
  'route',
  'attributes.url.path',
  'url.path',
  'path',
  'uri',
  'endpoint',
  'name',
];
const OUTCOME_FIELDS: readonly string[] = [
  'attributes.http.response.status_code',
  'http.response.status_code',
  'attributes.http.status_code',
  'http.status_code',
  'status_code',
  'status',
  'error',
  'level',
  'severity',
];
const DURATION =
  /(?:^|[._])(?:duration|latency|elapsed|took|response_time)(?:_(?:s|seconds|ms|millis|milliseconds|us|ns))?$/;
const SPAN_KIND_FIELDS: readonly string[] = ['kind', 'span.kind', 'span_kind'];

/** The fields of a list that there are, the surest first. */
export function among(wanted: readonly string[], fields: readonly EventField[]): readonly string[] {
  return wanted.filter((name) => fields.some((one) => one.name === name));
}

export function endpointField(fields: readonly EventField[]): string | undefined {
  return among(ENDPOINT_FIELDS, fields)[0];
}

export function outcomeFields(fields: readonly EventField[]): readonly string[] {
  return among(OUTCOME_FIELDS, fields);
}

export function kindField(fields: readonly EventField[]): string | undefined {
  return among(SPAN_KIND_FIELDS, fields)[0];
}

/** Fields that time something, the shortest name first: a span's own duration before one of its parts'. */
export function durationFields(fields: readonly EventField[]): readonly string[] {
  return fields
    .filter(({ name, type = '' }) => DURATION.test(name) && !isText(type))
    .map(({ name }) => name)
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Axiom counts a timespan in nanoseconds; a plain number by its name. */
export function durationUnit(name: string, fields: readonly EventField[]): Unit {
  const { type = '', unit = '' } = fields.find((one) => one.name === name) ?? {};
  return /timespan/.test(type) ? 'nanoseconds' : timeUnit(unit === '' ? name : `${name}_${unit}`).unit;
}

/** How the events of a field tell what failed, as predicates. */
export interface EventOutcome {
  readonly field: string;
  readonly failed: string;
  readonly refused?: string;
  readonly says: string;
}

const FAILED = /^(?:5xx|error|err|errors|fail(?:ed|ure)?|fatal|critical|exception|status_code_error)$/i;

/** Reads what a field's values mean, by its type and the values seen; undefined where they tell no failures. */
export function eventOutcome(
  field: string,
  type: string,
  values: readonly string[],
): EventOutcome | undefined {
  const name = fieldName(field);
  const seen = values.filter((one) => one !== '' && one !== 'null');
  if (seen.length === 0) return undefined;
  if (seen.every((one) => /^[1-5]\d\d$/.test(one)))
    return isText(type)
      ? { field, failed: `${name} startswith "5"`, refused: `${name} startswith "4"`, says: '5xx' }
      : { field, failed: `${name} >= 500`, refused: `${name} >= 400 and ${name} < 500`, says: '5xx' };
  if (/error|fail|exception/i.test(field) && seen.every((one) => /^(?:true|false)$/i.test(one)))
    return { field, failed: `${name} == true`, says: `${field} true` };
  const failed = seen.filter((one) => FAILED.test(one));
  if (failed.length === 0) return undefined;
  return { field, failed: `${name} in (${exactList(failed)})`, says: failed.join(', ') };
}
