import { isRecord } from '../block-kit/check.ts';
import type { Json } from '../model.ts';
import { invalidArguments } from './api-error.ts';

/** A method's arguments, form-encoded (every value a string) or JSON. */
export interface Arguments {
  readonly all: Json;
  /** A required string; throws `invalid_arguments`. */
  required(name: string): string;
  /** Undefined when absent or empty. */
  text(name: string): string | undefined;
  /** A string that may be empty. */
  raw(name: string): string | undefined;
  flag(name: string): boolean;
  number(name: string, fallback: number): number;
  /** Lists and objects, as JSON text or as they are. Throws `invalid_arguments` when the text is no JSON. */
  json(name: string): unknown;
  /** `U1,U2` or a list. */
  names(name: string): readonly string[];
  has(name: string): boolean;
}

export function readArguments(all: Json): Arguments {
  const raw = (name: string): string | undefined => {
    const value = all[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  const text = (name: string): string | undefined => {
    const value = raw(name);
    return value === '' ? undefined : value;
  };
  return {
    all,
    raw,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw invalidArguments(`missing required field: ${name}`);
      return value;
    },
    flag: (name) => ['true', '1'].includes(raw(name) ?? ''),
    number(name, fallback) {
      const value = text(name);
      if (value === undefined) return fallback;
      const parsed = Number(value);
      if (!Number.isInteger(parsed)) throw invalidArguments(`must be an integer [json-pointer:/${name}]`);
      return parsed;
    },
    json(name) {
      const value = all[name];
      if (typeof value !== 'string') return value ?? undefined;
      if (value === '') return undefined;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        throw invalidArguments(`must be valid JSON [json-pointer:/${name}]`);
      }
    },
    names(name) {
      const value = all[name];
      const list = Array.isArray(value) ? value.map(String) : (raw(name) ?? '').split(',');
      return list.map((item) => item.trim()).filter((item) => item !== '');
    },
    has: (name) => all[name] !== undefined && all[name] !== null,
  };
}

export function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}
