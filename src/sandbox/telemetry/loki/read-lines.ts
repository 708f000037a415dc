import { type Instant, SECOND } from '../../../domain/time.ts';
import { labelKey } from '../labels.ts';
import { chance, seedOf } from '../noise.ts';
import type { LogSource } from './log-source.ts';
import { LokiError } from './loki-error.ts';

/** A line as it was written. */
export interface LogLine {
  readonly source: LogSource;
  /** The whole second it falls into, and the nanoseconds since that. */
  readonly second: Instant;
  readonly nanos: number;
  readonly text: string;
}

/** Nanoseconds since the epoch, `from` inclusive, `to` exclusive. */
export interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
}

/** About this many lines are made and looked at for one query; the sandbox shares its thread with the page. */
const MOST_LINES = 200_000;
const TYPICAL_BYTES = 210;

const SECOND_NS = 1_000_000_000n;

/**
 * Visits the lines of a stretch of time in order, newest first or oldest first, until `visit` answers false. Throws
 * LokiError where a query would look at too many.
 */
export function readLines(
  sources: readonly LogSource[],
  { from, to }: Stretch,
  direction: 'backward' | 'forward',
  visit: (line: LogLine) => boolean,
): void {
  if (to <= from) return;
  const first = Number(from / SECOND_NS) * SECOND;
  const last = Number((to - 1n) / SECOND_NS) * SECOND;
  const step = direction === 'forward' ? SECOND : -SECOND;
  const seeds = sources.map((one) => seedOf(labelKey(one.labels)));
  let looked = 0;
  let edge = direction === 'forward' ? first : last + SECOND;
  let counts = sources.map((one) => one.written(edge));
  for (
    let second = direction === 'forward' ? first : last;
    second >= first && second <= last;
    second += step
  ) {
    edge += step;
    const others = sources.map((one) => one.written(edge));
    const lines: { readonly place: number; readonly index: number; readonly nanos: number }[] = [];
    for (const [place, count] of counts.entries()) {
      const [before, after] = [Math.min(count, others[place] ?? 0), Math.max(count, others[place] ?? 0)];
      for (let index = before; index < after; index++) {
        const part = (index - before + chance(seeds[place] ?? 0, index)) / (after - before);
        lines.push({ place, index, nanos: Math.floor(part * 1e9) });
      }
    }
    counts = others;
    looked += lines.length;
    if (looked > MOST_LINES) throw tooMuch(looked);
    lines.sort((a, b) => (a.nanos - b.nanos || a.place - b.place) * (step > 0 ? 1 : -1));
    for (const { place, index, nanos } of lines) {
      const source = sources[place];
      const at = BigInt(second) * 1_000_000n + BigInt(nanos);
      if (source === undefined || at < from || at >= to) continue;
      if (!visit({ source, second, nanos, text: source.line(index, second) })) return;
    }
  }
}

/** https://github.com/grafana/loki/blob/main/pkg/querier/queryrange/limits.go */
function tooMuch(lines: number): LokiError {
  const megabytes = (count: number) => `${Math.round((count * TYPICAL_BYTES) / 1e6)} MB`;
  return new LokiError(
    `the query would read too many bytes (query: more than ${megabytes(lines)}, limit: ${megabytes(MOST_LINES)}); ` +
      'consider adding more specific stream selectors or reduce the time range of the query',
  );
}
