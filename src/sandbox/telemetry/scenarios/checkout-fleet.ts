import { type Duration, HOUR, type Instant, SECOND } from '../../../domain/time.ts';
import { chance, seedOf } from '../noise.ts';
import { combine, constant, ramp, type Shape } from '../shape.ts';
import { DEPLOYED_VERSION, EARLIER_VERSION } from './checkout-story.ts';

export type Service = 'checkout' | 'payments' | 'cart' | 'web' | 'platform';

/** One running copy of a service, which is also one scrape target. */
export interface Pod {
  readonly service: Service;
  readonly name: string;
  readonly instance: string;
  readonly region: string;
  readonly version: string;
  readonly born: Instant;
  readonly gone?: Instant;
  /** When in each scrape interval it is scraped, in whole seconds. */
  readonly phase: Duration;
  /** Its part of the service's whole traffic. */
  readonly share: Shape;
}

const REGIONS: readonly (readonly [name: string, part: number])[] = [
  ['eu-west-1', 0.6],
  ['us-east-1', 0.4],
];
const ROLLOUT_STEP: Duration = 40 * SECOND;
/** An old pod is drained and removed in this time once its successor is ready. */
const DRAIN: Duration = 20 * SECOND;
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** All pods, old and new. The rolling deploy of checkout replaces one pod every 40 s from `rolloutAt` on. */
export function checkoutFleet(causeAt: Instant, rolloutAt: Instant): readonly Pod[] {
  const old = causeAt - 50 * HOUR;
  const pods: Pod[] = [];
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
        pods.push(podOf(service, region, version, `${service}-${set}`, index, part / replicas, life(index)));
      }
  };
  const turn = (index: number) => rolloutAt + index * ROLLOUT_STEP;
  add('checkout', 3, EARLIER_VERSION, '7d9f8b6c54', (index) => ({ born: old, gone: turn(index) + DRAIN }));
  add('checkout', 3, DEPLOYED_VERSION, '5c6b9d4f77', (index) => ({ born: turn(index) }));
  add('payments', 2, 'v8.1.2', '68fd7c9b5d', () => ({ born: old - 90 * HOUR }));
  add('cart', 2, 'v1.44.0', '594d8f7bc6', () => ({ born: old - 20 * HOUR }));
  add('web', 2, 'v5.12.0', '6f5b7d8c99', () => ({ born: old + 26 * HOUR }));
  pods.push({
    ...podOf('platform', 'eu-west-1', 'v1.9.0', 'platform-exporter', 0, 1, { born: old }),
    name: 'platform-exporter-0',
  });
  return pods;
}

interface Life {
  readonly born: Instant;
  readonly gone?: Instant;
}

function podOf(
  service: Service,
  region: string,
  version: string,
  set: string,
  index: number,
  part: number,
  { born, gone }: Life,
): Pod {
  const seed = seedOf(`${set}-${index}`);
  const suffix = Array.from(
    { length: 5 },
    (_, at) => LETTERS[Math.floor(chance(seed, at) * LETTERS.length)],
  ).join('');
  const name = `${set}-${suffix}`;
  const host = Math.floor(chance(seed, 6) * 250) + 2;
  return {
    service,
    name,
    instance: `10.${region.startsWith('eu') ? 40 : 72}.${(seed % 30) + 1}.${host}:8080`,
    region,
    version,
    born: Math.floor(born / SECOND) * SECOND,
    ...(gone !== undefined && { gone: Math.floor(gone / SECOND) * SECOND }),
    phase: Math.floor(chance(seed, 7) * 15) * SECOND,
    share: shareOf(part, version, { born, ...(gone !== undefined && { gone }) }),
  };
}

/** A pod's part of the traffic: none before it is ready, none once it is drained. */
function shareOf(part: number, version: string, { born, gone }: Life): Shape {
  if (gone !== undefined) return ramp(part, 0, gone - DRAIN, DRAIN - 5 * SECOND);
  return version === DEPLOYED_VERSION
    ? combine([ramp(0, 1, born, DRAIN - 5 * SECOND)], ([ready = 0]) => ready * part)
    : constant(part);
}
