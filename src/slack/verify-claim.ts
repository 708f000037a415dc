import { doneLine } from '../../blocks/done.ts';
import { verifyMessage } from '../../blocks/investigation/verify.ts';
import { noted } from '../domain/decide/hypotheses.ts';
import { RuleViolation } from '../domain/errors.ts';
import type { EvidenceNote } from '../domain/evidence-note.ts';
import type { Incident } from '../domain/incident.ts';
import { claimAt, type PostedClaim, sayClaimName } from '../domain/investigation/posted-claims.ts';
import { verified } from '../domain/investigation/verify-claim.ts';
import { act } from '../flows/act.ts';
import { type Asked, askerOf, readingOf } from './call.ts';
import type { Said } from './command-row.ts';

/** Which evidence is to verify a claim, and which of its numbers. */
export interface VerifyBy {
  readonly evidence?: string;
  readonly pick?: number;
}

/**
 * Verifies a posted claim in place where the evidence shows it, and says what still lacks; else offers the numbers to pick from,
 * of the newest evidence where none is named.
 */
export async function verifyClaim(
  asked: Asked,
  incident: Incident,
  posted: PostedClaim,
  { evidence, pick }: VerifyBy,
): Promise<Said> {
  if (!posted.claim.verified) {
    const note = evidence === undefined ? incident.evidence.at(-1) : noted(incident, evidence);
    const shown = note && verified(posted.claim.text, note, incident.evidence, pick) !== posted.claim.text;
    if (evidence === undefined || !shown) return offer(asked, incident, posted, note);
  }
  const { seq, field } = posted;
  const command = {
    type: 'verify-claim',
    seq,
    ...(field && { field }),
    evidence: evidence ?? '',
    ...(pick !== undefined && { pick }),
  } as const;
  const { after } = await act(asked.bot.world, incident, command, askerOf(asked.request));
  const now = claimAt(after, posted);
  if (now && !now.claim.verified) return offer(asked, after, now, noted(after, evidence ?? ''));
  const line = `${sayClaimName(posted.name)} is verified by ${evidence}; its message is edited.`;
  return { kind: 'private', message: doneLine(after, line, await readingOf(asked, after)) };
}

async function offer(
  asked: Asked,
  incident: Incident,
  posted: PostedClaim,
  note: EvidenceNote | undefined,
): Promise<Said> {
  const message = verifyMessage(incident, posted, note, await readingOf(asked, incident));
  return { kind: 'private', message };
}

/** A click on *Verify* or one of its menus: `rest` is the field, the evidence and the number. */
export function verifyClicked(asked: Asked, incident: Incident, seq: number, rest: string): Promise<Said> {
  const [field, evidence, pick] = rest.split('/');
  const posted = claimAt(incident, { seq, ...(field === 'impact' || field === 'known' ? { field } : {}) });
  if (!posted)
    throw new RuleViolation(
      'no-such-claim',
      'That claim is not there any more. `verify` shows what is unverified.',
      [{ label: 'Unverified', command: 'verify' }],
    );
  return verifyClaim(asked, incident, posted, {
    ...(evidence !== undefined && { evidence }),
    ...(pick !== undefined && { pick: Number(pick) }),
  });
}
