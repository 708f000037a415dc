import { type Claim, claims } from './claim.ts';
import { type ClaimFault, claimFaults } from './claim-faults.ts';
import type { EvidenceNote } from './evidence-note.ts';
import { citeNumber } from './shown-numbers.ts';

/** The parts of an update. *Impact* and *What we know* are claims; *Doing* never is. */
export interface UpdateFields {
  readonly impact?: string;
  readonly known?: string;
  readonly doing?: string;
}

/** A field of an update as it is shown: claims carry their evidence or the label. */
export interface ShownUpdate {
  readonly impact?: Claim;
  readonly known?: Claim;
  readonly doing?: string;
}

const FIELD = /(?:^|[\s;,.])(impact|known|what we know|we know|doing|next step)\s*:\s*/gi;

/**
 * Reads what a person typed after `update`: `impact: … known: … doing: …` in any order, where what comes before the first
 * field, or all of it, is *What we know*. Fields only count by name, never by what the words sound like.
 */
export function readUpdate(text: string): UpdateFields {
  const marks = [...text.matchAll(FIELD)];
  const parts: { impact?: string; known?: string; doing?: string } = {};
  const add = (field: 'impact' | 'known' | 'doing', value: string) => {
    const clean = value.trim().replace(/[;,]$/, '').trim();
    if (clean === '') return;
    const before = parts[field];
    parts[field] = before === undefined ? clean : `${before}; ${clean}`;
  };
  add('known', text.slice(0, marks[0]?.index ?? text.length));
  marks.forEach((mark, index) => {
    const name = (mark[1] ?? '').toLowerCase();
    const field = name === 'impact' ? 'impact' : name === 'doing' || name === 'next step' ? 'doing' : 'known';
    add(field, text.slice((mark.index ?? 0) + mark[0].length, marks[index + 1]?.index ?? text.length));
  });
  return parts;
}

/** Ties the claim fields to the evidence they name. */
export function showUpdate(fields: UpdateFields, evidence: readonly EvidenceNote[]): ShownUpdate {
  return {
    ...(fields.impact !== undefined && { impact: claims(fields.impact, evidence) }),
    ...(fields.known !== undefined && { known: claims(fields.known, evidence) }),
    ...(fields.doing !== undefined && { doing: fields.doing }),
  };
}

/** Two updates say the same when nothing but case, blanks and punctuation differs. */
export function sameUpdate(a: UpdateFields, b: UpdateFields): boolean {
  const fold = (text: string | undefined) =>
    (text ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return (['impact', 'known', 'doing'] as const).every((field) => fold(a[field]) === fold(b[field]));
}

/** A hint for the author, given privately after the update is out. It never holds the update back. */
export type UpdateHint =
  | { readonly kind: 'impact-missing' }
  | { readonly kind: 'doing-missing' }
  | { readonly kind: 'unverified'; readonly field: 'impact' | 'known' }
  | (ClaimFault & { readonly field: 'impact' | 'known' })
  | {
      readonly kind: 'vague';
      readonly field: 'impact' | 'known';
      readonly word: string;
      readonly offer?: { readonly evidence: string; readonly value: string };
    }
  | { readonly kind: 'guessed-eta'; readonly words: string };

const VAGUE = /\b(some|several|a few|many|most|lots of|recently|a while ago|earlier|shortly|soon)\b/i;
const ETA =
  /\b(?:fixed|resolved|back|recovered|done|up)\s+(?:again\s+)?(?:in|within|by)\s+(?:about\s+|around\s+)?(?:\d+|an?)\s*(?:min(?:ute)?s?|h(?:our)?s?|:\d\d)?/i;

/** What would make the update better. Pure: the newest evidence offers the number for a vague word. */
export function hintsFor(fields: UpdateFields, evidence: readonly EvidenceNote[]): readonly UpdateHint[] {
  const hints: UpdateHint[] = [];
  if (fields.impact === undefined) hints.push({ kind: 'impact-missing' });
  if (fields.doing === undefined) hints.push({ kind: 'doing-missing' });
  for (const field of ['impact', 'known'] as const) {
    const text = fields[field];
    if (text === undefined) continue;
    const faults = claimFaults(text, evidence);
    hints.push(...faults.map((one) => ({ ...one, field })));
    if (!claims(text, evidence).verified && faults.length === 0) hints.push({ kind: 'unverified', field });
    const vague = VAGUE.exec(text);
    if (vague) {
      const newest = evidence.findLast((one) => one.findings[0]?.last !== undefined);
      const value = newest?.findings[0]?.last?.value;
      hints.push({
        kind: 'vague',
        field,
        word: vague[0],
        ...(newest &&
          value !== undefined && { offer: { evidence: newest.id, value: citeNumber(Number(value)) } }),
      });
    }
  }
  const eta = ETA.exec([fields.impact, fields.known, fields.doing].filter(Boolean).join(' '));
  if (eta) hints.push({ kind: 'guessed-eta', words: eta[0] });
  return hints;
}
