/** A key of a TOML document: `['slack', 'bot_token']`; a number is an index of an array. */
export type KeyPath = readonly (string | number)[];

/**
 * Finds the line on which each key of a TOML document is written, which parsers do not tell.
 *
 * It reads a document that the real parser has accepted; of any other it gives some answer, and always ends.
 * Grammar: https://toml.io/en/v1.1.0
 */
export function keyLines(toml: string): (path: KeyPath) => number | undefined {
  const lines = new Map<string, number>();
  const counts = new Map<string, number>();
  let at = 0;
  let line = 1;

  const note = (path: KeyPath, where: number) => {
    const id = JSON.stringify(path);
    if (!lines.has(id)) lines.set(id, where);
  };
  const step = (count = 1) => {
    for (let left = count; left > 0 && at < toml.length; left--) if (toml[at++] === '\n') line++;
  };
  const skip = (newlines: boolean) => {
    for (; at < toml.length; ) {
      const char = toml[at] ?? '';
      if (char === '#') while (at < toml.length && toml[at] !== '\n') at++;
      else if (char === ' ' || char === '\t' || char === '\r' || (newlines && char === '\n')) step();
      else return;
    }
  };

  /** Steps over a string and answers what it says; escapes are read as JSON does, which covers keys as people write them. */
  const quoted = (): string => {
    const quote = toml[at] ?? '';
    const fence = quote.repeat(3);
    const long = toml.startsWith(fence, at);
    const open = long ? 3 : 1;
    const from = at + open;
    step(open);
    while (at < toml.length && !(long ? toml.startsWith(fence, at) : toml[at] === quote)) {
      step(quote === '"' && toml[at] === '\\' ? 2 : 1);
    }
    const to = at;
    step(open);
    // A long string may end in quotes of its own: up to two more than its fence.
    while (long && toml[at] === quote) step();
    const body = toml.slice(from, to);
    if (quote === "'" || !body.includes('\\')) return body;
    try {
      return JSON.parse(`"${body}"`) as string;
    } catch {
      return body;
    }
  };

  const dotted = (): string[] => {
    const keys: string[] = [];
    for (;;) {
      skip(false);
      if (toml[at] === '"' || toml[at] === "'") keys.push(quoted());
      else {
        const bare = /^[A-Za-z0-9_-]+/.exec(toml.slice(at, at + 300))?.[0] ?? '';
        step(bare.length);
        keys.push(bare);
      }
      skip(false);
      if (toml[at] !== '.') return keys;
      step();
    }
  };

  const pair = (table: KeyPath) => {
    const where = line;
    const before = at;
    const keys = dotted();
    const path = [...table, ...keys];
    for (let length = table.length + 1; length <= path.length; length++) note(path.slice(0, length), where);
    if (toml[at] === '=') {
      step();
      skip(false);
      value(path);
    }
    if (at === before) step();
  };

  const value = (path: KeyPath): void => {
    const char = toml[at];
    if (char === '"' || char === "'") quoted();
    else if (char === '[' || char === '{') {
      const close = char === '[' ? ']' : '}';
      step();
      for (let index = 0; ; index++) {
        skip(true);
        if (at >= toml.length) return;
        if (toml[at] === close) {
          step();
          return;
        }
        const before = at;
        if (char === '{') pair(path);
        else {
          note([...path, index], line);
          value([...path, index]);
        }
        skip(true);
        if (toml[at] === ',') step();
        if (at === before) step();
      }
    } else while (at < toml.length && !/[,\]}\n#]/.test(toml[at] ?? '')) at++;
  };

  /** `[a.b]` after `[[a]]` is `b` of the last `a`. */
  const placed = (keys: readonly string[], array: boolean): KeyPath => {
    const path: (string | number)[] = [];
    for (const [index, key] of keys.entries()) {
      path.push(key);
      const id = JSON.stringify(path);
      const last = index === keys.length - 1;
      if (last && array) counts.set(id, (counts.get(id) ?? 0) + 1);
      const count = counts.get(id);
      if (count !== undefined) path.push(count - 1);
    }
    return path;
  };

  let table: KeyPath = [];
  for (;;) {
    skip(true);
    if (at >= toml.length) break;
    if (toml[at] !== '[') {
      pair(table);
      continue;
    }
    const where = line;
    const array = toml[at + 1] === '[';
    step(array ? 2 : 1);
    table = placed(dotted(), array);
    for (let length = 1; length <= table.length; length++) note(table.slice(0, length), where);
    while (at < toml.length && toml[at] !== '\n' && toml[at] !== '#') at++;
  }

  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const where = lines.get(JSON.stringify(path.slice(0, length)));
      if (where !== undefined) return where;
    }
    return undefined;
  };
}
