import { type Discovery, type Matched, matched } from '../backend.ts';
import { type Place, pointAt, undiscovered, unknownNames } from '../unknown-names.ts';
import { namedFields } from './fields.ts';
import { type Matcher, readLogql } from './logql.ts';

/**
 * See `Backend.match`. A label that no stream has is refused. A value that no stream has is a hint: a service that stopped
 * writing is a finding, and so is one that never was.
 */
export function matchLogql(query: string, discovery: Discovery, place: Place): Matched {
  const reading = readLogql(query);
  if (!reading) return matched(query, 'this query could not be parsed here, so the server decides');
  const labels = discovery.lists.find((list) => list.kind === 'labels');
  if (!labels) throw undiscovered('labels', discovery, place);
  const positive = reading.selectors.flat().filter(demands);
  const known = new Set(labels.names);
  const unknown = [...new Set(positive.map((one) => one.label))].filter((label) => !known.has(label));
  if (unknown.length > 0 && labels.truncated) return matched(query, 'the list of labels is not complete');
  if (unknown.length > 0) throw unknownNames('label', unknown, labels.names, place);
  return matched(query, undefined, hints(positive, discovery), namedFields(query));
}

/** Met only by streams that have the label: `x=""`, `x!="…"` and `x=~".*"` are met by those without it. */
function demands({ label, op, value }: Matcher): boolean {
  if (label.startsWith('__')) return false;
  return op === '=' ? value !== '' : op === '=~' && /^[\w-]/.test(value) && !value.includes('|');
}

function hints(matchers: readonly Matcher[], discovery: Discovery): string[] {
  const streams = discovery.lists.find((list) => list.kind === 'streams');
  if (!streams) return [];
  const out = new Set<string>();
  for (const { label, op, value } of matchers) {
    if (op !== '=') continue;
    const prefix = `${label}=`;
    const values = streams.names
      .filter((name) => name.startsWith(prefix))
      .map((name) => unquoted(name.slice(prefix.length)));
    // A label whose values were not read, or not all, says nothing of one that is not among them.
    if (values.length === 0 || streams.truncated || values.includes(value)) continue;
    out.add(pointAt(label, value, values));
  }
  return [...out].slice(0, 5);
}

/** As a selector takes it: `service_name="checkout"`. */
export function streamName(label: string, value: string): string {
  return `${label}=${JSON.stringify(value)}`;
}

function unquoted(literal: string): string {
  const value: unknown = JSON.parse(literal);
  return typeof value === 'string' ? value : '';
}
