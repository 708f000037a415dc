import type { EvidenceNote } from './evidence-note.ts';
import { shownNumbers } from './shown-numbers.ts';

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
/** `INC-41 E3, E4`, `INC-41's E3`, `E3 of INC-41`: numbered in an incident of its own, whichever that is. */
const ELSEWHERE =
  /\bINC-?(\d{1,9})(?:['’]s)?[\s:/(]{1,3}(E\d{1,6}(?:(?:\s?,|\s?&|\s?and)?\s?E\d{1,6})*)\b|\b(E\d{1,6}) (?:of|from|in) INC-?(\d{1,9})\b/gi;
/** A number standing alone: no part of a time, date, version, address, id or unit. */
const NUMBER =
  /(?<![\p{L}\p{N}_.:-]|\d\/)([-+]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?)(?![\p{L}\p{N}_:-]|[.,]\d|\/\d)(\s*(?:%|per ?cent\b))?/gu;
const ABSENCE = /\b(no|none|nothing|not|never|without|absent|zero)\b/i;
const ALL_OR_NONE =
  /\b(all|every(?:one|thing|body|where)?|each|whole|entire(?:ly)?|only|always|no|none|nothing|nobody|never|without|absent|zero)\b/i;

/** Whether a sentence says that something was not there. */
export function saysAbsence(text: string): boolean {
  return ABSENCE.test(text) || numbersIn(text).some(({ value }) => value === 0);
}

/** Whether a sentence speaks of all or of none, which a part of an answer never shows. */
export function saysAllOrNone(text: string): boolean {
  return (
    ALL_OR_NONE.test(text) ||
    numbersIn(text).some(({ value, percent }) => value === 0 || (percent && value === 100))
  );
}

/** A number as a person wrote it. */
interface WrittenNumber {
  readonly value: number;
  /** How far a value may be from it to be rounded to it. */
  readonly within: number;
  readonly percent: boolean;
}

/**
 * Ties a text to the evidence it names. A person picks the number by writing it: the claim counts as verified when a named
 * evidence shows one of its numbers, to the precision written. Empty evidence supports only absence, and a partial answer
 * never "all" or "none". A text of several sentences is held together: it is verified when each of them is, by evidence that the
 * sentence itself names. Everything else stays UNVERIFIED.
 */
export function claims(text: string, evidence: readonly EvidenceNote[]): Claim {
  const named = [...new Set(citedIn(text))];
  const known = named.filter((id) => evidence.some((one) => one.id === id));
  const said = sentences(text);
  return {
    text,
    evidence: known,
    unknown: named.filter((id) => !known.includes(id)),
    verified:
      said.length > 0 &&
      said.every((one) => evidence.some((each) => citedIn(one).includes(each.id) && shows(each, one))),
  };
}

/** The evidence of this incident that a text names; what it names of another is none. */
export function citedIn(text: string): readonly string[] {
  return idsIn(text.replace(ELSEWHERE, ' '));
}

/** The evidence that a text names as another incident's. */
export function citedElsewhere(text: string): readonly { readonly id: string; readonly incident: number }[] {
  return [...text.matchAll(ELSEWHERE)].flatMap(([, before, listed, one, after]) =>
    idsIn((listed ?? one ?? '').toUpperCase()).map((id) => ({ id, incident: Number(before ?? after) })),
  );
}

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED)].map((match) => `E${Number(match[1])}`);
}

const SHORTENED = /\b(?:vs|e\.g|i\.e|approx|ca|incl|resp|no)\.$/i;

/** A period, semicolon or new line ends one; what only names evidence belongs to the sentence before it. */
export function sentences(text: string): readonly string[] {
  const found: string[] = [];
  for (const piece of text.split(/(?<=[.!?;])\s+|\n+/)) {
    const last = found.at(-1);
    const bare = !/[\p{L}\p{N}]/u.test(piece.replace(NAMED, ''));
    if (last !== undefined && (bare || SHORTENED.test(last))) found[found.length - 1] = `${last} ${piece}`;
    else if (!bare) found.push(piece);
  }
  return found;
}

/** Whether this evidence shows what the text says, by number or by absence. */
export function shows(note: EvidenceNote, text: string): boolean {
  const said = text.replace(NAMED, ' ');
  const numbers = numbersIn(said);
  const none = numbers.some(({ value }) => value === 0);
  if (note.empty) return note.partial === undefined && (none || ABSENCE.test(said));
  const whole = numbers.some(({ value, percent }) => percent && value === 100);
  if (note.partial !== undefined && (none || whole || ALL_OR_NONE.test(said))) return false;
  const inPercent = /^(?:%|percent)/i.test(note.unit ?? '');
  const there = shownNumbers(note);
  return numbers.some((written) => there.some(({ value }) => sameNumber(value, written, inPercent)));
}

/** 41.2, 1,204 and 1.5e-9; a decimal comma counts as a point. */
function numbersIn(text: string): readonly WrittenNumber[] {
  return [...text.matchAll(NUMBER)].flatMap(([, written = '', percent]) => {
    const plain = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(written)
      ? written.replaceAll(',', '')
      : written.replace(',', '.');
    const value = Number(plain);
    if (!Number.isFinite(value)) return [];
    const [, decimals = '', exponent = '0'] = /^[-+]?\d+(?:\.(\d+))?(?:e([-+]?\d+))?$/.exec(plain) ?? [];
    const within = 0.5 * 10 ** (Number(exponent) - decimals.length);
    return [{ value, within, percent: percent !== undefined }];
  });
}

/** 41.2 matches 41.23; 23 % matches 0.2304 as a share, and 23.04 where that is how it is measured; 0 matches nothing but 0. */
function sameNumber(
  value: number,
  { value: number, within, percent }: WrittenNumber,
  inPercent: boolean,
): boolean {
  if (!Number.isFinite(value)) return false;
  if (number === 0) return value === 0;
  const share = percent && !inPercent && Math.abs(value) <= 1;
  const shown = share ? value * 100 : value;
  return Math.abs(shown - number) <= within * (1 + 1e-9) + Math.abs(shown) * Number.EPSILON;
}
