import type { Claim } from '../../src/domain/claim.ts';
import { type EvidenceNote, linkOf } from '../../src/domain/evidence-note.ts';
import { count, cut } from '../fit.ts';
import type { Reading, TextFile } from '../message.ts';
import { bold, type Inline, link, ours, words } from '../text.ts';

/** Shown of one claim; the whole is in a file beyond that. */
export const CLAIM_SHOWN = 2_400;
const LINKS_SHOWN = 12;
/** Characters of addresses in one claim. */
const LINKS_ROOM = 4_000;
export const UNVERIFIED = '⚠️ UNVERIFIED: ';

/** A claim as it is posted: its evidence as links, or exactly one label. */
export function claimText(
  claim: Claim,
  evidence: readonly EvidenceNote[],
  reading: Reading,
  whole: { readonly name: string; readonly title: string; readonly files: TextFile[]; readonly max?: number },
): Inline[] {
  const { shown, rest } = cut(claim.text, whole.max ?? CLAIM_SHOWN);
  const body = cited(shown, claim, evidence, reading);
  const label = claim.verified ? [] : [ours(UNVERIFIED, { bold: true })];
  if (rest === 0) return [...label, ...body];
  whole.files.push({ name: whole.name, title: whole.title, text: claim.text });
  return [
    ...label,
    ...body,
    ours(` … ${count(rest)} characters more in ${whole.title}`, { italic: true }),
    ...missing(claim, shown, evidence),
  ];
}

/** Evidence named beyond the cut still shows its link. */
function missing(claim: Claim, shown: string, evidence: readonly EvidenceNote[]): Inline[] {
  const said = new Set(shown.match(/\bE\d{1,6}\b/g) ?? []);
  const left = withinRoom(
    claim.evidence.filter((id) => !said.has(id)),
    evidence,
  );
  return left.flatMap((id) => [ours(' '), one(id, evidence)]);
}

/** Each evidence is a link where it is first named, up to a number that keeps a message small. */
function cited(shown: string, claim: Claim, evidence: readonly EvidenceNote[], reading: Reading): Inline[] {
  const left = new Set(withinRoom(claim.evidence, evidence));
  return words(shown, reading).flatMap((run) => {
    if (run.type !== 'text') return [run];
    return run.text.split(/\b(E\d{1,6})\b/).flatMap((part, index): Inline[] => {
      if (part === '') return [];
      const id = `E${Number(part.slice(1))}`;
      return [index % 2 === 1 && left.delete(id) ? one(id, evidence) : ours(part)];
    });
  });
}

/** Links count towards a message's size as well: the first ones that fit. */
function withinRoom(ids: readonly string[], evidence: readonly EvidenceNote[]): readonly string[] {
  let room = LINKS_ROOM;
  return ids.slice(0, LINKS_SHOWN).filter((id) => {
    const note = evidence.find((each) => each.id === id);
    const size = (note && linkOf(note)?.length) ?? 0;
    if (size > room) return false;
    room -= size;
    return true;
  });
}

function one(id: string, evidence: readonly EvidenceNote[]): Inline {
  const note = evidence.find((each) => each.id === id);
  return note ? link(linkOf(note), id) : bold(id);
}

/** `E5, E6` as links, for lists of what is there. */
export function evidenceLinks(
  ids: readonly string[],
  evidence: readonly EvidenceNote[],
  most = 12,
): Inline[] {
  const shown = ids
    .slice(0, most)
    .flatMap((id, index) => [...(index > 0 ? [ours(', ')] : []), one(id, evidence)]);
  return ids.length <= most
    ? shown
    : [...shown, ours(` and ${count(ids.length - most)} more in the timeline`)];
}
