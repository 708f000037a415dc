import { type Incident, incidentId, isOpen, type Recorded } from '../../domain/incident.ts';
import { SUGGESTED_AT_MOST, sameRef } from '../../domain/knowledge/suggestion.ts';
import type { OutboxPost } from '../../storage/store.ts';
import { row } from '../row.ts';

/** What makes Steady look for what is known, and draw what it found. */
export function suggestionRows(after: Incident, recorded: readonly Recorded[]): readonly OutboxPost[] {
  return recorded.flatMap((one) => rowsFor(after, one));
}

function rowsFor(after: Incident, { seq, event }: Recorded): readonly OutboxPost[] {
  const { number: incident } = after;
  const id = incidentId(incident);
  const look = () => row(`${id}/suggest-${seq}`, { kind: 'suggest', incident, because: seq });
  const card = (of: number, version?: number) =>
    row(`${id}/suggested-${of}${version === undefined ? '' : `@${version}`}`, {
      kind: 'suggestion-card',
      incident,
      seq: of,
    });
  switch (event.type) {
    case 'declared':
      return [look(), row(`${id}/own-suggestions`, { kind: 'own-suggestions', incident, to: event.by })];
    case 'service-set':
      return isOpen(after) ? [look()] : [];
    case 'retitled':
      return isOpen(after) && after.suggested.length < SUGGESTED_AT_MOST ? [look()] : [];
    case 'suggested':
      return [card(seq)];
    case 'suggestion-dismissed':
      return [card(event.seq, seq)];
    case 'knowledge-used':
      return after.suggested
        .filter(({ suggestions }) => suggestions.some((one) => sameRef(one.of, event.of)))
        .map((one) => card(one.seq, seq));
    default:
      return [];
  }
}
