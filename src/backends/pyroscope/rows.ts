import type { Result } from '../../domain/evidence.ts';
import type { Duration } from '../../domain/time.ts';
import { sayAmount, sayGrowth, sayRate, sayShare, signed, type Unit } from './amount.ts';
import type { Tally } from './flame-graph.ts';

/** A function with this part of a profile is what everything runs through. */
const NEARLY_ALL = 0.9;
/** Functions among which the most telling are looked for. */
const LOOKED_AT = 60;

type Rows = Extract<Result, { kind: 'rows' }>;

/** A profile, function by function. */
export interface Profile {
  readonly total: number;
  readonly before: number;
  readonly functions: readonly Tally[];
}

/** Functions by what they use themselves, with what they use together with what they call. */
export function topRows({ total, functions }: Profile, unit: Unit): Rows {
  return {
    kind: 'rows',
    columns: ['function', 'self', 'with calls'],
    rows: functions
      .toSorted((a, b) => b.self - a.self || b.total - a.total)
      .map((one) => [
        one.name,
        `${sayAmount(one.self, unit)} (${sayShare(one.self, total)})`,
        `${sayAmount(one.total, unit)} (${sayShare(one.total, total)})`,
      ]),
  };
}

/** How long each of two profiles lasted. */
export interface Lengths {
  readonly now: Duration;
  readonly before: Duration;
}

/**
 * What grew and what shrank, the largest change first, by what functions use themselves and with what they call: for each second
 * of the time, so that stretches of different length compare.
 */
export function diffRows({ functions }: Profile, unit: Unit, lengths: Lengths): Rows {
  const grown = functions.map((one) => growthOf(one, lengths));
  return {
    kind: 'rows',
    columns: ['function', 'self change', 'with calls', 'self now'],
    rows: grown
      .toSorted((a, b) => Math.abs(b.self) - Math.abs(a.self) || Math.abs(b.total) - Math.abs(a.total))
      .map(({ one, scale, self, total }) => [
        one.name,
        `${change(self, lengths, unit)} (${sayGrowth(one.selfBefore * scale, one.self)})`,
        `${change(total, lengths, unit)} (${sayGrowth(one.before * scale, one.total)})`,
        sayRate(one.self, lengths.now / 1_000, unit),
      ]),
  };
}

interface Growth {
  readonly one: Tally;
  readonly scale: number;
  readonly self: number;
  readonly total: number;
}

function growthOf(one: Tally, { now, before }: Lengths): Growth {
  const scale = now / before;
  return { one, scale, self: one.self - one.selfBefore * scale, total: one.total - one.before * scale };
}

function change(grew: number, lengths: Lengths, unit: Unit): string {
  return signed(sayRate(Math.abs(grew), lengths.now / 1_000, unit), grew);
}

/** What a profile weighs altogether, and what is largest with what it calls. */
export function sayWhole({ total, functions }: Profile, unit: Unit, length: Duration): string {
  const telling = functions.filter((one) => one.total < NEARLY_ALL * total);
  const largest = (telling.length > 0 ? telling : functions)
    .toSorted((a, b) => b.total - a.total)
    .slice(0, 4)
    .map((one) => `${one.name} ${sayShare(one.total, total)}`);
  const rate = unit === 'nanoseconds' ? ` (${sayRate(total, length / 1_000, unit)})` : '';
  return `In all ${sayAmount(total, unit)}${rate}. With what they call: ${largest.join(', ')}.`;
}

/**
 * What changed most together with what it calls, the largest first. One whose change is nearly all in another that weighs no more
 * only calls that other, and is left out.
 */
function mostTelling(all: readonly Growth[], sign: 1 | -1): readonly Growth[] {
  const largest = all
    .filter(({ total }) => total * sign > 0)
    .toSorted((a, b) => sign * (b.total - a.total))
    .slice(0, LOOKED_AT);
  const weight = ({ one }: Growth) => one.total + one.before;
  return largest.filter(
    (growth, place) =>
      !largest.some(
        (other, otherPlace) =>
          other.total * sign >= NEARLY_ALL * growth.total * sign &&
          (weight(other) < weight(growth) || (weight(other) === weight(growth) && otherPlace > place)),
      ),
  );
}

/** What both weigh, and what changed most together with what it calls. */
export function sayWholeDiff(
  { total, before, functions }: Profile,
  unit: Unit,
  lengths: Lengths,
): readonly string[] {
  const scaled = (before * lengths.now) / lengths.before;
  const growths = functions.map((one) => growthOf(one, lengths));
  const most = (sign: 1 | -1) =>
    mostTelling(growths, sign)
      .filter((one) => one.total * sign > 0.01 * Math.max(total, scaled))
      .slice(0, 3)
      .map(({ one, total: grew }) => `${one.name} ${change(grew, lengths, unit)}`);
  const [grew, shrank] = [most(1), most(-1)];
  return [
    `In all ${sayRate(total, lengths.now / 1_000, unit)}, before ${sayRate(before, lengths.before / 1_000, unit)}: ${sayGrowth(scaled, total)}.`,
    ...(grew.length > 0 ? [`Grew most with what they call: ${grew.join(', ')}.`] : []),
    ...(shrank.length > 0 ? [`Shrank most with what they call: ${shrank.join(', ')}.`] : []),
  ];
}
