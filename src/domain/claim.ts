import type { EvidenceNote, Finding } from './evidence-note.ts';

/** A statement that Steady posts: either a person tied it to evidence, or it is shown as UNVERIFIED. */
export interface Claim {
  readonly text: string;
  /** Evidence of this incident that the text names, in order, once each. */
  readonly evidence: readonly string[];
  /** Named, but not of this incident. */
  readonly unknown: readonly string[];
  /** True only where a named evidence shows a number that the person wrote. */
  readonly verified: boolean;
}

const NAMED = /\bE(\d{1,6})\b/g;
const NUMBER = /(?<![\p{L}\p{N}_.:-])[-+]?\d+(?:[.,]\d+)*(?![\p{L}\p{N}_:-])/gu;
const ABSENCE = /\b(no|none|nothing|not|never|without|absent|zero|0)\b/i;

/**
 * Ties a text to the evidence it names. A person picks the number by writing it: the claim counts as verified when a named
 * evidence shows one of its numbers, to the precision written. Empty evidence supports only absence, and a partial answer
 * never "all" or "none". Everything else stays UNVERIFIED until someone picks the row that shows it.
 */
export function claims(text: string, evidence: readonly EvidenceNote[]): Claim {
  const named = [...new Set([...text.matchAll(NAMED)].map((match) => `E${Number(match[1])}`))];
  const known = named.filter((id) => evidence.some((one) => one.id === id));
  const cited = evidence.filter((one) => known.includes(one.id));
  return {
    text,
    evidence: known,
    unknown: named.filter((id) => !known.includes(id)),
    verified: cited.some((one) => shows(one, text)),
  };
}

/** Whether this evidence shows what the text says, by number or by absence. */
export function shows(note: EvidenceNote, text: string): boolean {
  const said = text.replace(NAMED, ' ');
  if (note.empty) return note.partial === undefined && ABSENCE.test(said);
  if (note.partial !== undefined && /\b(all|every|none|no|never|always)\b/i.test(said)) return false;
  const numbers = [...said.matchAll(NUMBER)].map((match) => match[0]);
  return numbers.some((written) => note.findings.some((finding) => findingShows(finding, written)));
}

function findingShows(finding: Finding, written: string): boolean {
  return [finding.last, finding.max, finding.min].some(
    (sample) => sample !== undefined && sameNumber(Number(sample.value), written),
  );
}

/** 41.2 matches 41.23; 23 (%) matches 0.2304 as a share; 1,204 matches 1204. A decimal comma counts as a point. */
function sameNumber(value: number, written: string): boolean {
  if (!Number.isFinite(value)) return false;
  const plain = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(written)
    ? written.replaceAll(',', '')
    : written.replace(',', '.');
  const number = Number(plain);
  if (!Number.isFinite(number)) return false;
  if (number === 0) return value === 0;
  const decimals = /\.(\d+)$/.exec(plain)?.[1]?.length ?? 0;
  const close = (a: number) => Math.abs(a - number) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
  return close(value) || (Math.abs(value) <= 1 && close(value * 100));
}
