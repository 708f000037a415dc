import type { SyntaxNode } from '@lezer/common';
import { NAME } from '../labels.ts';
import type { Expression, Matching, VectorSelector } from './expression.ts';
import { formatValue } from './format-value.ts';
import { isClosed, readDuration, readNumber, readString } from './literals.ts';
import { type Matcher, type MatchOp, matcher } from './matcher.ts';
import { type Arranged, arrange, operatorOf } from './operator-order.ts';
import { parseError, type QueryError } from './query-error.ts';
import { AGGREGATORS, SUPPORTED } from './supported.ts';
import { syntaxError, unknownFunction } from './syntax-error.ts';

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') found.push(child);
  return found;
}

/** Turns the grammar's nodes into an Expression. Throws QueryError. */
export class ExpressionReader {
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  read(node: SyntaxNode): Expression {
    return this.#build(arrange(node, this.#query));
  }

  #build(arranged: Arranged): Expression {
    const { node } = arranged;
    switch (arranged.kind) {
      case 'operand':
        return this.#operand(node);
      case 'prefix': {
        const inner = this.#build(arranged.inner);
        const negative = this.#query[node.from] === '-';
        return { from: node.from, to: inner.to, kind: 'negation', negative, inner };
      }
      case 'suffix':
        return this.#suffix(this.#build(arranged.inner), node);
      case 'infix':
        return this.#binary(node, this.#build(arranged.left), this.#build(arranged.right));
    }
  }

  #operand(node: SyntaxNode): Expression {
    const place = { from: node.from, to: node.to };
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { ...place, kind: 'number', value: this.#number(node) };
      case 'StringLiteral':
        return { ...place, kind: 'string', value: this.#string(node) };
      case 'ParenExpr': {
        const [inner] = childrenOf(node);
        if (inner === undefined) throw syntaxError(this.#query, node.to);
        return { ...place, kind: 'paren', inner: this.read(inner) };
      }
      case 'VectorSelector':
        return this.#selector(node);
      case 'FunctionCall': {
        const [name, body] = childrenOf(node);
        const args = body === undefined ? [] : childrenOf(body).map((one) => this.read(one));
        return { ...place, kind: 'call', name: name === undefined ? '' : this.#text(name), args };
      }
      case 'AggregateExpr':
        return this.#aggregation(node);
      default:
        throw this.#unsupported(node);
    }
  }

  #suffix(inner: Expression, node: SyntaxNode): Expression {
    if (node.name === 'OffsetExpr') return this.#withOffset(inner, node);
    if (node.name === 'StepInvariantExpr') return this.#withPin(inner, node);
    const [, range, step] = childrenOf(node);
    if (node.name === 'MatrixSelector') return this.#matrix(inner, range, node);
    return {
      from: inner.from,
      to: node.to,
      kind: 'subquery',
      inner,
      range: this.#duration(range, node),
      ...(step !== undefined && { step: this.#duration(step, node) }),
      offset: 0,
    };
  }

  #text(node: SyntaxNode): string {
    return this.#query.slice(node.from, node.to);
  }

  #fail(at: number, message: string): QueryError {
    return parseError(this.#query, at, message);
  }

  #unsupported(node: SyntaxNode): QueryError {
    return this.#fail(
      node.from,
      `${this.#text(node)} is not supported by the sandbox; it supports ${SUPPORTED}`,
    );
  }

  #number(node: SyntaxNode): number {
    const value = readNumber(this.#text(node).replace(/^[-+]\s*/, ''));
    if (value === undefined)
      throw this.#fail(node.from, `unexpected duration ${JSON.stringify(this.#text(node))}`);
    return value;
  }

  #string(node: SyntaxNode): string {
    const value = readString(this.#text(node));
    if (value === undefined && !isClosed(this.#text(node))) throw syntaxError(this.#query, node.from);
    if (value === undefined) throw this.#fail(node.from, `unknown escape sequence in ${this.#text(node)}`);
    return value;
  }

  #duration(node: SyntaxNode | undefined, parent: SyntaxNode): number {
    const text = node === undefined ? '' : this.#text(node);
    const value = readDuration(text);
    const at = node?.from ?? parent.to;
    if (value === undefined && /^\d+$/.test(text)) throw this.#fail(at, 'missing unit character in duration');
    if (value === undefined) throw this.#fail(at, `not a valid duration string: ${JSON.stringify(text)}`);
    if (value === 0) throw this.#fail(at, 'duration must be greater than 0');
    return value;
  }

  #selector(node: SyntaxNode): VectorSelector {
    const matchers: Matcher[] = [];
    const name = node.getChild('Identifier');
    for (const one of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [])
      matchers.push(this.#matcher(one));
    for (const one of childrenOf(node.getChild('LabelMatchers') ?? node))
      if (one.name.startsWith('Quoted')) throw this.#unsupported(node);
    const place = { from: node.from, to: node.to };
    if (name !== null) {
      const twice = matchers.find((one) => one.name === NAME);
      if (twice !== undefined)
        throw this.#fail(
          node.from,
          `metric name must not be set twice: "${this.#text(name)}" or "${twice.value}"`,
        );
      matchers.push(matcher(NAME, '=', this.#text(name)));
    } else if (matchers.every((one) => one.accepts('')))
      throw this.#fail(node.from, 'vector selector must contain at least one non-empty matcher');
    return { ...place, kind: 'vector', matchers, offset: 0 };
  }

  #matcher(node: SyntaxNode): Matcher {
    const [label, op, value] = childrenOf(node);
    if (label === undefined || op === undefined || value === undefined) throw this.#unsupported(node);
    try {
      return matcher(this.#text(label), this.#text(op) as MatchOp, this.#string(value));
    } catch (error) {
      if (error instanceof Error && error.name === 'Error') throw this.#fail(node.from, error.message);
      throw error;
    }
  }

  #matrix(vector: Expression, range: SyntaxNode | undefined, node: SyntaxNode): Expression {
    const bracket = this.#query.lastIndexOf('[', range?.from ?? node.to);
    if (vector.kind !== 'vector') throw this.#fail(bracket, 'ranges only allowed for vector selectors');
    if (vector.offset !== 0) throw this.#fail(bracket, 'no offset modifiers allowed before range');
    if (vector.pin !== undefined) throw this.#fail(bracket, 'no @ modifiers allowed before range');
    return { from: vector.from, to: node.to, kind: 'matrix', vector, range: this.#duration(range, node) };
  }

  #withOffset(inner: Expression, node: SyntaxNode): Expression {
    const [, , duration] = childrenOf(node);
    const text = duration === undefined ? '' : this.#text(duration).replaceAll(/\s/g, '');
    const digits = text.replace(/^[+-]/, '');
    const at = duration?.to === undefined ? node.to : duration.to - digits.length;
    if (/^\d+$/.test(digits))
      throw this.#fail(at, `unexpected number "${digits}" in offset, expected duration`);
    const size = readDuration(digits);
    if (size === undefined) throw this.#fail(at, `not a valid duration string: ${JSON.stringify(digits)}`);
    if (size === 0) throw this.#fail(at, 'duration must be greater than 0');
    const offset = text.startsWith('-') ? -size : size;
    return this.#modify(inner, node, 'offset', (one) => {
      if (one.offset !== 0) throw this.#fail(inner.from, 'offset may not be set multiple times');
      return { offset };
    });
  }

  #withPin(inner: Expression, node: SyntaxNode): Expression {
    const [, , at] = childrenOf(node);
    const text = at === undefined ? '' : this.#text(at);
    const seconds = at?.name === 'NumberDurationLiteral' ? this.#number(at) : 0;
    if (!Number.isFinite(seconds))
      throw this.#fail(node.from, `timestamp out of bounds for @ modifier: ${formatValue(seconds)}`);
    const pin =
      at?.name === 'AtModifierPreprocessors'
        ? { kind: text.startsWith('start') ? ('start' as const) : ('end' as const) }
        : { kind: 'fixed' as const, at: Math.round(seconds * 1000) };
    return this.#modify(inner, node, '@', (one) => {
      if (one.pin !== undefined) throw this.#fail(inner.from, '@ <timestamp> may not be set multiple times');
      return { pin };
    });
  }

  #modify(
    inner: Expression,
    node: SyntaxNode,
    what: string,
    change: (one: { readonly offset: number; readonly pin?: unknown }) => object,
  ): Expression {
    const to = node.to;
    if (inner.kind === 'vector' || inner.kind === 'subquery') return { ...inner, ...change(inner), to };
    if (inner.kind === 'matrix')
      return { ...inner, to, vector: { ...inner.vector, ...change(inner.vector) } };
    throw this.#fail(
      inner.from,
      `${what} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
    );
  }

  #aggregation(node: SyntaxNode): Expression {
    const op = this.#text(node.getChild('AggregateOp') ?? node).toLowerCase();
    const takesParameter = AGGREGATORS.get(op);
    if (takesParameter === undefined) throw this.#fail(node.from, unknownFunction(op));
    const body = node.getChild('FunctionCallBody');
    const args = body === null ? [] : childrenOf(body).map((one) => this.read(one));
    if (args.length === 0) throw this.#fail(node.from, 'no arguments for aggregate expression provided');
    const wanted = takesParameter ? 2 : 1;
    const inner = args[wanted - 1];
    if (args.length !== wanted || inner === undefined)
      throw this.#fail(
        node.from,
        `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
      );
    const modifier = node.getChild('AggregateModifier');
    const parameter = takesParameter ? args[0] : undefined;
    return {
      from: node.from,
      to: node.to,
      kind: 'aggregation',
      op,
      inner,
      ...(parameter !== undefined && { parameter }),
      grouping: this.#labels(modifier?.getChild('GroupingLabels') ?? null),
      without: modifier?.getChild('Without') != null,
    };
  }

  #labels(node: SyntaxNode | null): string[] {
    return node === null ? [] : childrenOf(node).map((one) => this.#text(one));
  }

  #binary(node: SyntaxNode, left: Expression, right: Expression): Expression {
    const op = operatorOf(node);
    if (op === undefined) throw syntaxError(this.#query, node.to);
    if (op.name === 'Atan2' || op.name.startsWith('Trim') || node.getChild('FillModifier') !== null)
      throw this.#unsupported(op);
    const matching = this.#matching(node.getChild('MatchingModifierClause'));
    return {
      from: left.from,
      to: right.to,
      kind: 'binary',
      op: this.#text(op).toLowerCase(),
      at: op.from,
      left,
      right,
      bool: node.getChild('BoolModifier') !== null,
      ...(matching !== undefined && { matching }),
    };
  }

  #matching(node: SyntaxNode | null): Matching | undefined {
    if (node === null) return undefined;
    const [labels = null, include = null] = node.getChildren('GroupingLabels');
    const left = node.getChild('GroupLeft') !== null;
    const right = node.getChild('GroupRight') !== null;
    return {
      on: node.getChild('On') !== null,
      labels: this.#labels(labels),
      many: left ? 'left' : right ? 'right' : 'one',
      include: this.#labels(include),
    };
  }
}
