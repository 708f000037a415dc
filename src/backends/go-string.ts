const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/**
 * What a string literal of Go means, quotes included: double, single and backtick quotes, as PromQL, LogQL and
 * Alertmanager's matchers write them. https://go.dev/ref/spec#String_literals
 */
export function unquoteGo(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_all, x?: string, u?: string, wide?: string, octal?: string, one?: string) => {
      if (one !== undefined) return ESCAPES[one] ?? one;
      const code =
        octal === undefined ? Number.parseInt(x ?? u ?? wide ?? '0', 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
