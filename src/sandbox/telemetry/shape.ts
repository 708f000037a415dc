import type { Duration, Instant } from '../../domain/time.ts';

/** A value at an instant; between two knots it moves on a straight line, outside them it stays. */
export interface Knot {
  readonly at: Instant;
  readonly value: number;
}

/** How a quantity moves over time: knots in order of time, at least one. */
export type Shape = readonly Knot[];

export function constant(value: number): Shape {
  return [{ at: 0, value }];
}

/** Moves on a straight line from one value to another. */
export function ramp(from: number, to: number, start: Instant, length: Duration): Shape {
  return [
    { at: start, value: from },
    { at: start + length, value: to },
  ];
}

/** The value at an instant. */
export function valueAt(shape: Shape, at: Instant): number {
  let before: Knot | undefined;
  for (const knot of shape) {
    if (knot.at >= at) {
      if (before === undefined) return knot.value;
      return before.value + ((knot.value - before.value) * (at - before.at)) / (knot.at - before.at);
    }
    before = knot;
  }
  return before?.value ?? 0;
}

/** Combines shapes value by value at all their knots; between those the result is again a straight line. */
export function combine(shapes: readonly Shape[], merge: (values: readonly number[]) => number): Shape {
  const instants = [...new Set(shapes.flatMap((shape) => shape.map((knot) => knot.at)))].sort(
    (a, b) => a - b,
  );
  return instants.map((at) => ({ at, value: merge(shapes.map((shape) => valueAt(shape, at))) }));
}

export function multiply(...shapes: readonly Shape[]): Shape {
  return combine(shapes, (values) => values.reduce((product, value) => product * value, 1));
}

export function change(shape: Shape, by: (value: number) => number): Shape {
  return shape.map(({ at, value }) => ({ at, value: by(value) }));
}

/** The same up to an instant; from there it moves to a healthy value. What was before stays exactly as it was. */
export function recovered(shape: Shape, at: Instant, healthy: number, length: Duration): Shape {
  return [
    ...shape.filter((knot) => knot.at < at),
    { at, value: valueAt(shape, at) },
    { at: at + length, value: healthy },
  ];
}
