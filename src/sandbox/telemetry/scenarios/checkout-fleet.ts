import { type Duration, HOUR, type Instant, SECOND } from '../../../domain/time.ts';
import { combine, constant, ramp, type Shape } from '../shape.ts';
import { DEPLOYED_VERSION, EARLIER_VERSION } from './checkout-story.ts';
import { type Life, type Pod, podOf } from './pod.ts';

export type Service = 'checkout' | 'payments' | 'cart' | 'web' | 'platform';

const REGIONS: readonly (readonly [name: string, part: number])[] = [
  ['eu-west-1', 0.6],
  ['us-east-1', 0.4],
];
const ROLLOUT_STEP: Duration = 40 * SECOND;
/** An old pod is drained and removed in this time once its successor is ready. */
const DRAIN: Duration = 20 * SECOND;

/** All pods, old and new. The rolling deploy of checkout replaces one pod every 40 s from `rolloutAt` on. */
export function checkoutFleet(causeAt: Instant, rolloutAt: Instant): readonly Pod<Service>[] {
  const old = causeAt - 50 * HOUR;
  const pods: Pod<Service>[] = [];
  const add = (
    service: Service,
    replicas: number,
    version: string,
    set: string,
    life: (index: number) => Life,
  ) => {
    for (const [place, [region, part]] of REGIONS.entries())
      for (let copy = 0; copy < replicas; copy++) {
        const index = place * replicas + copy;
        const lived = life(index);
        const share = shareOf(part / replicas, version, lived);
        pods.push(podOf({ service, region, version, ...lived }, `${service}-${set}`, index, share));
      }
  };
  const turn = (index: number) => rolloutAt + index * ROLLOUT_STEP;
  add('checkout', 3, EARLIER_VERSION, '7d9f8b6c54', (index) => ({ born: old, gone: turn(index) + DRAIN }));
  add('checkout', 3, DEPLOYED_VERSION, '5c6b9d4f77', (index) => ({ born: turn(index) }));
  add('payments', 2, 'v8.1.2', '68fd7c9b5d', () => ({ born: old - 90 * HOUR }));
  add('cart', 2, 'v1.44.0', '594d8f7bc6', () => ({ born: old - 20 * HOUR }));
  add('web', 2, 'v5.12.0', '6f5b7d8c99', () => ({ born: old + 26 * HOUR }));
  pods.push({
    ...podOf(
      { service: 'platform', region: 'eu-west-1', version: 'v1.9.0', born: old },
      'platform-exporter',
      0,
      1,
    ),
    name: 'platform-exporter-0',
  });
  return pods;
}

/** A pod's part of the traffic: none before it is ready, none once it is drained. */
function shareOf(part: number, version: string, { born, gone }: Life): Shape {
  if (gone !== undefined) return ramp(part, 0, gone - DRAIN, DRAIN - 5 * SECOND);
  return version === DEPLOYED_VERSION
    ? combine([ramp(0, 1, born, DRAIN - 5 * SECOND)], ([ready = 0]) => ready * part)
    : constant(part);
}
