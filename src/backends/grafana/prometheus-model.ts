import { type Duration, formatDuration, type Window } from '../../domain/time.ts';

/** A query as Grafana's data source for Prometheus writes it; `interval` is the least step. */
export function prometheusModel(
  expr: string,
  { window, step }: { readonly window: Window; readonly step?: Duration },
): Readonly<Record<string, unknown>> {
  const instant = window.from === window.to;
  return {
    expr,
    range: !instant,
    instant,
    editorMode: 'code',
    ...(step !== undefined && { interval: formatDuration(step) }),
  };
}
