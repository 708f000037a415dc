import type { Duration } from '../../../domain/time.ts';
import { readDuration } from '../promql/literals.ts';
import {
  AGGREGATIONS,
  type LogQuery,
  type MetricQuery,
  RANGE_FUNCTIONS,
  type RangeFunction,
} from './log-query.ts';
import { parseSelector, parseStages } from './parse-stages.ts';
import { TokenReader } from './token-reader.ts';

const PRECEDENCE: Readonly<Record<string, number>> = {
  '==': 1,
  '!=': 1,
  '>': 1,
  '>=': 1,
  '<': 1,
  '<=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '%': 3,
  '^': 4,
};

/** Reads a query. Throws LokiError for what is wrong, and an honest one for what the sandbox does not have. */
export function parseLogql(query: string): LogQuery | MetricQuery {
  const reader = new TokenReader(query);
  const read = reader.next.text === '{' ? parseLines(reader) : parseMetric(reader, 0);
  if (reader.next.kind !== 'end') throw reader.unexpected();
  return read;
}

function parseLines(reader: TokenReader): LogQuery {
  const selector = parseSelector(reader);
  return { kind: 'log', selector, stages: parseStages(reader) };
}

function parseMetric(reader: TokenReader, least: number): MetricQuery {
  let left = parseOperand(reader);
  for (;;) {
    const op = reader.next.kind === 'sign' ? reader.next.text : '';
    const precedence = PRECEDENCE[op];
    if (precedence === undefined || precedence < least) return left;
    reader.take();
    if (/^(?:on|ignoring|bool)$/.test(reader.next.text)) throw reader.unsupported(reader.next);
    const right = parseMetric(reader, op === '^' ? precedence : precedence + 1);
    left = { kind: 'binary', op, left, right };
  }
}

function parseOperand(reader: TokenReader): MetricQuery {
  if (reader.skip('(') !== undefined) {
    const inner = parseMetric(reader, 0);
    reader.need(')');
    return inner;
  }
  if (reader.next.kind === 'number') return { kind: 'number', value: Number(reader.take().text) };
  const name = reader.next;
  if (name.kind !== 'name') throw reader.unexpected();
  if (RANGE_FUNCTIONS.some((one) => one === name.text)) return parseRange(reader);
  if (AGGREGATIONS.some((one) => one === name.text)) return parseAggregation(reader);
  throw reader.after?.text === '(' ? reader.unsupported(name) : reader.unexpected();
}

function parseRange(reader: TokenReader): MetricQuery {
  const name = reader.take().text as RangeFunction;
  reader.need('(');
  const selector = parseSelector(reader);
  const before = parseStages(reader);
  reader.need('[');
  const range = parseLength(reader);
  reader.need(']');
  const lines: LogQuery = { kind: 'log', selector, stages: [...before, ...parseStages(reader)] };
  const offset = reader.skip('offset') === undefined ? 0 : parseLength(reader);
  reader.need(')');
  return { kind: 'range', name, lines, range, offset };
}

function parseLength(reader: TokenReader): Duration {
  const length = readDuration(reader.takeKind('duration', 'DURATION'));
  if (length === undefined || length < 1000) throw reader.unexpected('DURATION');
  return length;
}

function parseAggregation(reader: TokenReader): MetricQuery {
  const op = reader.take().text;
  const grouped = parseGrouping(reader);
  reader.need('(');
  const counted = op === 'topk' || op === 'bottomk';
  const parameter = counted ? Number(reader.takeKind('number', 'NUMBER')) : Number.NaN;
  if (counted) reader.need(',');
  const inner = parseMetric(reader, 0);
  reader.need(')');
  const { grouping, without } = grouped ?? parseGrouping(reader) ?? { grouping: [], without: false };
  return { kind: 'aggregation', op, inner, parameter, grouping, without };
}

function parseGrouping(reader: TokenReader) {
  const word = reader.skip('by', 'without');
  if (word === undefined) return undefined;
  reader.need('(');
  const grouping: string[] = [];
  while (reader.next.text !== ')') {
    grouping.push(reader.takeKind('name', 'IDENTIFIER'));
    if (reader.next.text !== ')') reader.need(',');
  }
  reader.need(')');
  return { grouping, without: word === 'without' };
}
