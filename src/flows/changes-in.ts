import type { Change } from '../backends/backend.ts';
import type { Mark } from '../charts/picture.ts';
import { BackendError } from '../domain/errors.ts';
import { changeLabel, sameChange } from '../domain/investigation/seen-change.ts';
import { SECOND, type Window } from '../domain/time.ts';
import type { World } from './ports.ts';

/** A picture waits no longer for what changed. */
const PATIENCE = 5 * SECOND;
const MOST = 20;

/** Deploys and other changes that the configured systems know of; what could not be read is said. */
export async function changesIn(
  { telemetry }: Pick<World, 'telemetry'>,
  window: Window,
  signal: AbortSignal,
): Promise<{ readonly marks: readonly Mark[]; readonly missing: readonly string[] }> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const missing: string[] = [];
  const asked = telemetry.backends.map(async (backend) => {
    try {
      return (await backend.changes?.(window, within))?.found ?? [];
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      missing.push(`What ${backend.title} knows of changes could not be read.`);
      return [];
    }
  });
  const found = (await Promise.all(asked)).flat();
  const told: Change[] = [];
  for (const change of found.toSorted((a, b) => a.at - b.at))
    if (!told.some((one) => sameChange(one, change))) told.push(change);
  const marks = told
    .slice(0, MOST)
    .map((one): Mark => ({ at: one.at, kind: 'change', label: changeLabel(one) }));
  return { marks, missing };
}
