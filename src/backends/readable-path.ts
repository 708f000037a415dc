import { BackendError } from '../domain/errors.ts';
import { ticked } from './unknown-names.ts';

/** A path that may be read, apart from what follows its `?`. */
export interface ReadablePath {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
}

/** Characters of a path with its query. */
const LONGEST = 4_000;

/**
 * Takes a path as a person typed it after `GET`, where one of the patterns allows it: `*` stands for one segment. Throws
 * BackendError `bad-query` for any other, before anything is sent: what is encoded twice, or leads upwards, matches nothing.
 */
export function readablePath(typed: string, patterns: readonly string[], title: string): ReadablePath {
  const [, path = '', search = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(typed.trim()) ?? [];
  const segments = path.split('/').map(decoded);
  const allowed =
    typed.length <= LONGEST &&
    segments.every(
      (one) => one !== undefined && one !== '.' && one !== '..' && !/[/\\\p{Cc}\p{Cf}]/u.test(one),
    ) &&
    patterns.some((pattern) => matches(pattern.split('/'), segments));
  if (!allowed)
    throw new BackendError(
      'bad-query',
      `${title} is not asked for ${ticked(typed)}: it is none of the paths that only read.`,
      {
        asked: title,
        nextStep: `Allowed are ${patterns.slice(0, 12).map(ticked).join(', ')}${patterns.length > 12 ? ' and more' : ''}; \`*\` is one name.`,
      },
    );
  return {
    path: segments.map((one) => encodeURIComponent(one ?? '')).join('/'),
    query: [...new URLSearchParams(search)],
  };
}

function matches(pattern: readonly string[], segments: readonly (string | undefined)[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((one, index) => (one === '*' ? segments[index] !== '' : one === segments[index]))
  );
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
