/** Repeatable pseudo-random characters, so that no fake secret stands in the repository as a whole. */
export interface RandomText {
  of(alphabet: string, length: number): string;
  alnum(length: number): string;
  hex(length: number): string;
  upper(length: number): string;
  lower(length: number): string;
  digits(length: number): string;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

export function randomText(seed: number): RandomText {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const of = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)] ?? '').join('');
  return {
    of,
    alnum: (length) => of(LOWER + LOWER.toUpperCase() + DIGITS, length),
    hex: (length) => of('0123456789abcdef', length),
    upper: (length) => of(LOWER.toUpperCase() + DIGITS, length),
    lower: (length) => of(LOWER + DIGITS, length),
    digits: (length) => of(DIGITS, length),
  };
}
