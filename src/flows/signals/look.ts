import type { Backend } from '../../backends/backend.ts';
import { BackendError, RuleViolation } from '../../domain/errors.ts';
import { select } from '../../domain/signals/promql.ts';
import type { Matcher } from '../../domain/signals/signal.ts';
import type { Window } from '../../domain/time.ts';

/** What a choice looks at in a Prometheus: which labels a metric has, which values a label has. */
export interface Look {
  readonly backend: Backend;
  /** The labels of a metric where it meets the conditions; none where it has no series in this time. */
  labels(metric: string, matchers: readonly Matcher[]): Promise<readonly string[]>;
  /** The values of a label; of `__name__` the metrics. */
  values(label: string, matchers: readonly Matcher[], metric?: string): Promise<readonly string[]>;
}

/** The command that lists all metrics of a backend. */
export function listOf({ part }: Backend): string {
  return part?.list ?? 'discover prom metrics';
}

/** Looks over one window. Throws RuleViolation for a backend that tells neither. */
export function lookAt(backend: Backend, window: Window, signal: AbortSignal): Look {
  if (!backend.schema || !backend.values)
    throw new RuleViolation(
      'no-schema',
      `${backend.title} does not tell which fields it has, so nothing can be chosen. Ask it in its own language.`,
    );
  const [schema, values] = [backend.schema.bind(backend), backend.values.bind(backend)];
  return {
    backend,
    async labels(metric, matchers) {
      try {
        const { fields } = await schema(select(metric, matchers), window, signal);
        return fields.map(({ name }) => name);
      } catch (error) {
        if (error instanceof BackendError && error.failure === 'unknown-source') return [];
        throw error;
      }
    },
    async values(label, matchers, metric) {
      const { result } = await values(select(metric, matchers), label, window, signal);
      return result.kind === 'rows' ? result.rows.map(([value]) => String(value)) : [];
    },
  };
}
