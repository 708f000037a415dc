import type { Window } from '../time.ts';
import { ENDPOINT_LABELS, SERVICE_LABELS } from './conventions.ts';
import type { Cited } from './report.ts';

/** A part of what was counted, with the labels that it has. */
export interface Weighted {
  readonly labels: Readonly<Record<string, string>>;
  readonly weight: number;
}

/** A value that is more frequent on one side than on the other. Shares are from 0 to 1. */
export interface Difference {
  readonly label: string;
  readonly value: string;
  /** Other labels that part the two sides in the very same way: `job="checkout"`. */
  readonly also: readonly (readonly [label: string, value: string])[];
  readonly bad: number;
  readonly good: number;
  readonly badShare: number;
  readonly goodShare: number;
}

/** One side: how much there is, and what shows it. */
export interface Side {
  readonly total: number;
  readonly evidence?: Cited;
  /** What is taken away from that, where one answer shows all of it and another a part. */
  readonly without?: Cited;
}

/** What distinguishes the bad from the good, in numbers alone; it names no cause. */
export interface SpotlightReport {
  readonly kind: 'spotlight';
  /** As people name what was asked: `Prometheus prod`. */
  readonly source: string;
  readonly subject: string;
  /** `code="500"`, or undefined where minutes are compared with those before. */
  readonly condition?: string;
  readonly window: Window;
  /** The minutes before, where those are compared. */
  readonly before?: Window;
  /** What the weights count: `requests`, `samples`. */
  readonly counts: string;
  readonly bad: Side;
  readonly good: Side;
  readonly differences: readonly Difference[];
  /** How many labels were compared. */
  readonly labels: number;
  /** How the threshold was read, where that needs saying. */
  readonly note?: string;
}

/** Shares that differ by less are noise to a reader. */
export const LEAST_DIFFERENCE = 0.05;
const SHOWN = 6;

/**
 * The values whose share differs most between the two sides, the largest difference first. Labels that part the sides in the same
 * way are told together. `both` also gives values that became rarer. Nothing where a side is empty.
 */
export function distinguish(
  bad: readonly Weighted[],
  good: readonly Weighted[],
  options: { readonly without?: readonly string[]; readonly both?: boolean } = {},
): readonly Difference[] {
  const [badTotal, goodTotal] = [totalOf(bad), totalOf(good)];
  if (badTotal <= 0 || goodTotal <= 0) return [];
  const found = labelsOf([...bad, ...good], options.without).flatMap((label) => {
    const [ofBad, ofGood] = [weightsBy(bad, label), weightsBy(good, label)];
    return [...new Set([...ofBad.keys(), ...ofGood.keys()])].map((value): Difference => {
      const [b, g] = [ofBad.get(value) ?? 0, ofGood.get(value) ?? 0];
      return { label, value, also: [], bad: b, good: g, badShare: b / badTotal, goodShare: g / goodTotal };
    });
  });
  const wanted = found.filter((one) => (options.both ? Math.abs(size(one)) : size(one)) >= LEAST_DIFFERENCE);
  const sorted = wanted.toSorted((a, b) => Math.abs(size(b)) - Math.abs(size(a)) || place(a) - place(b));
  const kept: Difference[] = [];
  for (const one of together(sorted)) {
    if (kept.length === SHOWN) break;
    if (!kept.some((other) => follows(one, other, bad, good))) kept.push(one);
  }
  return kept;
}

function size({ badShare, goodShare }: Difference): number {
  return badShare - goodShare;
}

/** Of labels that say the same the one that a person would name: the service, then the endpoint. */
function place({ label }: Difference): number {
  const names = [...SERVICE_LABELS, ...ENDPOINT_LABELS];
  return names.includes(label) ? names.indexOf(label) : names.length;
}

/** Extrapolated increases are never quite whole. */
const ALL = 0.98;

/** Whether a difference is only another's: all of it lies within that one, where it parts the two sides no further. */
function follows(
  one: Difference,
  other: Difference,
  bad: readonly Weighted[],
  good: readonly Weighted[],
): boolean {
  const within = (all: readonly Weighted[]) =>
    totalOf(all.filter(({ labels }) => has(labels, one) && has(labels, other)));
  const [b, g] = [within(bad), within(good)];
  if (b < ALL * one.bad || g < ALL * one.good) return false;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return Math.abs(share(b, other.bad) - share(g, other.good)) < LEAST_DIFFERENCE;
}

function has(labels: Weighted['labels'], { label, value }: Difference): boolean {
  return (labels[label] ?? '') === value;
}

/** The labels that any of them has, without the metric's name and what the question itself fixes. */
export function labelsOf(all: readonly Weighted[], without: readonly string[] = []): readonly string[] {
  const names = new Set(all.flatMap(({ labels }) => Object.keys(labels)));
  return [...names].filter((one) => one !== '__name__' && !without.includes(one));
}

/** What is left of the whole without a part, by equal labels; `fixed` are labels that only the part has, or that set it apart. */
export function theRest(
  whole: readonly Weighted[],
  part: readonly Weighted[],
  fixed: readonly string[],
): readonly Weighted[] {
  const apart = new Set(fixed.filter((name) => !whole.some(({ labels }) => name in labels)));
  const key = ({ labels }: Weighted) =>
    JSON.stringify(
      Object.entries(labels)
        .filter(([name]) => name !== '__name__' && !apart.has(name))
        .toSorted(),
    );
  const taken = new Map<string, number>();
  for (const one of part) taken.set(key(one), (taken.get(key(one)) ?? 0) + one.weight);
  return whole.flatMap((one) => {
    const weight = one.weight - (taken.get(key(one)) ?? 0);
    // What rounding leaves of nothing is nothing.
    return weight > 1e-9 * one.weight ? [{ ...one, weight }] : [];
  });
}

export function totalOf(all: readonly Weighted[]): number {
  return all.reduce((sum, { weight }) => sum + weight, 0);
}

function weightsBy(all: readonly Weighted[], label: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { labels, weight } of all)
    sums.set(labels[label] ?? '', (sums.get(labels[label] ?? '') ?? 0) + weight);
  return sums;
}

function together(sorted: readonly Difference[]): readonly Difference[] {
  const groups: Difference[] = [];
  for (const one of sorted) {
    const same = groups.findIndex(
      (other) => other.label !== one.label && near(other.bad, one.bad) && near(other.good, one.good),
    );
    const group = groups[same];
    if (group === undefined) groups.push(one);
    else if (!group.also.some(([label]) => label === one.label))
      groups[same] = { ...group, also: [...group.also, [one.label, one.value]] };
  }
  return groups;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b), 1);
}
