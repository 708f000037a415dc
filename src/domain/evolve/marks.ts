import type { Entry, IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What people marked and what was asked. */
export const MARKS = {
  'entry-added': (incident, event) => ({
    ...incident,
    entries: [...incident.entries.filter((one) => !sameMessage(one, event)), entryOf(event)].sort(
      (a, b) => a.at - b.at,
    ),
  }),
  'entry-edited': (incident, event) => ({
    ...incident,
    entries: incident.entries.map((one) => (sameMessage(one, event) ? { ...one, text: event.text } : one)),
  }),
  'entry-removed': (incident, event) => ({
    ...incident,
    entries: incident.entries.filter((one) => !sameMessage(one, event)),
  }),
  'evidence-recorded': (incident, event) => ({
    ...incident,
    evidence: [...incident.evidence, event.evidence],
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

function sameMessage(
  entry: Entry,
  event: { readonly message: { readonly channel: string; readonly ts: string } },
): boolean {
  return entry.message.channel === event.message.channel && entry.message.ts === event.message.ts;
}

function entryOf(event: Extract<IncidentEvent, { type: 'entry-added' }>): Entry {
  return {
    message: event.message,
    text: event.text,
    author: event.author,
    addedBy: event.by,
    at: event.writtenAt,
  };
}
