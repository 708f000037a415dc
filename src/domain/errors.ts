/**
 * The person who asked must act. The message is a whole sentence that makes the next step clear; `` `code` `` and `*strong*`
 * mean what they look like, and `@{U123}` stands for a person, so that whoever shows it can write the name.
 */
export class RuleViolation extends Error {
  override readonly name = 'RuleViolation';
  /** Stable name of the rule, for tests and logs; never shown. */
  readonly rule: string;
  /** Offers that go with the sentence: what to say or click next. */
  readonly next: readonly NextStep[];

  constructor(rule: string, message: string, next: readonly NextStep[] = []) {
    super(message);
    this.rule = rule;
    this.next = next;
  }
}

/** One way on, offered with a refusal. `command` is what a person would type after the mention. */
export interface NextStep {
  readonly label: string;
  readonly command: string;
}

/** The closed list of ways in which a backend can fail; who must act depends on it. */
export type Failure =
  | 'unauthorized'
  | 'unknown-source'
  | 'bad-query'
  | 'rate-limited'
  | 'timeout'
  | 'too-large'
  | 'unavailable';

/** What a backend could not do, in words that are safe to show: no secret and no raw response body. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly failure: Failure;
  readonly details: BackendErrorDetails;

  constructor(failure: Failure, message: string, details: BackendErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.failure = failure;
    this.details = details;
  }
}

export interface BackendErrorDetails {
  /** Which deployment was asked, as people name it: `Prometheus prod`. */
  readonly asked?: string;
  /** One sentence: what to do now. */
  readonly nextStep?: string;
  /** A shell command to run by hand and paste back; names environment variables, never values. */
  readonly command?: string;
  /** Nearest real names, for an unknown source. */
  readonly nearest?: readonly string[];
  /** Where in the query, counted from 1. */
  readonly position?: { readonly line: number; readonly column: number };
  /** When a rate limit is lifted. */
  readonly retryAt?: number;
  readonly cause?: unknown;
}

/** The way round a system that Steady cannot ask: what people paste becomes evidence as well. */
export const BY_HAND = 'ask it by hand, paste the answer here and take *Save as evidence* from its menu';

/** The operator must act. Carries every problem found, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Somebody else's event came first: decide again on the newer timeline. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/**
 * A text or value could not be checked for secrets, so it must not leave. Whoever catches it sends a constant
 * notice instead. Carries no cause: the text that failed may be in it.
 */
export class RedactionFailed extends Error {
  override readonly name = 'RedactionFailed';
}
