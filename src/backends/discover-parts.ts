import { BackendError } from '../domain/errors.ts';
import { type Duration, type Instant, SECOND } from '../domain/time.ts';
import type { DiscoverOptions, Discovery, Names } from './backend.ts';

/** One list of names, and how it is read within a limit. */
export interface Part {
  readonly kind: string;
  read(signal: AbortSignal, limit: Duration): Promise<Omit<Names, 'kind'>>;
}

export const DISCOVERY_TIMEOUT: Duration = 10 * SECOND;

/** Reads all parts, or those asked for, at once; what a BackendError keeps back is `missing`. The order is that of `parts`. */
export async function discoverParts(
  parts: readonly Part[],
  options: DiscoverOptions & { readonly now: () => Instant; readonly signal: AbortSignal },
): Promise<Discovery> {
  const { now, only } = options;
  const at = now();
  const limit = options.timeout ?? DISCOVERY_TIMEOUT;
  const outcomes = await Promise.all(
    parts
      .filter(({ kind }) => only?.includes(kind) ?? true)
      .map(async ({ kind, read }) => {
        try {
          const within = AbortSignal.any([options.signal, AbortSignal.timeout(limit)]);
          return { lists: [{ kind, ...(await read(within, limit)) }], missing: [] };
        } catch (error) {
          if (!(error instanceof BackendError)) throw error;
          return { lists: [], missing: [{ kind, why: error.message }] };
        }
      }),
  );
  return {
    at,
    took: now() - at,
    lists: outcomes.flatMap((one) => one.lists),
    missing: outcomes.flatMap((one) => one.missing),
  };
}
