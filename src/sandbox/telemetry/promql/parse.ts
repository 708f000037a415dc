import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { checkTypes } from './check-types.ts';
import type { Expression } from './expression.ts';
import { ExpressionReader } from './expression-reader.ts';
import { parseError } from './query-error.ts';
import { syntaxError } from './syntax-error.ts';

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 500;

/**
 * Reads a query of the supported subset (`supported.ts`) and checks its types. Throws a QueryError of type `bad_data`
 * whose message has Prometheus' form, `1:5: parse error: …`, and names what is supported where that was the reason.
 */
export function parsePromql(query: string): Expression {
  if (query.length > MAX_LENGTH)
    throw parseError(query, 0, `the sandbox takes queries of up to ${MAX_LENGTH} characters`);
  const tree = parser.parse(query);
  const trouble = firstTrouble(query, tree);
  if (trouble !== undefined) throw syntaxError(query, trouble);
  const top = tree.topNode.firstChild;
  const root = top === null ? undefined : skipComments(top);
  if (root === undefined) throw syntaxError(query, query.length);
  const expression = new ExpressionReader(query).read(root);
  checkTypes(query, expression);
  return expression;
}

/** The first place where the grammar did not fit; throws where expressions are nested beyond any use. */
function firstTrouble(query: string, tree: Tree): number | undefined {
  let first: number | undefined;
  let depth = 0;
  tree.iterate({
    enter: (node) => {
      if (++depth > MAX_DEPTH)
        throw parseError(query, node.from, 'the sandbox does not nest expressions so deeply');
      if (node.type.isError && (first === undefined || node.from < first)) first = node.from;
    },
    leave: () => {
      depth--;
    },
  });
  return first;
}

function skipComments(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at !== null && at.name === 'LineComment') at = at.nextSibling;
  return at ?? undefined;
}
