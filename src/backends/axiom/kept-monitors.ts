import type { Instant } from '../../domain/time.ts';
import { monitorRows, type Watched } from './monitors.ts';
import { historyAnswer, monitorsAnswer } from './schema.ts';

/** What is kept of an answer about monitors, which is made of several requests. */
export interface KeptMonitors {
  readonly at: Instant;
  readonly monitors: unknown;
  /** By the id of the monitor; absent where it was not asked or could not be read. */
  readonly histories: Readonly<Record<string, unknown>>;
}

export function keepMonitors(watched: readonly Watched[], at: Instant): Uint8Array {
  const kept: KeptMonitors = {
    at,
    monitors: watched.map((one) => one.monitor),
    histories: Object.fromEntries(
      watched.flatMap(({ monitor, history }) => (history === undefined ? [] : [[monitor.id, history]])),
    ),
  };
  return Buffer.from(JSON.stringify(kept));
}

/** The same rows as on the card. Throws ZodError where it is something else. */
export function monitorsOf({ at, monitors, histories = {} }: KeptMonitors) {
  const watched = monitorsAnswer.parse(monitors).map((monitor): Watched => {
    const history = Object.hasOwn(histories, monitor.id) ? histories[monitor.id] : undefined;
    return { monitor, ...(history !== undefined && { history: historyAnswer.parse(history) }) };
  });
  return monitorRows(watched, Number(at));
}
