import type { InvestigationEvent } from '../src/domain/investigation/events.ts';
import type { Told } from './told.ts';

const JUDGED = { held: 'as expected', killed: 'proved it wrong', unclear: 'unclear' } as const;

/** What one event of the investigation says on the timeline. */
export function toldInvestigation(event: InvestigationEvent): Told {
  switch (event.type) {
    case 'hypothesis-stated':
      return {
        says: `stated ${event.hypothesis}`,
        parts: [{ text: event.statement }, { label: 'Would be wrong if', text: event.disproof }],
      };
    case 'disproof-set':
      return {
        says: `changed what would disprove ${event.hypothesis}`,
        parts: [{ text: event.disproof }, { label: 'Before', text: event.was }],
      };
    case 'test-planned':
      return { says: `test of ${event.hypothesis} expects`, parts: [{ text: event.expected }] };
    case 'test-run':
      return { says: `${event.evidence} tests ${event.hypothesis}` };
    case 'evidence-attached':
      return {
        says: `${event.evidence} ${{ for: 'supports', against: 'contradicts', tests: 'bears on' }[event.side]} ${event.hypothesis}`,
      };
    case 'hypothesis-judged':
      return {
        says: `${event.hypothesis} ${event.state}`,
        ...(event.outcome && { parts: [{ text: `its test ended: ${JUDGED[event.outcome]}` }] }),
      };
  }
}
