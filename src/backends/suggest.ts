const PLACES = 5;

/**
 * The real names nearest to a wanted one, best first: shared words (split at `_`, `.`, `:`, `-`, `/` and capitals) and few
 * edits count. Names with nothing in common are left out. Linear in the names.
 */
export function suggest(wanted: string, names: Iterable<string>, limit = PLACES): readonly string[] {
  const words = tokens(wanted);
  const lower = wanted.toLowerCase();
  const letters = letterCounts(lower);
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of names) {
    const score = similarity(lower, words, letters, name);
    if (score >= 0.34) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map((one) => one.name);
}

/** 0 (nothing in common) to 1 (equal but for case). */
function similarity(wanted: string, words: ReadonlySet<string>, letters: Uint16Array, name: string): number {
  const lower = name.toLowerCase();
  if (lower === wanted) return 1;
  const longest = Math.max(lower.length, wanted.length);
  let score =
    (wanted.length > 2 && lower.includes(wanted)) || (lower.length > 2 && wanted.includes(lower)) ? 0.5 : 0;
  // Words and edits are dear to count, so both are asked only where a cheap look says that it may matter.
  let maybe = false;
  for (const word of words) maybe ||= lower.includes(word);
  if (maybe) {
    const others = tokens(name);
    let shared = 0;
    for (const word of words) if (others.has(word)) shared++;
    score = Math.max(score, (0.9 * shared) / (words.size + others.size - shared || 1));
  }
  if (longest - unlike(letters, wanted.length, lower) > longest * 0.6)
    score = Math.max(score, 0.95 - distance(wanted, lower) / longest);
  return score;
}

function letterCounts(text: string): Uint16Array {
  const counts = new Uint16Array(128);
  for (let index = 0; index < text.length; index++) {
    const slot = text.charCodeAt(index) & 127;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

/** At least so many edits lie between two texts, by their letters alone. */
function unlike(letters: Uint16Array, length: number, other: string): number {
  const counts = letterCounts(other);
  let common = 0;
  for (let slot = 0; slot < 128; slot++) common += Math.min(letters[slot] ?? 0, counts[slot] ?? 0);
  return Math.max(length, other.length) - common;
}

function tokens(name: string): ReadonlySet<string> {
  return new Set(
    name
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .split(/[^a-z\d]+/)
      .filter((word) => word.length > 1),
  );
}

/** Levenshtein's distance with neighbours exchanged counted as one edit; names over 200 characters are cut. */
export function distance(one: string, other: string): number {
  const a = one.slice(0, 200);
  const b = other.slice(0, 200);
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        edits = Math.min(edits, (before[column - 2] ?? 0) + 1);
      line.push(edits);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}
