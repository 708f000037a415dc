import { QueryError } from './query-error.ts';

/** What one query may use. */
export interface Limits {
  /** Samples read and made in one query, at most. */
  readonly samples: number;
  /** Samples that functions over ranges look at, at most, counted once per step; more is a timeout. */
  readonly work: number;
  /** Whether the query has run for too long; asked now and then. */
  readonly expired: () => boolean;
}

/** Counts what one query uses. Throws QueryError as soon as it is too much, in Prometheus' words. */
export class Budget {
  readonly #limits: Limits;
  #samples = 0;
  #work = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  check(): void {
    if (this.#work > this.#limits.work || this.#limits.expired())
      throw new QueryError('timeout', 'query timed out in expression evaluation');
  }

  use(samples: number): void {
    this.#samples += samples;
    if (this.#samples > this.#limits.samples)
      throw new QueryError(
        'execution',
        'query processing would load too many samples into memory in query execution',
      );
    this.check();
  }

  work(samples: number): void {
    this.#work += samples;
    if (this.#work > this.#limits.work) this.check();
  }
}
