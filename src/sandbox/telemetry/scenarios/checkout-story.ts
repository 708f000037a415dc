import { type Instant, MINUTE, SECOND } from '../../../domain/time.ts';
import { change, ramp, recovered, type Shape } from '../shape.ts';
import { RECOVERY } from './script.ts';

/** The version whose deploy looks guilty, and the one before it. */
export const DEPLOYED_VERSION = 'v2.3.45';
export const EARLIER_VERSION = 'v2.3.44';

/** Healthy levels, per second, over all pods. */
export const CHECKOUTS = 200;
export const PAYMENT_CALLS = 123;
/** Attempts per call of checkout's client, the first one included. */
export const ATTEMPTS = 4;
export const LIMIT_BEFORE = 500;
export const LIMIT_AFTER = 200;

const HEALTHY_FAILING = 0.0005;
const HEALTHY_RETRIES = 0.004;
const FAILING = 0.23;
/** Of 492 calls a second 192 pass, which the day's swing keeps under the limit of 200. */
const REFUSED = 0.61;

/** How the incident's quantities move; everything else follows from them. */
export interface CheckoutStory {
  /** Part of checkouts that end in a 500. */
  readonly failing: Shape;
  /** Part of calls to payments that are answered 429. */
  readonly refused: Shape;
  /** Calls to payments as a multiple of the healthy number. */
  readonly calls: Shape;
  /** Retries as a multiple of the healthy number of calls. */
  readonly retries: Shape;
  /** Part of requests as slow as one that waits for its retries. */
  readonly slow: Shape;
  /** What payments allows checkout, calls per second. It stays low: the fix is on our side. */
  readonly limit: Shape;
  /** How much of the incident there is, 0 to 1. */
  readonly trouble: Shape;
}

/** The story from its cause on; recovering from `mitigatedAt` on where someone fixed it. */
export function checkoutStory(causeAt: Instant, mitigatedAt: Instant | undefined): CheckoutStory {
  const heal = (shape: Shape, healthy: number) =>
    mitigatedAt === undefined ? shape : recovered(shape, mitigatedAt, healthy, RECOVERY);
  const refusals = ramp(0, 1, causeAt, 90 * SECOND);
  const errors = ramp(0, 1, causeAt + MINUTE, 2 * MINUTE);
  const scaled = (shape: Shape, from: number, to: number) =>
    heal(
      change(shape, (value) => from + (to - from) * value),
      from,
    );
  return {
    failing: scaled(errors, HEALTHY_FAILING, FAILING),
    refused: scaled(refusals, 0, REFUSED),
    calls: scaled(refusals, 1, ATTEMPTS),
    retries: scaled(refusals, HEALTHY_RETRIES, ATTEMPTS - 1),
    slow: scaled(errors, 0.004, 0.41),
    limit: ramp(LIMIT_BEFORE, LIMIT_AFTER, causeAt - 1, 1),
    trouble: scaled(refusals, 0, 1),
  };
}
