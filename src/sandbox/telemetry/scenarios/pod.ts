import { type Instant, SECOND } from '../../../domain/time.ts';
import { chance, seedOf } from '../noise.ts';
import { constant, type Shape } from '../shape.ts';

/** One running copy of a service, which is also one scrape target. */
export interface Pod<Service extends string = string> {
  readonly service: Service;
  readonly name: string;
  readonly instance: string;
  readonly region: string;
  readonly version: string;
  readonly born: Instant;
  readonly gone?: Instant;
  /** When in each scrape interval it is scraped, in whole seconds. */
  readonly phase: number;
  /** Its part of the service's whole traffic. */
  readonly share: Shape;
}

export interface Life {
  readonly born: Instant;
  readonly gone?: Instant;
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** The pod with this index of a set; name, address and phase follow from both, the same on every machine. */
export function podOf<Service extends string>(
  pod: { readonly service: Service; readonly region: string; readonly version: string } & Life,
  set: string,
  index: number,
  share: Shape | number,
): Pod<Service> {
  const { service, region, version, born, gone } = pod;
  const seed = seedOf(`${set}-${index}`);
  const suffix = Array.from(
    { length: 5 },
    (_, at) => LETTERS[Math.floor(chance(seed, at) * LETTERS.length)],
  ).join('');
  const host = Math.floor(chance(seed, 6) * 250) + 2;
  return {
    service,
    name: `${set}-${suffix}`,
    instance: `10.${region.startsWith('eu') ? 40 : 72}.${(seed % 30) + 1}.${host}:8080`,
    region,
    version,
    born: Math.floor(born / SECOND) * SECOND,
    ...(gone !== undefined && { gone: Math.floor(gone / SECOND) * SECOND }),
    phase: Math.floor(chance(seed, 7) * 15) * SECOND,
    share: typeof share === 'number' ? constant(share) : share,
  };
}
