import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { type Duration, parseDuration } from '../../domain/time.ts';
import { unquoteGo } from '../go-string.ts';

/** `name op value` inside braces. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** One selector of a query: what it reads. */
export interface Selector {
  /** The metric, where the selector names one: `up`, `{__name__="up"}`, `{"up"}`. */
  readonly metric?: string;
  /** Metrics of which any may be meant: `{__name__=~"up|down"}`. */
  readonly anyOf?: readonly string[];
  readonly matchers: readonly Matcher[];
  /** Inside `absent()` or `absent_over_time()`: a name that does not exist is the point. */
  readonly absent: boolean;
  /** Evaluated at a time of its own (`@`), which discovery may not cover. */
  readonly pinned: boolean;
}

export interface Reading {
  readonly selectors: readonly Selector[];
  /** Label names in `by`, `without`, `on`, `ignoring`, `group_left`, `group_right`. */
  readonly grouping: readonly string[];
  /** Makes labels of its own (`label_replace`, `label_join`, `count_values`), so grouping may name what no series has. */
  readonly makesLabels: boolean;
  /** How far before the evaluated time the query may read: all its ranges and offsets together, an upper bound. */
  readonly reach: Duration;
}

/** Characters; a longer query is left to the server, so that no query can keep this process busy. */
const LONGEST = 8_000;

/**
 * What a query reads, or undefined where this grammar does not understand it: then the server decides, for a parser
 * that is older than the server must never refuse a valid query. Syntax: https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function readPromql(query: string): Reading | undefined {
  if (query.trim() === '' || query.length > LONGEST) return undefined;
  const selectors: Selector[] = [];
  const grouping = new Set<string>();
  let reach = 0;
  let broken = false;
  let makesLabels = false;
  const textOf = (node: SyntaxNode) => query.slice(node.from, node.to);
  parser.parse(query).iterate({
    enter({ node }) {
      if (node.type.isError) broken = true;
      else if (node.name === 'VectorSelector') selectors.push(readSelector(node, textOf));
      else if (/^(?:LabelReplace|LabelJoin|CountValues)$/.test(node.name)) makesLabels = true;
      else if (node.name === 'NumberDurationLiteralInDurationContext')
        reach += parseDuration(textOf(node)) ?? 0;
      else if (node.name === 'GroupingLabels')
        for (const label of node.getChildren('LabelName')) grouping.add(textOf(label));
    },
  });
  if (broken) return undefined;
  return { selectors, grouping: [...grouping], makesLabels, reach };
}

function readSelector(node: SyntaxNode, textOf: (node: SyntaxNode) => string): Selector {
  const matchers: Matcher[] = [];
  const identifier = node.getChild('Identifier');
  let metric = identifier ? textOf(identifier) : undefined;
  const list = node.getChild('LabelMatchers');
  for (let item = list?.firstChild ?? null; item; item = item.nextSibling) {
    if (item.name === 'QuotedLabelName') metric = unquoteGo(textOf(item));
    const op = item.getChild('MatchOp');
    const value = item.getChild('StringLiteral');
    const name = item.getChild('LabelName') ?? item.getChild('QuotedLabelName');
    if (!op || !value || !name) continue;
    const label = name.name === 'LabelName' ? textOf(name) : unquoteGo(textOf(name));
    matchers.push({ label, op: textOf(op) as Matcher['op'], value: unquoteGo(textOf(value)) });
  }
  let anyOf: readonly string[] | undefined;
  for (const { label, op, value } of matchers) {
    if (label !== '__name__') continue;
    if (op === '=') metric = value;
    // Only an alternation of plain names: running people's patterns over every name could stall the process.
    else if (op === '=~' && /^[\w:]+(?:\|[\w:]+)*$/.test(value)) anyOf = value.split('|');
  }
  return {
    ...(metric !== undefined && { metric }),
    ...(metric === undefined && anyOf && { anyOf }),
    matchers,
    ...surroundings(node, textOf),
  };
}

function surroundings(
  node: SyntaxNode,
  textOf: (node: SyntaxNode) => string,
): { absent: boolean; pinned: boolean } {
  let absent = false;
  let pinned = false;
  for (let up = node.parent; up; up = up.parent) {
    if (up.name === 'StepInvariantExpr') pinned = true;
    const called = up.name === 'FunctionCall' ? up.getChild('FunctionIdentifier') : null;
    if (called && /^absent(?:_over_time)?$/.test(textOf(called))) absent = true;
  }
  return { absent, pinned };
}
