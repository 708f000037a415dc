import type { SyntaxNode } from '@lezer/common';

/** An expression in Prometheus' order of operators, still made of the grammar's nodes. */
export type Arranged =
  | { readonly kind: 'operand'; readonly node: SyntaxNode }
  | { readonly kind: 'prefix'; readonly node: SyntaxNode; readonly inner: Arranged }
  | { readonly kind: 'suffix'; readonly node: SyntaxNode; readonly inner: Arranged }
  | { readonly kind: 'infix'; readonly node: SyntaxNode; readonly left: Arranged; readonly right: Arranged };

interface Piece {
  readonly kind: 'operand' | 'prefix' | 'suffix' | 'infix';
  readonly node: SyntaxNode;
}

const SUFFIXES: ReadonlySet<string> = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
]);
const POWER = 6;
const PRECEDENCE: Readonly<Record<string, number>> = {
  Or: 1,
  And: 2,
  Unless: 2,
  Eql: 3,
  Neq: 3,
  Gtr: 3,
  Lss: 3,
  Gte: 3,
  Lte: 3,
  Add: 4,
  Sub: 4,
  Mul: 5,
  Div: 5,
  Mod: 5,
  Pow: POWER,
};

/**
 * Orders operators as Prometheus' parser does. The editor's grammar is looser: it reads `a + b offset 5m` as
 * `(a + b) offset 5m` and `-1 ^ 2` as `(-1) ^ 2`, so its tree is laid out flat and put together again.
 */
export function arrange(node: SyntaxNode, query: string): Arranged {
  const pieces = flatten(node, query);
  let at = 0;
  const operand = (): Arranged => {
    const piece = pieces[at++];
    if (piece === undefined) return { kind: 'operand', node };
    if (piece.kind === 'prefix') return { kind: 'prefix', node: piece.node, inner: expression(POWER) };
    let inner: Arranged = { kind: 'operand', node: piece.node };
    for (let next = pieces[at]; next?.kind === 'suffix'; next = pieces[++at])
      inner = { kind: 'suffix', node: next.node, inner };
    return inner;
  };
  const expression = (least: number): Arranged => {
    let left = operand();
    for (let next = pieces[at]; next?.kind === 'infix'; next = pieces[at]) {
      const precedence = PRECEDENCE[operatorOf(next.node)?.name ?? ''] ?? POWER;
      if (precedence < least) break;
      at++;
      const right = expression(precedence === POWER ? precedence : precedence + 1);
      left = { kind: 'infix', node: next.node, left, right };
    }
    return left;
  };
  return expression(0);
}

/** The operator of a BinaryExpr. */
export function operatorOf(binary: SyntaxNode): SyntaxNode | undefined {
  return binary.firstChild?.nextSibling ?? undefined;
}

function flatten(node: SyntaxNode, query: string): Piece[] {
  const { firstChild, lastChild } = node;
  if (node.name === 'BinaryExpr' && firstChild !== null && lastChild !== null)
    return [...flatten(firstChild, query), { kind: 'infix', node }, ...flatten(lastChild, query)];
  if (node.name === 'UnaryExpr' && lastChild !== null)
    return [{ kind: 'prefix', node }, ...flatten(lastChild, query)];
  if (SUFFIXES.has(node.name) && firstChild !== null)
    return [...flatten(firstChild, query), { kind: 'suffix', node }];
  const signed = node.name === 'NumberDurationLiteral' && /[-+]/.test(query[node.from] ?? '');
  return signed
    ? [
        { kind: 'prefix', node },
        { kind: 'operand', node },
      ]
    : [{ kind: 'operand', node }];
}
