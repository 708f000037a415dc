import { RedactionFailed } from '../domain/errors.ts';
import { countKinds, cutSpans, type Found, mergeSpans, type Span } from './span.ts';

const DEEPEST = 200;
/** Keys that may say what their value is: `{"password": "…"}` is no different from `password: …`. A bare `key` names an entry. */
const TELLING =
  /pass|pwd|secret|token|(?:api|access|secret|private|signing|auth|encryption|account|master)[_-]?key|auth|cookie|credential|session|signature/i;

/** One string of a tree, with what is to be cut out of it. */
interface Leaf {
  readonly text: string;
  readonly spans: Span[];
}

/** A copy of the tree whose strings are leaves, and the leaves in order. */
type Tree =
  | Leaf
  | readonly Tree[]
  | { readonly members: readonly (readonly [Leaf, Tree])[] }
  | { readonly kept: unknown };

/**
 * Redacts every string of a JSON-like value, keys too, and what only shows once the `text` leaves of one list
 * are read in a row, as a client shows them.
 *
 * @throws RedactionFailed for what cannot be read as JSON: bytes, maps, cycles, more than 200 levels.
 */
export function redactTree<T>(
  value: T,
  find: (text: string) => readonly Span[],
): { value: T; found: readonly Found[] } {
  const leaves: Leaf[] = [];
  const runs: Leaf[][] = [];
  const told: (readonly [Leaf, Leaf])[] = [];
  const found: { kind: string }[] = [];

  const leaf = (text: string): Leaf => {
    const one: Leaf = { text, spans: [] };
    leaves.push(one);
    return one;
  };
  const read = (node: unknown, depth: number): Tree => {
    if (depth > DEEPEST) throw new RedactionFailed('The value is too deep to be checked');
    if (typeof node === 'string') return leaf(node);
    if (node === null || typeof node !== 'object') {
      if (typeof node === 'function' || typeof node === 'symbol')
        throw new RedactionFailed('The value holds something that cannot be checked');
      return { kept: node };
    }
    if (Array.isArray(node)) {
      const run: Leaf[] = [];
      const nodes = node.map((item: unknown) => {
        const before = leaves.length;
        const child = read(item, depth + 1);
        const shown = shownText(item);
        const one = shown === undefined ? undefined : leaves.slice(before).find((at) => at.text === shown);
        if (one !== undefined) run.push(one);
        return child;
      });
      if (run.length > 1) runs.push(run);
      return nodes;
    }
    if ('toJSON' in node && typeof node.toJSON === 'function') return read(node.toJSON(), depth + 1);
    const prototype: unknown = Object.getPrototypeOf(node);
    if (prototype !== Object.prototype && prototype !== null)
      throw new RedactionFailed('The value holds something that cannot be checked');
    return {
      members: Object.entries(node).map(([key, item]) => {
        const name = leaf(key);
        const child = read(item, depth + 1);
        if (TELLING.test(key) && isLeaf(child)) told.push([name, child]);
        return [name, child] as const;
      }),
    };
  };

  const root = read(value, 0);
  const known = new Map<string, readonly Span[]>();
  for (const one of leaves) {
    const spans = known.get(one.text) ?? find(one.text);
    known.set(one.text, spans);
    one.spans.push(...spans);
    found.push(...spans);
  }
  for (const [name, one] of told) {
    const before = `${name.text}: `;
    if (one.spans.length > 0) continue;
    for (const { start, end, kind } of find(before + one.text)) {
      if (end <= before.length) continue;
      const span = { start: Math.max(0, start - before.length), end: end - before.length, kind };
      one.spans.push(span);
      found.push(span);
    }
  }
  for (const run of runs) found.push(...acrossLeaves(run, find));
  return { value: write(root) as T, found: countKinds(found) };
}

function isLeaf(node: Tree): node is Leaf {
  return 'spans' in node;
}

/** The text a client shows for one element of a list: a rich_text element, a text object, a plain string. */
function shownText(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (item === null || typeof item !== 'object' || !('text' in item)) return undefined;
  return typeof item.text === 'string' ? item.text : undefined;
}

function acrossLeaves(run: readonly Leaf[], find: (text: string) => readonly Span[]): readonly Span[] {
  const news: Span[] = [];
  let first = 0;
  let before = 0;
  for (const span of find(run.map((one) => one.text).join(''))) {
    // Both go from left to right, so the whole costs no more than their lengths.
    for (
      let one = run[first];
      one !== undefined && before + one.text.length <= span.start;
      one = run[first]
    ) {
      before += one.text.length;
      first += 1;
    }
    const parts: { readonly leaf: Leaf; readonly span: Span }[] = [];
    for (let at = before, i = first; i < run.length && at < span.end; i++) {
      const leaf = run[i];
      if (leaf === undefined) break;
      const start = Math.max(span.start - at, 0);
      const end = Math.min(span.end - at, leaf.text.length);
      if (start < end) parts.push({ leaf, span: { start, end, kind: span.kind } });
      at += leaf.text.length;
    }
    // Within one leaf it is news only where the word that gives it away stands in another: `*Password:*`, then the value.
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && covers(only.leaf.spans, only.span)) continue;
    for (const part of parts) part.leaf.spans.push(part.span);
    news.push(span);
  }
  return news;
}

function covers(spans: readonly Span[], { start, end }: Span): boolean {
  return spans.some((one) => one.start <= start && end <= one.end);
}

function write(node: Tree): unknown {
  if (Array.isArray(node)) return node.map(write);
  if ('kept' in node) return node.kept;
  if ('text' in node)
    return node.spans.length === 0 ? node.text : cutSpans(node.text, mergeSpans(node.spans));
  if (!('members' in node)) return undefined;
  const taken = new Set<string>();
  return Object.fromEntries(
    node.members.map(([name, item]) => {
      const wanted = String(write(name));
      let key = wanted;
      for (let again = 2; taken.has(key); again++) key = `${wanted} (${again})`;
      taken.add(key);
      return [key, write(item)];
    }),
  );
}
