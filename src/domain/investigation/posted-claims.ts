import { type Claim, claims } from '../claim.ts';
import type { Incident } from '../incident.ts';

/** Where a claim was posted: the seq of its event, and the field where that has several. */
export interface ClaimPlace {
  readonly seq: number;
  readonly field?: 'impact' | 'known';
}

/** A claim that Steady posted, wherever: `claim` itself, a field of an update, that a mitigation helped. */
export interface PostedClaim extends ClaimPlace {
  /** As it is typed after `verify`: `C2`, `impact`, `known`, `mitigation`. */
  readonly name: string;
  readonly claim: Claim;
}

/** What `mitigate` claims where nobody says more. */
export const RECOVERED = 'customers no longer hurt';

/** The words of a mitigation as they stand, the evidence that was found later included. */
export function mitigationSays(
  { recoveries }: Pick<Incident, 'recoveries'>,
  seq: number,
  text?: string,
): string {
  return recoveries.findLast((one) => one.seq === seq)?.text ?? text ?? RECOVERED;
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
  return [...claimed, ...fields, ...mitigations].toSorted((a, b) => b.seq - a.seq);
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
  return name === 'mitigation' ? 'the recovery' : name;
}
