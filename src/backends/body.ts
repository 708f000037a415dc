const FIRST = 1 << 16;
const LATER = 1 << 20;

/**
 * An answer's bytes in segments (64 KiB, then 1 MiB each), filled as they arrive: no copy of the whole is made on the
 * main thread. The segments are shared memory, so that a worker can decode them while they are being compressed here.
 */
export class Body {
  readonly #segments: SharedArrayBuffer[] = [];
  /** Room left in the last segment. */
  #room = 0;
  #length = 0;
  #taken = false;

  /** Bytes received. */
  get length(): number {
    return this.#length;
  }

  append(chunk: Uint8Array): void {
    for (let done = 0; done < chunk.length; ) {
      if (this.#room === 0) {
        this.#room = this.#segments.length === 0 ? FIRST : LATER;
        this.#segments.push(new SharedArrayBuffer(this.#room));
      }
      const segment = this.#segments.at(-1) as SharedArrayBuffer;
      const piece = chunk.subarray(done, done + this.#room);
      new Uint8Array(segment).set(piece, segment.byteLength - this.#room);
      this.#room -= piece.length;
      this.#length += piece.length;
      done += piece.length;
    }
  }

  /** The first `limit` bytes, or all where there are fewer, as they lie: nothing is copied, and they outlive `take`. */
  views(limit: number): readonly Uint8Array<SharedArrayBuffer>[] {
    if (this.#taken) throw new TypeError('The body was taken');
    const views: Uint8Array<SharedArrayBuffer>[] = [];
    let left = Math.min(limit, this.#length);
    for (const segment of this.#segments) {
      if (left === 0) break;
      const view = new Uint8Array(segment, 0, Math.min(segment.byteLength, left));
      views.push(view);
      left -= view.length;
    }
    return views;
  }

  /** A copy of the first `limit` bytes, or of all where there are fewer. */
  head(limit: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(Math.min(limit, this.#length));
    let from = 0;
    for (const view of this.views(limit)) {
      copy.set(view, from);
      from += view.length;
    }
    return copy;
  }

  /** The first `limit` bytes as text: for the short bodies that errors have. */
  text(limit: number): string {
    return new TextDecoder().decode(this.head(limit));
  }

  /** Gives the segments away, to another thread; the body is unusable afterwards. */
  take(): { readonly segments: SharedArrayBuffer[]; readonly length: number } {
    if (this.#taken) throw new TypeError('The body was taken');
    this.#taken = true;
    return { segments: this.#segments.splice(0), length: this.#length };
  }
}
