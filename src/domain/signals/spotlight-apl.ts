import type { Instant } from '../time.ts';
import { datasetName, type EventField, fieldName } from './apl.ts';

/** A dataset as a person names it, and what followed. */
export interface NamedDataset {
  readonly dataset: string;
  readonly rest: string;
}

/** Axiom scores each field on its own; more than this is more than anybody reads. */
const FIELDS = 20;
/** Fields whose values tell single events apart, or are prose. */
const NO_GROUP = /^_|(?:^|[._])(?:id|ids|uuid|guid|message|msg|body|stack|stacktrace|timestamp|time)$/i;
const COMPARED = /^(?:string|bool(?:ean)?|integer|long|int|float|real|timespan)\b/;

/** Reads `['shop-traces'] status >= 500`, `shop-traces …`; undefined where no dataset begins it. */
export function readDataset(text: string): NamedDataset | undefined {
  const quoted = /^\[(['"])((?:[^'"\\]|\\.)+)\1\]\s*([\s\S]*)$/.exec(text.trim());
  const plain = /^([A-Za-z_][\w.-]*)(?:\s+([\s\S]*))?$/.exec(text.trim());
  const [dataset, rest] = quoted ? [quoted[2], quoted[3]] : [plain?.[1], plain?.[2]];
  return dataset === undefined
    ? undefined
    : { dataset, rest: (rest ?? '').replace(/^\|\s*(?:where\s+)?/, '').trim() };
}

/**
 * Axiom's own comparison of the events that meet a predicate with the rest, over the fields that tell groups apart; undefined where
 * the dataset has none. https://axiom.co/docs/apl/aggregation-function/spotlight
 */
export function spotlightApl(
  dataset: string,
  predicate: string,
  fields: readonly EventField[],
): string | undefined {
  const compared = fields
    .filter(({ name, type }) => !NO_GROUP.test(name) && (type === undefined || COMPARED.test(type)))
    .slice(0, FIELDS)
    .map(({ name }) => fieldName(name));
  return compared.length === 0
    ? undefined
    : `${datasetName(dataset)} | summarize spotlight(${[predicate, ...compared].join(', ')})`;
}

/** The events from a moment on, against those before it in the same window. */
export function sinceApl(at: Instant): string {
  return `_time >= datetime(${new Date(at).toISOString()})`;
}
