import { sayNumber } from '../../src/domain/say-number.ts';
import type { Unit } from '../../src/domain/signals/signal.ts';

const IN_SECONDS: Readonly<Partial<Record<Unit, number>>> = {
  seconds: 1,
  milliseconds: 1e-3,
  microseconds: 1e-6,
  nanoseconds: 1e-9,
};

/** `4.1 s`, `310 ms`, `41.2 /s`, `23 %`, `410 MiB`, `0.58 cores`: as a person says it. */
export function sayAmount(value: number, unit: Unit): string {
  const scale = IN_SECONDS[unit];
  if (scale !== undefined) return sayTime(value * scale);
  if (unit === 'per second') return `${sayNumber(value)} /s`;
  if (unit === 'percent') return `${sayNumber(value)} %`;
  if (unit === 'cores') return `${sayNumber(value)} ${value === 1 ? 'core' : 'cores'}`;
  return unit === 'bytes' ? sayBytes(value) : sayNumber(value);
}

function sayTime(seconds: number): string {
  const size = Math.abs(seconds);
  if (size >= 1 || size === 0) return `${sayNumber(seconds)} s`;
  if (size >= 1e-3) return `${sayNumber(seconds * 1e3)} ms`;
  return `${sayNumber(seconds * 1e6)} µs`;
}

function sayBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(Math.abs(bytes), 1)) / 10), units.length - 1);
  return `${sayNumber(bytes / 1024 ** power)} ${units[power]}`;
}

/** Changes smaller than this are the day's ordinary swing. */
const NOTABLE = 1.2;

/** `×9.6`, `÷2`: how many times as much as before; undefined where it is about the same or nothing can be said. */
export function sayTimes(now: number, before: number): string | undefined {
  if (!(now > 0) || !(before > 0)) return undefined;
  const times = now / before;
  if (times >= NOTABLE)
    return `×${sayNumber(times >= 10 ? Math.round(times) : Number(times.toPrecision(2)))}`;
  return times <= 1 / NOTABLE
    ? `÷${sayNumber(times <= 0.1 ? Math.round(1 / times) : Number((1 / times).toPrecision(2)))}`
    : undefined;
}

/** Changes below this part of either are no change to a reader. */
const SAME = 0.005;

/** `+46`, `−0.4`, `same`: by how much. */
export function sayDifference(now: number, before: number): string {
  const by = now - before;
  if (Math.abs(by) <= SAME * Math.max(Math.abs(now), Math.abs(before))) return 'same';
  return `${by < 0 ? '−' : '+'}${sayNumber(Math.abs(by))}`;
}
