/** The unit of a profile type's values, and what they are called when a stretch of time is taken out of them. */
export type Unit = 'nanoseconds' | 'bytes' | (string & {});

const SIZES: readonly (readonly [size: number, name: string])[] = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'B'],
];
const TIMES: readonly (readonly [nanoseconds: number, name: string])[] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

/** An amount as a person reads it: `12.4 s`, `38.2 MB`, `1,204`. Three figures that count. */
export function sayAmount(value: number, unit: Unit): string {
  const scale = unit === 'nanoseconds' ? TIMES : unit === 'bytes' ? SIZES : undefined;
  if (!scale) return figures(value);
  if (value === 0) return `0 ${scale.at(-1)?.[1]}`;
  const [size, name] = scale.find(([one]) => Math.abs(value) >= one) ?? scale.at(-1) ?? [1, ''];
  return `${figures(value / size)} ${name}`;
}

/** An amount for each second of the time it took: cores, bytes a second. */
export function sayRate(value: number, seconds: number, unit: Unit): string {
  const each = value / Math.max(seconds, 1);
  if (unit === 'nanoseconds') return `${figures(each / 1e9)} cores`;
  return `${sayAmount(each, unit)}/s`;
}

/** `+38 %`, `−12 %`, `new`, `gone`, `×12`. */
export function sayGrowth(before: number, now: number): string {
  if (before === now) return '0 %';
  if (before === 0) return 'new';
  if (now === 0) return 'gone';
  const part = (100 * (now - before)) / before;
  if (part > 900) return `×${figures(now / before)}`;
  return `${part >= 0 ? '+' : '−'}${figures(Math.abs(part))} %`;
}

export function sayShare(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${figures((100 * part) / whole)} %`;
}

/** The text of an amount with the sign of its change, also for what grew. */
export function signed(text: string, value: number): string {
  return value === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

function figures(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  if (size >= 10) return trimmed(value.toFixed(1));
  if (size >= 0.01 || size === 0) return trimmed(value.toFixed(2));
  return trimmed(value.toPrecision(2));
}

function trimmed(text: string): string {
  return /[.]/.test(text) && !/e/.test(text) ? text.replace(/\.?0+$/, '') : text;
}
