import { disguises, SHORTEST_SECRET } from './disguises.ts';
import type { Span } from './span.ts';
import { foldCode, isSeparator, plainView, type View, withoutCodes } from './view.ts';

const WINDOW = SHORTEST_SECRET;
const BASE = 0x01000193;
const KIND = 'held secret';
/** Characters of a text that is looked through without room of its own. */
const DESK = 1 << 15;
/** What the first code of a window weighs when it leaves the rolling hash. */
const LEAVING = (() => {
  let power = 1;
  for (let i = 1; i < WINDOW; i++) power = Math.imul(power, BASE);
  return power;
})();

/**
 * Finds many strings in one pass: a rolling hash over the last 8 characters of each (the end of a token is
 * its random part), so the cost does not grow with the number of secrets held.
 */
class NeedleIndex {
  readonly #seen = new Uint8Array(1 << 16);
  readonly #byHash = new Map<number, Uint16Array[]>();
  readonly #kept = { codes: new Uint16Array(DESK), places: new Int32Array(DESK) };

  add(needle: Uint16Array): void {
    const hash = hashOf(needle.subarray(needle.length - WINDOW));
    this.#seen[hash & 0xffff] = 1;
    const same = this.#byHash.get(hash);
    if (same === undefined) this.#byHash.set(hash, [needle]);
    else same.push(needle);
  }

  /** Removes one copy: the same needle may be held by two secrets. */
  remove(needle: Uint16Array): void {
    const hash = hashOf(needle.subarray(needle.length - WINDOW));
    const rest = this.#byHash.get(hash);
    const at = rest?.findIndex((one) => same(one, needle)) ?? -1;
    if (rest === undefined || at < 0) return;
    rest.splice(at, 1);
    if (rest.length === 0) this.#byHash.delete(hash);
  }

  /** Looks through the codes of a view, or through those that `skip` does not name, as if the others were not there. */
  scan(view: View, spans: Span[], skip?: (code: number) => boolean): void {
    const { length } = view.codes;
    const { codes, places } = this.#desk(length);
    let hash = 0;
    let count = 0;
    for (let place = 0; place < length; place++) {
      const code = view.codes[place] ?? 0;
      if (skip?.(code)) continue;
      const i = count++;
      codes[i] = foldCode(code);
      places[i] = place;
      if (i >= WINDOW) hash = (hash - Math.imul(codes[i - WINDOW] ?? 0, LEAVING)) | 0;
      hash = (Math.imul(hash, BASE) + (codes[i] ?? 0)) | 0;
      if (i < WINDOW - 1 || this.#seen[hash & 0xffff] === 0) continue;
      for (const needle of this.#byHash.get(hash) ?? []) {
        const from = i + 1 - needle.length;
        if (from < 0 || !same(codes.subarray(from, i + 1), needle)) continue;
        spans.push({
          start: view.starts[places[from] ?? 0] ?? 0,
          end: view.ends[place] ?? 0,
          kind: KIND,
        });
      }
    }
  }

  /** Room to work in, kept between texts of ordinary length: making it anew for each would keep the collector busy. */
  #desk(length: number): { readonly codes: Uint16Array; readonly places: Int32Array } {
    if (length <= DESK) return this.#kept;
    return { codes: new Uint16Array(length), places: new Int32Array(length) };
  }
}

function hashOf(codes: Uint16Array): number {
  let hash = 0;
  for (const code of codes) hash = (Math.imul(hash, BASE) + code) | 0;
  return hash;
}

function same(a: Uint16Array, b: Uint16Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The secrets the process holds, findable in any disguise. */
export class HeldSecrets {
  // Symbols such as `@` and `!` count in both; the second ignores what `isSeparator` calls separators.
  readonly #plain = new NeedleIndex();
  readonly #squeezed = new NeedleIndex();

  /**
   * Looks for `secret` from now on; the returned function forgets it again.
   * @throws TypeError when it is shorter than 8 characters.
   */
  add(secret: string): () => void {
    if (secret.length < SHORTEST_SECRET)
      throw new TypeError(`A secret of fewer than ${SHORTEST_SECRET} characters cannot be looked for`);
    const undo: (() => void)[] = [];
    const hold = (index: NeedleIndex, view: View): void => {
      const needle = view.codes.map(foldCode);
      if (needle.length < WINDOW) return;
      index.add(needle);
      undo.push(() => index.remove(needle));
    };
    for (const spelling of disguises(secret)) {
      const view = plainView(spelling);
      hold(this.#plain, view);
      hold(this.#squeezed, withoutCodes(view, isSeparator));
    }
    return () => {
      for (const forget of undo.splice(0)) forget();
    };
  }

  /** Every stretch of the original text in which a secret shows through this view. */
  find(view: View): readonly Span[] {
    const spans: Span[] = [];
    this.#plain.scan(view, spans);
    this.#squeezed.scan(view, spans, isSeparator);
    return spans;
  }
}
