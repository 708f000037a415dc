import { DAY, type Instant } from '../../domain/time.ts';
import { lagAt } from './noise.ts';
import { type Shape, valueAt } from './shape.ts';

/** Traffic swings by this part of its mean over a day. */
const SWING = 0.04;
const OMEGA = (2 * Math.PI) / (DAY / 1000);

/**
 * A counter as a pure function of time: the integral of `perSecond` (events per second, swinging gently over the day), from
 * `born` on, with seeded noise. It never falls, and a sample depends on nothing after its instant.
 */
export function flow(perSecond: Shape, born: Instant, seed: number): (at: Instant) => number {
  const total = integral(perSecond, born);
  return (at) => {
    const read = at - lagAt(seed, at);
    return read <= born ? 0 : total(read);
  };
}

/** When what only grows reaches an amount, to the millisecond; `latest` where it has not by then. */
export function reachedAt(
  total: (at: Instant) => number,
  amount: number,
  earliest: Instant,
  latest: Instant,
): Instant {
  let [before, by] = [earliest, latest];
  while (by - before > 1) {
    const middle = Math.floor((before + by) / 2);
    if (total(middle) < amount) before = middle;
    else by = middle;
  }
  return by;
}

/** The integral since the first knot, in closed form on every stretch between knots. */
function integral(shape: Shape, anchor: Instant): (at: Instant) => number {
  const cuts = [anchor, ...shape.map((knot) => knot.at).filter((at) => at > anchor)];
  const stretches = cuts.map((from, index) => {
    const to = cuts[index + 1];
    const value = valueAt(shape, from);
    const slope = to === undefined ? 0 : (valueAt(shape, to) - value) / ((to - from) / 1000);
    const second = (from - anchor) / 1000;
    return { from, level: value - slope * second, slope, before: 0, start: 0 };
  });
  let sum = 0;
  for (const [index, stretch] of stretches.entries()) {
    stretch.start = primitive(stretch, (stretch.from - anchor) / 1000, anchor);
    stretch.before = sum;
    const next = stretches[index + 1];
    if (next !== undefined) sum += primitive(stretch, (next.from - anchor) / 1000, anchor) - stretch.start;
  }
  return (at) => {
    const stretch = stretches.findLast((one) => one.from <= at) ?? stretches[0];
    if (stretch === undefined) return 0;
    return stretch.before + primitive(stretch, (at - anchor) / 1000, anchor) - stretch.start;
  };
}

/** A primitive of (level + slope t)(1 + SWING sin(OMEGA t + phase)), t in seconds since the anchor. */
function primitive(
  line: { readonly level: number; readonly slope: number },
  t: number,
  anchor: Instant,
): number {
  const angle = OMEGA * t + OMEGA * ((anchor % DAY) / 1000);
  const { level, slope } = line;
  const straight = level * t + (slope * t * t) / 2;
  const swinging = (-(level + slope * t) * Math.cos(angle)) / OMEGA + (slope * Math.sin(angle)) / OMEGA ** 2;
  return straight + SWING * swinging;
}
