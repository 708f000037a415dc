const SEGMENT = 1 << 20;

/**
 * An answer's bytes in segments of 1 MiB, filled as they arrive: no copy of the whole is made on the main thread, and the
 * segments can be handed to a worker without copying.
 */
export class Body {
  readonly #segments: ArrayBuffer[] = [];
  #length = 0;
  #taken = false;

  /** Bytes received. */
  get length(): number {
    return this.#length;
  }

  append(chunk: Uint8Array): void {
    for (let done = 0; done < chunk.length; ) {
      const used = this.#length % SEGMENT;
      if (used === 0) this.#segments.push(new ArrayBuffer(SEGMENT));
      const segment = this.#segments.at(-1) as ArrayBuffer;
      const piece = chunk.subarray(done, done + SEGMENT - used);
      new Uint8Array(segment).set(piece, used);
      this.#length += piece.length;
      done += piece.length;
    }
  }

  /** A copy of the first `limit` bytes, or of all where there are fewer. */
  head(limit: number): Uint8Array {
    const copy = new Uint8Array(Math.min(limit, this.#length));
    this.#segments.forEach((segment, index) => {
      const from = index * SEGMENT;
      if (from < copy.length)
        copy.set(new Uint8Array(segment, 0, Math.min(SEGMENT, copy.length - from)), from);
    });
    return copy;
  }

  /** The first `limit` bytes as text: for the short bodies that errors have. */
  text(limit: number): string {
    return new TextDecoder().decode(this.head(limit));
  }

  /** Gives the segments away, to be transferred to another thread; the body is unusable afterwards. */
  take(): { readonly segments: ArrayBuffer[]; readonly length: number } {
    if (this.#taken) throw new TypeError('A body can be taken once');
    this.#taken = true;
    return { segments: this.#segments.splice(0), length: this.#length };
  }
}
