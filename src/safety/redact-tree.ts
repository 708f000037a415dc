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

/** What is known of a tree after its one reading. */
interface Reading {
  /** Every string, keys too, in the order in which they are met. */
  readonly leaves: Leaf[];
  /** Leaves that a client shows in a row. */
  readonly runs: (readonly Leaf[])[];
  /** Keys that say what their value is, with it. */
  readonly told: (readonly [Leaf, Leaf])[];
  /** Something speaks for itself through `toJSON`, so the tree cannot stay the same value. */
  spoken: boolean;
}

/**
 * Redacts every string of a JSON-like value, keys too, and what only shows once the `text` leaves of one list
 * are read in a row, as a client shows them. Where nothing is found the answer is the very same value.
 *
 * @throws RedactionFailed for what cannot be read as JSON: bytes, maps, cycles, more than 200 levels.
 */
export function redactTree<T>(
  value: T,
  find: (text: string) => readonly Span[],
): { value: T; found: readonly Found[] } {
  const reading: Reading = { leaves: [], runs: [], told: [], spoken: false };
  read(value, 0, reading);
  const found: { kind: string }[] = [];
  const known = new Map<string, readonly Span[]>();
  for (const one of reading.leaves) {
    const spans = known.get(one.text) ?? find(one.text);
    if (spans.length === 0) continue;
    known.set(one.text, spans);
    one.spans.push(...spans);
    found.push(...spans);
  }
  for (const [name, one] of reading.told) {
    const before = `${name.text}: `;
    if (one.spans.length > 0) continue;
    for (const { start, end, kind } of find(before + one.text)) {
      if (end <= before.length) continue;
      const span = { start: Math.max(0, start - before.length), end: end - before.length, kind };
      one.spans.push(span);
      found.push(span);
    }
  }
  for (const run of reading.runs) found.push(...acrossLeaves(run, find));
  if (found.length === 0 && !reading.spoken) return { value, found: [] };
  return { value: write(value, reading.leaves.values()) as T, found: countKinds(found) };
}

/** Collects the strings of a tree. */
function read(node: unknown, depth: number, reading: Reading): void {
  if (depth > DEEPEST) throw new RedactionFailed('The value is too deep to be checked');
  if (typeof node === 'function' || typeof node === 'symbol')
    throw new RedactionFailed('The value holds something that cannot be checked');
  if (typeof node === 'string') leafOf(node, reading);
  else if (Array.isArray(node)) readItems(node, depth, reading);
  else if (node !== null && typeof node === 'object') readMembers(node, depth, reading);
}

function readMembers(node: object, depth: number, reading: Reading): void {
  if ('toJSON' in node && typeof node.toJSON === 'function') {
    reading.spoken = true;
    read(node.toJSON(), depth + 1, reading);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(node);
  if (prototype !== Object.prototype && prototype !== null)
    throw new RedactionFailed('The value holds something that cannot be checked');
  for (const key of Object.keys(node)) {
    const name = leafOf(key, reading);
    const item = (node as Readonly<Record<string, unknown>>)[key];
    if (typeof item !== 'string') read(item, depth + 1, reading);
    else {
      const child = leafOf(item, reading);
      if (TELLING.test(key)) reading.told.push([name, child]);
    }
  }
}

function readItems(items: readonly unknown[], depth: number, reading: Reading): void {
  const run: Leaf[] = [];
  for (const item of items) {
    const before = reading.leaves.length;
    read(item, depth + 1, reading);
    const shown = shownText(item);
    if (shown === undefined) continue;
    for (let at = before; at < reading.leaves.length; at++) {
      const one = reading.leaves[at];
      if (one?.text !== shown) continue;
      run.push(one);
      break;
    }
  }
  if (run.length > 1) reading.runs.push(run);
}

function leafOf(text: string, { leaves }: Reading): Leaf {
  const one: Leaf = { text, spans: [] };
  leaves.push(one);
  return one;
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

/** A copy with the stretches cut out; the leaves are met in the order in which they were read. */
function write(node: unknown, leaves: Iterator<Leaf, undefined>): unknown {
  if (typeof node === 'string') return cutNext(node, leaves);
  if (node === null || typeof node !== 'object') return node;
  if (Array.isArray(node)) return node.map((item: unknown) => write(item, leaves));
  if ('toJSON' in node && typeof node.toJSON === 'function') return write(node.toJSON(), leaves);
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(node).map(([name, item]) => {
      const wanted = cutNext(name, leaves);
      let key = wanted;
      for (let again = 2; taken.has(key); again++) key = `${wanted} (${again})`;
      taken.add(key);
      return [key, write(item, leaves)];
    }),
  );
}

function cutNext(text: string, leaves: Iterator<Leaf, undefined>): string {
  const leaf = leaves.next().value;
  // What says something else the second time was not checked.
  if (leaf?.text !== text) throw new RedactionFailed('The value changed while it was checked');
  return leaf.spans.length === 0 ? text : cutSpans(text, mergeSpans(leaf.spans));
}
