import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { checkTypes } from './check-types.ts';
import type { Expression } from './expression.ts';
import { ExpressionReader } from './expression-reader.ts';
import { syntaxError } from './syntax-error.ts';

/**
 * Reads a query of the supported subset (`supported.ts`) and checks its types. Throws a QueryError of type `bad_data`
 * whose message has Prometheus' form, `1:5: parse error: …`, and names what is supported where that was the reason.
 */
export function parsePromql(query: string): Expression {
  const tree = parser.parse(query);
  const trouble = firstTrouble(tree);
  if (trouble !== undefined) throw syntaxError(query, trouble);
  const top = tree.topNode.firstChild;
  const root = top === null ? undefined : skipComments(top);
  if (root === undefined) throw syntaxError(query, query.length);
  const expression = new ExpressionReader(query).read(root);
  checkTypes(query, expression);
  return expression;
}

function firstTrouble(tree: Tree): number | undefined {
  let first: number | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && (first === undefined || node.from < first)) first = node.from;
    },
  });
  return first;
}

function skipComments(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at !== null && at.name === 'LineComment') at = at.nextSibling;
  return at ?? undefined;
}
