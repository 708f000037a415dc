import { type Claim, claims } from '../claim.ts';
import type { Incident } from '../incident.ts';

/** Where a claim was posted: the seq of its event, and the field where that has several. */
export interface ClaimPlace {
  readonly seq: number;
  readonly field?: 'impact' | 'known';
}

/** A claim that Steady posted, wherever: `claim` itself, a field of an update, that a mitigation helped, what the cause was. */
export interface PostedClaim extends ClaimPlace {
  /** As it is typed after `verify`: `C2`, `impact`, `known`, `mitigation`, `resolution`. */
  readonly name: string;
  readonly claim: Claim;
}

/** What `mitigate` claims where nobody says more. */
export const RECOVERED = 'customers no longer hurt';

/** The words of a mitigation or a resolution as they stand, the evidence that was found later included. */
export function saysNow(
  { verifiedWords }: Pick<Incident, 'verifiedWords'>,
  seq: number,
  text: string | undefined,
): string | undefined {
  return verifiedWords.find((one) => one.seq === seq)?.text ?? text;
}

export function mitigationSays(
  incident: Pick<Incident, 'verifiedWords'>,
  seq: number,
  text?: string,
): string {
  return saysNow(incident, seq, text) ?? RECOVERED;
}

/** All of them, the newest first. */
export function postedClaims(incident: Incident): readonly PostedClaim[] {
  const tie = (text: string) => claims(text, incident.evidence);
  const claimed = incident.claims.map(({ id, seq, text }) => ({ seq, name: id, claim: tie(text) }));
  const fields = incident.updates.flatMap(({ seq, fields }) =>
    (['impact', 'known'] as const).flatMap((field) => {
      const text = fields[field];
      return text === undefined ? [] : [{ seq, field, name: field, claim: tie(text) }];
    }),
  );
  const mitigations = incident.timeline.flatMap(({ seq, event }) =>
    event.type === 'mitigated'
      ? [{ seq, name: 'mitigation', claim: tie(mitigationSays(incident, seq, event.text)) }]
      : [],
  );
  return [...claimed, ...fields, ...mitigations, ...resolutions(incident)].toSorted((a, b) => b.seq - a.seq);
}

/** What was said to be the cause and the fix: of every end, and of one that waits for its answers. */
function resolutions(incident: Incident): readonly PostedClaim[] {
  return incident.timeline.flatMap(({ seq, event }) => {
    const waits = event.type === 'resolution-proposed' && incident.conclusion?.seq === seq;
    if (event.type !== 'resolved' && !waits) return [];
    const text = saysNow(incident, seq, event.text);
    return text === undefined ? [] : [{ seq, name: 'resolution', claim: claims(text, incident.evidence) }];
  });
}

export function claimAt(incident: Incident, { seq, field }: ClaimPlace): PostedClaim | undefined {
  return postedClaims(incident).find((one) => one.seq === seq && one.field === field);
}

/** The newest of that name; undefined where there is none. */
export function claimNamed(incident: Incident, name: string): PostedClaim | undefined {
  return postedClaims(incident).find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** How a claim is called in a sentence. */
export function sayClaimName(name: string): string {
  if (name === 'impact') return '*Impact* in the update';
  if (name === 'known') return '*What we know* in the update';
  if (name === 'mitigation') return 'the recovery';
  return name === 'resolution' ? 'the resolution' : name;
}
