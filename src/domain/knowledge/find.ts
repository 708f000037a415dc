import { DAY, type Instant } from '../time.ts';
import { isDistilled } from './distil.ts';
import type { Shelved } from './shelf.ts';

/** An entry that was looked for, with the words that it answers. */
export interface Match<One extends Shelved = Shelved> {
  readonly one: One;
  readonly score: number;
  /** The words that it holds, or nearly holds, best first. */
  readonly why: readonly string[];
}

const STOP: ReadonlySet<string> = new Set(
  'a an and are as at be by for from had has have here how i in is it its of on or our that the their there they this to was we were what when where which with you returns'.split(
    ' ',
  ),
);

/** What is looked for in a text: its words in small letters, without those that are everywhere. */
export function wordsOf(text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}_.-]+/u)
    .map((word) => word.replace(/^[.-]+|[.-]+$/g, ''))
    .filter((word) => word.length > 1 && !STOP.has(word));
  return [...new Set(words)].slice(0, 12);
}

/** Fields in which a word counts more, the more it is chosen. */
const WEIGHTS = [
  { weight: 4, text: (one: Shelved) => one.entry.key },
  { weight: 3, text: (one: Shelved) => one.entry.tags.join(' ') },
  { weight: 1, text: (one: Shelved) => one.entry.body.slice(0, 4_000) },
] as const;
/** Share of trigrams above which two words are taken for one. */
const NEARLY = 0.55;

/** Orders candidates by how well they answer the words; one that answers none is left out. Pure, so both engines rank alike. */
export function rank<One extends Shelved>(
  candidates: readonly One[],
  words: readonly string[],
  now: Instant,
): readonly Match<One>[] {
  const alike = likenesses(words);
  return candidates
    .map((one) => matchOf(one, words, alike, now))
    .filter((match) => match.why.length > 0)
    .sort((a, b) => b.score - a.score || b.one.entry.at - a.one.entry.at);
}

function matchOf<One extends Shelved>(
  one: One,
  words: readonly string[],
  alike: (other: string) => readonly number[],
  now: Instant,
): Match<One> {
  const best = words.map(() => 0);
  for (const { weight, text } of WEIGHTS)
    for (const other of fieldWords(text(one)))
      for (const [index, score] of alike(other).entries())
        best[index] = Math.max(best[index] ?? 0, weight * score);
  const scored = words
    .map((word, index) => ({ word, score: best[index] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const met = scored.length / Math.max(1, words.length);
  const { used, pinned, lastUsed } = one.entry;
  const fresh = lastUsed !== undefined && now - Date.parse(lastUsed) < 90 * DAY ? 0.1 : 0;
  const proven = Math.min(0.5, used / 20) + (pinned ? 0.1 : 0) + fresh;
  const sum = scored.reduce((all, { score }) => all + score, 0);
  // What quotes others holds everybody's words: it comes after those that it quotes.
  const own = isDistilled(one.entry) ? 0.05 : 1;
  return { one, score: sum * (0.5 + met) * (1 + proven) * own, why: scored.map(({ word }) => word) };
}

function fieldWords(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .normalize('NFKC')
      .split(/[^\p{L}\p{N}_.-]+/u),
  );
}

const NONE: readonly number[] = [];

/** How like each word is to another one; what was compared once is not compared again, because entries share most of their words. */
function likenesses(words: readonly string[]): (other: string) => readonly number[] {
  const wanted = words.map((word) => ({ word, parts: trigrams(word) }));
  const known = new Map<string, readonly number[]>();
  return (other) => {
    const before = known.get(other);
    if (before) return before;
    const scores = wanted.map(({ word, parts }) => likeness(word, parts, other));
    const kept = scores.some((score) => score > 0) ? scores : NONE;
    known.set(other, kept);
    return kept;
  };
}

/** 1 for the word itself, less for its beginning or a part of it, less still for something written nearly so. */
function likeness(word: string, parts: ReadonlySet<string>, other: string): number {
  if (word === other) return 1;
  if (word.length >= 3 && other.length >= word.length && (other.startsWith(word) || isPart(word, other)))
    return 0.8;
  // Words of very different length share no typo.
  if (word.length < 4 || Math.abs(other.length - word.length) > 2) return 0;
  const score = shared(parts, trigrams(other));
  return score >= NEARLY ? score * 0.7 : 0;
}

function isPart(word: string, other: string): boolean {
  return other.includes(word) && other.split(/[_.-]/).includes(word);
}

function shared(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  let both = 0;
  for (const one of first) if (second.has(one)) both++;
  return (2 * both) / (first.size + second.size);
}

function trigrams(word: string): ReadonlySet<string> {
  const padded = `  ${word} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  return found;
}
