import { citedIn, claims, saysAbsence, saysAllOrNone, sentences, shows } from '../claim.ts';
import type { EvidenceNote } from '../evidence-note.ts';
import { citeNumber, type ShownNumber, shownNumbers } from '../shown-numbers.ts';
import { whyTooWeak } from './bears.ts';

/** A number of an evidence that can be picked for a claim; `index` counts within `shownNumbers`. */
export interface Pick extends ShownNumber {
  readonly index: number;
}

/**
 * The text with this evidence named in each of its sentences that lacks one and whose number or absence it shows; with a pick,
 * with that number written into the first that lacks one. The same text where it shows none: writing the number is picking it,
 * and nothing else verifies.
 */
export function verified(
  text: string,
  note: EvidenceNote,
  evidence: readonly EvidenceNote[],
  pick?: number,
): string {
  const said = sentences(text);
  const lacking = lackingIn(said, evidence);
  const number = pick === undefined ? undefined : shownNumbers(note)[pick];
  let spent = number === undefined;
  let out = text;
  for (const sentence of lacking) {
    const words = spent ? note.id : `${sayPick(number as ShownNumber)}, ${note.id}`;
    const cited = cite(sentence, words);
    if (!shows(note, cited) || !claims(cited, [note]).verified) continue;
    if (!spent) spent = true;
    out = out.includes(sentence)
      ? out.replace(sentence, () => cited)
      : sentences(out)
          .map((one) => (one === sentence ? cited : one))
          .join(' ');
  }
  return out;
}

/** The first sentence that nothing stands behind; undefined once the whole is verified. */
export function lacking(text: string, evidence: readonly EvidenceNote[]): string | undefined {
  return lackingIn(sentences(text), evidence)[0];
}

function lackingIn(said: readonly string[], evidence: readonly EvidenceNote[]): readonly string[] {
  return said.filter((one) => !evidence.some((each) => citedIn(one).includes(each.id) && shows(each, one)));
}

/** The numbers of an evidence that can be written into a sentence; none where it says more than a part of an answer shows. */
export function picks(sentence: string, note: EvidenceNote): readonly Pick[] {
  const all = shownNumbers(note).map((one, index) => ({ ...one, index }));
  if (note.partial === undefined) return all;
  return saysAllOrNone(sentence) ? [] : all.filter(({ value }) => value !== 0);
}

/** Why an evidence cannot verify the sentence, with what would. */
export function whyNot(sentence: string, note: EvidenceNote): string {
  const why = whyTooWeak(note, sentence);
  if (why !== undefined) return `${why}. Claim only what it shows, or ask a query whose answer shows it.`;
  if (note.empty && saysAbsence(sentence))
    return `${note.id} does not show it. Ask a query whose answer does.`;
  return `${note.id} shows no number for “${sentence}”. Ask a query whose answer has one.`;
}

const SIMPLE_NAME = /^[\p{L}\p{N}_=/ -]{1,60}$/u;

/** `code 429: 41.2`, `max 44`: the name of a series only where it is a plain one, so that it can say nothing itself. */
function sayPick({ of, which, value }: ShownNumber): string {
  const plain = SIMPLE_NAME.test(of) && of !== 'value' && !/\bE\d/i.test(of) && !saysAllOrNone(of);
  const at = which === 'max' || which === 'min' ? `${which} ` : '';
  return `${plain ? `${of}: ` : ''}${at}${citeNumber(value)}`;
}

/** Words in brackets at the end of a sentence, before what ends it. */
function cite(sentence: string, words: string): string {
  const end = /[.!?;]*\s*$/.exec(sentence)?.[0] ?? '';
  return `${sentence.slice(0, sentence.length - end.length)} (${words})${end}`;
}
