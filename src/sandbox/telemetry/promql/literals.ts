import type { Duration } from '../../../domain/time.ts';

const UNITS: Readonly<Record<string, Duration>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};
const DURATION = /^(?=.)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** Prometheus' durations, `1h30m`: units from large to small, each at most once. Undefined where it is none; `0s` is 0. */
export function readDuration(text: string): Duration | undefined {
  if (text === '0') return 0;
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[ywdhms])/g))
    total += Number(count) * (UNITS[unit ?? ''] ?? 0);
  return total;
}

/** Number literals: decimal, hexadecimal, `Inf` and `NaN` in any case, with a sign. Undefined where it is none. */
export function readNumber(text: string): number | undefined {
  const [, sign, digits = ''] = /^([+-]?)\s*(.*)$/s.exec(text) ?? [];
  const size = unsigned(digits);
  return size === undefined ? undefined : sign === '-' ? -size : size;
}

function unsigned(digits: string): number | undefined {
  if (/^inf$/i.test(digits)) return Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(digits)) return Number.NaN;
  if (/^0x[0-9a-f]+$/i.test(digits)) return Number.parseInt(digits, 16);
  return /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
}

const ESCAPED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** A string literal with its quotes: Go's escapes within `"` and `'`, none within backticks. Undefined where one is unknown. */
export function readString(literal: string): string | undefined {
  const quote = literal[0];
  if (!isClosed(literal)) return undefined;
  const inside = literal.slice(1, -1);
  if (quote === '`') return inside;
  let bad = false;
  const text = inside.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3}|.)/gs,
    (_, sequence: string): string => {
      if (/^[xu]/.test(sequence) && sequence.length > 1)
        return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
      if (/^[0-7]{3}$/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence, 8));
      const plain = ESCAPED[sequence];
      if (plain === undefined) bad = true;
      return plain ?? '';
    },
  );
  return bad ? undefined : text;
}

/** Whether a string literal ends with the quote it began with. */
export function isClosed(literal: string): boolean {
  return literal.length >= 2 && literal.at(-1) === literal[0];
}
