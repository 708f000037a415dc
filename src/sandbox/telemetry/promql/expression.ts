import type { Duration, Instant } from '../../../domain/time.ts';
import type { Matcher } from './matcher.ts';

/** What an expression yields, in Prometheus' words for its messages. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string';

/** Where the `@` modifier pins a selector. */
export type Pin = { readonly kind: 'fixed'; readonly at: Instant } | { readonly kind: 'start' | 'end' };

interface Placed {
  /** Offset of the first character in the query. */
  readonly from: number;
  /** Offset after the last character. */
  readonly to: number;
}

export interface VectorSelector extends Placed {
  readonly kind: 'vector';
  readonly matchers: readonly Matcher[];
  readonly offset: Duration;
  readonly pin?: Pin;
}

export interface MatrixSelector extends Placed {
  readonly kind: 'matrix';
  readonly vector: VectorSelector;
  readonly range: Duration;
}

export interface Subquery extends Placed {
  readonly kind: 'subquery';
  readonly inner: Expression;
  readonly range: Duration;
  /** Absent: the server's evaluation interval, one minute. */
  readonly step?: Duration;
  readonly offset: Duration;
  readonly pin?: Pin;
}

export interface Call extends Placed {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Aggregation extends Placed {
  readonly kind: 'aggregation';
  readonly op: string;
  readonly inner: Expression;
  readonly parameter?: Expression;
  readonly grouping: readonly string[];
  readonly without: boolean;
}

export interface Matching {
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Which side may have many series per group; `one` where neither may. */
  readonly many: 'one' | 'left' | 'right';
  /** Labels copied from the "one" side. */
  readonly include: readonly string[];
}

export interface Binary extends Placed {
  readonly kind: 'binary';
  readonly op: string;
  /** Offset of the operator. */
  readonly at: number;
  readonly left: Expression;
  readonly right: Expression;
  readonly bool: boolean;
  readonly matching?: Matching;
}

export type Expression =
  | (Placed & { readonly kind: 'number'; readonly value: number })
  | (Placed & { readonly kind: 'string'; readonly value: string })
  | (Placed & { readonly kind: 'paren'; readonly inner: Expression })
  | (Placed & { readonly kind: 'negation'; readonly negative: boolean; readonly inner: Expression })
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary;

export function unwrapParens(expression: Expression): Expression {
  return expression.kind === 'paren' ? unwrapParens(expression.inner) : expression;
}
