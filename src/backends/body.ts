const FIRST = 1 << 16;
const LATER = 1 << 20;

/**
 * An answer's bytes in segments (64 KiB, then 1 MiB each), filled as they arrive: no copy of the whole is made on the
 * main thread, and the segments can be handed to a worker without copying.
 */
export class Body {
  readonly #segments: ArrayBuffer[] = [];
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
        this.#segments.push(new ArrayBuffer(this.#room));
      }
      const segment = this.#segments.at(-1) as ArrayBuffer;
      const piece = chunk.subarray(done, done + this.#room);
      new Uint8Array(segment).set(piece, segment.byteLength - this.#room);
      this.#room -= piece.length;
      this.#length += piece.length;
      done += piece.length;
    }
  }

  /** A copy of the first `limit` bytes, or of all where there are fewer. */
  head(limit: number): Uint8Array {
    if (this.#taken) throw new TypeError('The body was taken');
    const copy = new Uint8Array(Math.min(limit, this.#length));
    let from = 0;
    for (const segment of this.#segments) {
      if (from >= copy.length) break;
      copy.set(new Uint8Array(segment, 0, Math.min(segment.byteLength, copy.length - from)), from);
      from += segment.byteLength;
    }
    return copy;
  }

  /** The first `limit` bytes as text: for the short bodies that errors have. */
  text(limit: number): string {
    return new TextDecoder().decode(this.head(limit));
  }

  /** Gives the segments away, to be transferred to another thread; the body is unusable afterwards. */
  take(): { readonly segments: ArrayBuffer[]; readonly length: number } {
    if (this.#taken) throw new TypeError('The body was taken');
    this.#taken = true;
    return { segments: this.#segments.splice(0), length: this.#length };
  }
}
