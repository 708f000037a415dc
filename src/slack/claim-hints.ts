import { claimHints } from '../../blocks/investigation/claim-hints.ts';
import { verifyMessage } from '../../blocks/investigation/verify.ts';
import type { Message } from '../../blocks/message.ts';
import { claimFaults } from '../domain/claim-faults.ts';
import type { Incident, Recorded } from '../domain/incident.ts';
import { claimAt } from '../domain/investigation/posted-claims.ts';
import { type Asked, readingOf } from './call.ts';
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

/**
 * A change of phase is its own answer; what is wrong with the evidence it names follows privately. A mitigation without evidence
 * of the recovery offers the newest one, number by number.
 */
export async function phaseHeard(
  asked: Asked,
  after: Incident,
  recorded: Recorded | undefined,
): Promise<Said> {
  const event = recorded?.event;
  const text = event && 'text' in event ? event.text : undefined;
  const posted = recorded && event?.type === 'mitigated' ? claimAt(after, { seq: recorded.seq }) : undefined;
  if (posted && !posted.claim.verified) {
    const faults = claimFaults(posted.claim.text, after.evidence);
    const reading = await readingOf(asked, after);
    return { kind: 'posted', also: verifyMessage(after, posted, after.evidence.at(-1), reading, faults) };
  }
  const hints = hintsOnClaim(after, event?.type === 'mitigated' ? 'what helped' : 'the cause', text);
  return { kind: 'posted', ...(hints && { also: hints }) };
}
