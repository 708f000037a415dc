import { Secret } from '../domain/secret.ts';

/** A secret shorter than this is refused: withholding it everywhere would tear holes into ordinary words. */
export const SHORTEST_SECRET = 8;

/** One string of the configuration with its provenance, before a schema says what it means. */
export class Text {
  readonly value: string;
  /** `config.toml:12`, `env SLACK_BOT_TOKEN`, `config.toml:12, env PROM_TOKEN`. */
  readonly from: string;
  /** It came by `env:` or `file:`: a secret, whatever its key. */
  readonly held: boolean;
  /** It could not be resolved, and the problem is already reported. */
  readonly broken: boolean;

  constructor(value: string, from: string, options: { held?: boolean; broken?: boolean } = {}) {
    this.value = value;
    this.from = from;
    this.held = options.held ?? false;
    this.broken = options.broken ?? false;
  }

  secret(): Secret {
    return new Secret(this.value, this.from);
  }
}

/** How a wrong value is named in a problem: shown when it is harmless and short, else only described. */
export function sayValue(input: unknown): string {
  if (input instanceof Text) {
    if (input.held) return `the value of ${input.from}`;
    return input.value.length > 40 ? 'this text' : JSON.stringify(input.value);
  }
  if (Array.isArray(input)) return 'a list';
  if (input instanceof Date) return 'a date';
  if (typeof input === 'object' && input !== null) return 'a table';
  return String(input);
}
