import type { KeyPath } from './key-lines.ts';

/** Collects everything that is wrong, so that an operator sees it at once, in the order of the file. */
export class Problems {
  readonly #found: { readonly line: number; readonly text: string }[] = [];

  /** `line` 0 comes first: problems of the environment and of the file as a whole. */
  add(line: number, text: string): void {
    if (!this.#found.some((one) => one.text === text)) this.#found.push({ line, text });
  }

  get lines(): readonly string[] {
    return this.#found.toSorted((a, b) => a.line - b.line).map((one) => one.text);
  }
}

/** A key as it would be written: bare where TOML allows it, quoted otherwise. */
export function sayPath(path: KeyPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const written = /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
      return index === 0 ? written : `.${written}`;
    })
    .join('');
}
