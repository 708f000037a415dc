import type { Change } from '../backends/backend.ts';
import type { Mark } from '../charts/picture.ts';
import { BackendError } from '../domain/errors.ts';
import { MINUTE, SECOND, type Window } from '../domain/time.ts';
import type { World } from './ports.ts';

/** A picture waits no longer for what changed. */
const PATIENCE = 5 * SECOND;
const MOST = 20;
const SAME = 2 * MINUTE;
const VERSION = /\d+\.\d+(?:\.\d+)*/;

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
  const marks = found.toSorted((a, b) => a.at - b.at).map(markOf);
  return {
    marks: marks.filter((one, index) => !toldBefore(one, marks.slice(0, index))).slice(0, MOST),
    missing,
  };
}

function markOf({ at, title, service, version }: Change): Mark {
  const named = [service, version].filter((one) => one !== undefined && !title.includes(one));
  return { at, kind: 'change', label: [title, ...named].join(' ') };
}

/** Several systems often know of the same deploy: the same version within a minute or two is told once. */
function toldBefore(mark: Mark, before: readonly Mark[]): boolean {
  const version = VERSION.exec(mark.label)?.[0];
  return before.some(
    (one) =>
      mark.at - one.at <= SAME &&
      (one.label === mark.label || (version !== undefined && VERSION.exec(one.label)?.[0] === version)),
  );
}
