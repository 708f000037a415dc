/** A name in a text and where it leads. */
export interface NameLink {
  /** In UTF-16 units from the beginning of the text. */
  readonly at: number;
  readonly length: number;
  /** Not checked: whoever shows it checks that it is an address to offer. */
  readonly url: string;
}

/** The names in a text that lead somewhere, in order, none over another. */
export type NameLinks = (text: string) => readonly NameLink[];

/** A regular expression (flags `gu`) and an address with `$0` for the match, `$1` … for its groups. */
export interface NamePattern {
  readonly pattern: string;
  readonly url: string;
}

/** Characters of one text that are looked at, links that it may have, and characters of one address. */
const LOOKED_AT = 3_000;
const MOST = 10;
const LONGEST = 400;

/** Steady's own numbers, which lead to evidence or nowhere. */
const OURS = /^(?:[CEH]\d{1,6}|INC-\d{1,9})$/;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * Finds the names of these patterns, earlier patterns first. Only whole words are names: `PROJ-12` is none in `XPROJ-12` or
 * `PROJ-123`. Each part of a match is percent-encoded when it is filled in, so that a text cannot say where a link leads.
 */
export function createNameLinks(patterns: readonly NamePattern[]): NameLinks {
  const compiled = patterns.map(({ pattern, url }) => ({ names: new RegExp(pattern, 'gu'), url }));
  return (text) => {
    const looked = text.slice(0, LOOKED_AT).toWellFormed();
    const found: NameLink[] = [];
    for (const { names, url } of compiled)
      for (const match of looked.matchAll(names)) {
        if (found.length >= MOST) break;
        const [whole] = match;
        const end = match.index + whole.length;
        const taken = found.some((one) => match.index < one.at + one.length && one.at < end);
        if (whole === '' || OURS.test(whole) || taken || !wholeWord(looked, match.index, end)) continue;
        const filled = url.replace(/\$(\d)/g, (_, group) => encodeURIComponent(match[Number(group)] ?? ''));
        if (filled.length <= LONGEST) found.push({ at: match.index, length: whole.length, url: filled });
      }
    return found.toSorted((a, b) => a.at - b.at);
  };
}

function wholeWord(text: string, from: number, to: number): boolean {
  const [before, first] = [charBefore(text, from), text.slice(from, from + 1)];
  const [last, after] = [charBefore(text, to), String.fromCodePoint(text.codePointAt(to) ?? 32)];
  return !(WORD.test(before) && WORD.test(first)) && !(WORD.test(last) && WORD.test(after));
}

function charBefore(text: string, at: number): string {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
}
