import { claimHints } from '../../blocks/claim-hints.ts';
import type { Message } from '../../blocks/message.ts';
import { claimFaults } from '../domain/claim-faults.ts';
import type { Incident, IncidentEvent } from '../domain/incident.ts';
import type { Said } from './command-row.ts';

/** What to point out privately about a claim that is out, by how it is called; undefined where nothing is wrong with its evidence. */
export function hintsOnClaim(
  incident: Incident,
  what: string,
  text: string | undefined,
): Message | undefined {
  const faults = claimFaults(text ?? '', incident.evidence);
  return faults.length === 0 ? undefined : claimHints(incident, what, faults);
}

/** A change of phase is its own answer; what is wrong with the evidence it names follows privately. */
export function phaseHeard(after: Incident, event: IncidentEvent | undefined): Said {
  const text = event && 'text' in event ? event.text : undefined;
  const what = event?.type === 'mitigated' ? 'what helped' : 'the cause';
  const hints = hintsOnClaim(after, what, text);
  return { kind: 'posted', ...(hints && { also: hints }) };
}
