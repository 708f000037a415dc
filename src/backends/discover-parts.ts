import { BackendError } from '../domain/errors.ts';
import { type Duration, type Instant, SECOND } from '../domain/time.ts';
import type { DiscoverOptions, Discovery, Missing, Names } from './backend.ts';

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
        const found: { lists: Names[]; missing: Missing[] } = { lists: [], missing: [] };
        try {
          const within = AbortSignal.any([options.signal, AbortSignal.timeout(limit)]);
          found.lists.push({ kind, ...(await read(within, limit)) });
        } catch (error) {
          if (!(error instanceof BackendError)) throw error;
          const { nextStep, command } = error.details;
          // Asking for less helps a query, not a list of names.
          const step = error.failure === 'timeout' ? undefined : nextStep;
          found.missing.push({
            kind,
            why: error.message,
            ...(step !== undefined && { nextStep: step }),
            // A step that names the command needs it; what will pass by itself does not.
            ...(error.failure === 'unauthorized' && command !== undefined && { command }),
          });
        }
        return found;
      }),
  );
  return {
    at,
    took: now() - at,
    lists: outcomes.flatMap((one) => one.lists),
    missing: outcomes.flatMap((one) => one.missing),
  };
}
