import type { Binary, Call, Expression, ValueType } from './expression.ts';
import { parseError } from './query-error.ts';
import { FUNCTIONS } from './supported.ts';
import { unknownFunction } from './syntax-error.ts';

export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);
export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** What an expression yields. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vector':
    case 'aggregation':
      return 'instant vector';
    case 'matrix':
    case 'subquery':
      return 'range vector';
    case 'paren':
    case 'negation':
      return typeOf(expression.inner);
    case 'call':
      return FUNCTIONS.get(expression.name)?.returns ?? 'instant vector';
    case 'binary':
      return typeOf(expression.left) === 'scalar' && typeOf(expression.right) === 'scalar'
        ? 'scalar'
        : 'instant vector';
  }
}

/** Refuses what fits the grammar and makes no sense, in Prometheus' words. Throws a QueryError of type `bad_data`. */
export function checkTypes(query: string, expression: Expression): void {
  const fail = (at: number, message: string) => parseError(query, at, message);
  const expect = (one: Expression, wanted: ValueType, where: string) => {
    checkTypes(query, one);
    if (typeOf(one) !== wanted)
      throw fail(one.from, `expected type ${wanted} in ${where}, got ${typeOf(one)}`);
  };
  switch (expression.kind) {
    case 'paren':
      checkTypes(query, expression.inner);
      return;
    case 'negation': {
      checkTypes(query, expression.inner);
      const type = typeOf(expression.inner);
      if (type !== 'scalar' && type !== 'instant vector')
        throw fail(
          expression.from,
          `unary expression only allowed on expressions of type scalar or instant vector, got "${type}"`,
        );
      return;
    }
    case 'subquery': {
      checkTypes(query, expression.inner);
      const type = typeOf(expression.inner);
      if (type !== 'instant vector')
        throw fail(
          expression.from,
          `subquery is only allowed on instant vector, got ${type === 'range vector' ? 'matrix' : type} instead`,
        );
      return;
    }
    case 'aggregation':
      expect(expression.inner, 'instant vector', 'aggregation expression');
      if (expression.parameter !== undefined) expect(expression.parameter, 'scalar', 'aggregation parameter');
      return;
    case 'call':
      checkCall(expression, fail, expect);
      return;
    case 'binary':
      checkTypes(query, expression.left);
      checkTypes(query, expression.right);
      checkBinary(expression, fail);
      return;
  }
}

type Fail = (at: number, message: string) => Error;

function checkCall(
  call: Call,
  fail: Fail,
  expect: (one: Expression, wanted: ValueType, where: string) => void,
): void {
  const signature = FUNCTIONS.get(call.name);
  if (signature === undefined) throw fail(call.from, unknownFunction(call.name));
  const most = signature.args.length;
  const least = most - (signature.optional ?? 0);
  const got = call.args.length;
  if (least === most && got !== most)
    throw fail(call.from, `expected ${most} argument(s) in call to "${call.name}", got ${got}`);
  if (got < least)
    throw fail(call.from, `expected at least ${least} argument(s) in call to "${call.name}", got ${got}`);
  if (got > most)
    throw fail(call.from, `expected at most ${most} argument(s) in call to "${call.name}", got ${got}`);
  for (const [index, wanted] of signature.args.entries()) {
    const arg = call.args[index];
    if (arg !== undefined) expect(arg, wanted, `call to function "${call.name}"`);
  }
}

function checkBinary(binary: Binary, fail: Fail): void {
  const [left, right] = [typeOf(binary.left), typeOf(binary.right)];
  const isSet = SET_OPERATORS.has(binary.op);
  const bothVectors = left === 'instant vector' && right === 'instant vector';
  if (binary.bool && !COMPARISONS.has(binary.op))
    throw fail(binary.at, 'bool modifier can only be used on comparison operators');
  if (COMPARISONS.has(binary.op) && !binary.bool && left === 'scalar' && right === 'scalar')
    throw fail(binary.at, 'comparisons between scalars must use BOOL modifier');
  const both = binary.matching?.on ? binary.matching.labels : [];
  const twice = both.find((one) => binary.matching?.include.includes(one));
  if (twice !== undefined)
    throw fail(binary.at, `label "${twice}" must not occur in ON and GROUP clause at once`);
  for (const [side, type] of [
    [binary.left, left],
    [binary.right, right],
  ] as const)
    if (type !== 'scalar' && type !== 'instant vector')
      throw fail(side.from, 'binary expression must contain only scalar and instant vector types');
  if (!bothVectors && (binary.matching?.labels.length ?? 0) > 0)
    throw fail(binary.from, 'vector matching only allowed between instant vectors');
  if (isSet && !bothVectors)
    throw fail(binary.from, `set operator "${binary.op}" not allowed in binary scalar expression`);
  if (isSet && binary.matching !== undefined && binary.matching.many !== 'one')
    throw fail(binary.from, `no grouping allowed for "${binary.op}" operation`);
}
