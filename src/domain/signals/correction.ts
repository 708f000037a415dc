import { isSignal, type Signal } from './signal.ts';

/** What somebody said of one signal of a service: this metric, or to look for it again. */
export interface Correction {
  readonly signal: Signal;
  /** Undefined: chosen by convention again. */
  readonly metric?: string;
}

/** What a team corrected of one service, by signal: the metric and who said so. */
export type Corrections = Readonly<Partial<Record<Signal, { readonly metric: string; readonly by: string }>>>;

/** The word by which a choice is left to conventions again. */
export const BY_ITSELF = 'auto';

/** Reads `latency=request_seconds_bucket`, `latency is …`; undefined for anything else. */
export function readCorrection(text: string): Correction | undefined {
  const found = /^(\w+)\s*(?:=|:|\s+(?:is|from)\s+)\s*`?([^\s`{}"']+)`?$/.exec(text.trim());
  const [, signal = '', metric = ''] = found ?? [];
  const plain = signal.toLowerCase().replace(/^error$/, 'errors');
  if (!isSignal(plain)) return undefined;
  return metric.toLowerCase() === BY_ITSELF ? { signal: plain } : { signal: plain, metric };
}

/** Where a team's corrections of one service are remembered. */
export function correctionsKey(
  place: { readonly tool: string; readonly deployment: string },
  service: string,
): string {
  return `signals/${place.tool}/${place.deployment}/${service.toLowerCase()}`;
}

/** What was remembered, or nothing where it cannot be read. */
export function correctionsOf(stored: unknown): Corrections {
  if (typeof stored !== 'object' || stored === null) return {};
  const entries = Object.entries(stored).flatMap(([signal, one]) => {
    const { metric, by } = (one ?? {}) as { readonly metric?: unknown; readonly by?: unknown };
    return isSignal(signal) && typeof metric === 'string' && typeof by === 'string'
      ? [[signal, { metric, by }] as const]
      : [];
  });
  return Object.fromEntries(entries);
}
