import type { KnowledgeEvent } from '../../src/domain/knowledge/events.ts';
import { brief } from '../fit.ts';
import type { Told } from './told.ts';

const USED = {
  ran: 'ran a query of',
  helped: 'was helped by',
} as const;

/** What one event about knowledge says on the timeline. */
export function toldKnowledge(event: KnowledgeEvent): Told {
  switch (event.type) {
    case 'facts-taken':
      return {
        says: `took what is known of ${brief(event.service, 80)}`,
        parts: Object.entries(event.facts).map(([label, { value }]) => ({ label, text: brief(value, 200) })),
      };
    case 'suggested':
      return {
        says: 'it looks like',
        parts: event.suggestions.map((one) => ({ text: brief(one.name, 120) })),
      };
    case 'suggestion-dismissed':
      return { says: 'says it is something else than', parts: [{ text: brief(event.name, 120) }] };
    case 'knowledge-used':
      return { says: USED[event.how], parts: [{ text: brief(event.name, 120) }] };
  }
}
