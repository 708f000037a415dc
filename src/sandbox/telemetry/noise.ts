import { type Duration, type Instant, MINUTE } from '../../domain/time.ts';

/** A whole number from a text, the same on every machine (FNV-1a, 32 bits). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A number in [0, 1) from a seed and a counter, without a pattern that shows (the finish of MurmurHash3). */
export function chance(seed: number, index: number): number {
  let hash = (seed ^ Math.imul(index | 0, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Wave lengths of the noise, and how strong each is. */
const WAVES: readonly (readonly [length: Duration, strength: number])[] = [
  [MINUTE, 0.1],
  [7 * MINUTE, 0.05],
];

/**
 * How far a counter lags behind its smooth course at an instant, in milliseconds: never negative, and never growing faster
 * than time passes. Reading the course this much earlier makes rates waver by up to 15 % while the counter still never falls,
 * and nothing that will be decided later shows in a sample. Every seed has waves of its own phase.
 */
export function lagAt(seed: number, at: Instant): Duration {
  let lag = 0;
  for (const [wave, [length, strength]] of WAVES.entries()) {
    const own = at + Math.floor(chance(seed + wave, -1) * length);
    const cell = Math.floor(own / length);
    const turn = (2 * Math.PI * (own - cell * length)) / length;
    lag += strength * chance(seed + wave, cell) * (length / (2 * Math.PI)) * (1 - Math.cos(turn));
  }
  return lag;
}

/** Noise for gauges: between -1 and 1, smooth from minute to minute. */
export function waverAt(seed: number, at: Instant): number {
  const cell = Math.floor(at / MINUTE);
  const part = (at - cell * MINUTE) / MINUTE;
  const smooth = part * part * (3 - 2 * part);
  const [here, next] = [chance(seed, cell), chance(seed, cell + 1)];
  return 2 * (here + (next - here) * smooth) - 1;
}
