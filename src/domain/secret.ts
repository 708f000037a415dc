const MASK = '[secret]';

/**
 * A value that must never be shown: a token, a password, a key.
 *
 * Every ordinary way of turning it into text (template strings, `JSON.stringify`, `util.inspect`,
 * a logger) prints `[secret]`; only `reveal()` gives the value, at the place that sends it.
 */
export class Secret {
  /** Where the value came from, for messages: `env PROMETHEUS_TOKEN`, `file /etc/steady/token`. Never the value. */
  readonly origin: string;
  // A private field: not enumerable, not cloned, not reached by inspect.
  readonly #value: string;

  constructor(value: string, origin: string) {
    this.#value = value;
    this.origin = origin;
  }

  /** The value itself. Call it only where the value leaves the process. */
  reveal(): string {
    return this.#value;
  }

  /** True when the value is the empty string: configured, yet unusable. */
  get isEmpty(): boolean {
    return this.#value === '';
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
