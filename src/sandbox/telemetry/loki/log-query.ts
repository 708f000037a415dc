import type { Duration } from '../../../domain/time.ts';
import type { Matcher, MatchOp } from '../promql/matcher.ts';

export type LineOp = '|=' | '!=' | '|~' | '!~';
export type CompareOp = MatchOp | '==' | '>' | '>=' | '<' | '<=';

/** A condition on labels and on what a parser found. */
export type LabelTest =
  | { readonly kind: 'and' | 'or'; readonly left: LabelTest; readonly right: LabelTest }
  | { readonly kind: 'text'; readonly matcher: Matcher }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly op: CompareOp;
      readonly value: number;
      /** Seconds: the value was written as a duration, and so are what it is compared with. */
      readonly duration: boolean;
    };

export type Stage =
  | { readonly kind: 'line'; readonly accepts: (text: string) => boolean }
  | { readonly kind: 'json' }
  | { readonly kind: 'logfmt' }
  | { readonly kind: 'label'; readonly test: LabelTest };

/** A stream selector and what its lines go through. */
export interface LogQuery {
  readonly kind: 'log';
  readonly selector: readonly Matcher[];
  readonly stages: readonly Stage[];
}

/** Functions over a range of lines. https://grafana.com/docs/loki/latest/query/metric_queries/ */
export const RANGE_FUNCTIONS = ['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate'] as const;
export type RangeFunction = (typeof RANGE_FUNCTIONS)[number];

export const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count', 'topk', 'bottomk'] as const;

export type MetricQuery =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'range';
      readonly name: RangeFunction;
      readonly lines: LogQuery;
      readonly range: Duration;
      readonly offset: Duration;
    }
  | {
      readonly kind: 'aggregation';
      readonly op: string;
      readonly inner: MetricQuery;
      readonly parameter: number;
      readonly grouping: readonly string[];
      readonly without: boolean;
    }
  | { readonly kind: 'binary'; readonly op: string; readonly left: MetricQuery; readonly right: MetricQuery };

/** The whole subset in one sentence, for refusals. */
export const SUPPORTED = [
  'stream selectors, the line filters |= != |~ !~, the parsers json and logfmt, label filters with and/or',
  `${RANGE_FUNCTIONS.join(', ')} with offset`,
  `${AGGREGATIONS.join(', ')} with by and without, arithmetic and comparison`,
].join('; ');
