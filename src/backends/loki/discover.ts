import type { Duration, Window } from '../../domain/time.ts';
import type { Names } from '../backend.ts';
import type { Part } from '../discover-parts.ts';
import { streamName } from './match.ts';

/** Reads a list of names of Loki, over absolute times. */
type ReadNames = (path: string, signal: AbortSignal, limit: Duration) => Promise<readonly string[]>;

/** So many labels have their values listed, the likeliest names of a service first; and so many values of each. */
const LABELS_LISTED = 20;
const VALUES_LISTED = 1_000;
const LIKELY = ['service_name', 'service', 'app', 'job', 'namespace', 'container', 'level', 'env', 'cluster'];

/** What a Loki has: its labels, and the streams as `label="value"`, ready to be put into a selector. For one discovery. */
export function lokiParts(readNames: ReadNames): readonly Part[] {
  let once: Promise<readonly string[]> | undefined;
  const readLabels = (signal: AbortSignal, limit: Duration) => {
    once ??= readNames('/loki/api/v1/labels', signal, limit);
    return once;
  };
  return [
    { kind: 'labels', read: async (signal, limit) => ({ names: await readLabels(signal, limit) }) },
    {
      kind: 'streams',
      async read(signal, limit): Promise<Omit<Names, 'kind'>> {
        const all = (await readLabels(signal, limit)).toSorted((a, b) => likely(a) - likely(b));
        const listed = all.slice(0, LABELS_LISTED);
        const lists = await Promise.all(
          listed.map(async (label) => {
            const path = `/loki/api/v1/label/${encodeURIComponent(label)}/values`;
            return { label, values: await readNames(path, signal, limit) };
          }),
        );
        const cut = all.length > listed.length || lists.some((one) => one.values.length > VALUES_LISTED);
        return {
          names: lists.flatMap(({ label, values }) =>
            values.slice(0, VALUES_LISTED).map((value) => streamName(label, value)),
          ),
          ...(cut && { truncated: true }),
        };
      },
    },
  ];
}

function likely(label: string): number {
  const place = LIKELY.indexOf(label);
  return place === -1 ? LIKELY.length : place;
}

/** Loki takes times as whole nanoseconds since the epoch. */
export function nanoseconds(at: number): string {
  return `${BigInt(Math.round(at)) * 1_000_000n}`;
}

/** The window as parameters: `start` inclusive, `end` exclusive. */
export function within(window: Window): readonly (readonly [string, string])[] {
  return [
    ['start', nanoseconds(window.from)],
    ['end', nanoseconds(window.to)],
  ];
}
