/** What is asked of a Grafana: of one of its data sources, or of itself. */
export type GrafanaQuery =
  | {
      readonly kind: 'source';
      /** The data source as typed: its uid or name. */
      readonly source: string;
      /** In its own language. */
      readonly expression: string;
      /** Where the expression begins, counted from 0. */
      readonly at: number;
    }
  | { readonly kind: 'alerts'; readonly matchers: string; readonly at: number }
  | { readonly kind: 'annotations'; readonly tags: readonly string[] };

/**
 * Reads `<data source> <expression>`, `alerts [matchers]` or `annotations [tag …]`. A data source is known by uid or name: in
 * double quotes, or bare where it is one of `known` (the longest that fits) or a single word. Undefined where nothing is asked.
 */
export function readGrafanaQuery(query: string, known: readonly string[]): GrafanaQuery | undefined {
  const start = query.length - query.trimStart().length;
  const text = query.slice(start);
  const verb = /^(alerts|annotations)(?=\s|\{|$)/.exec(text)?.[1];
  if (verb !== undefined) {
    const rest = text.slice(verb.length);
    if (verb === 'alerts') {
      const at = start + verb.length + (rest.length - rest.trimStart().length);
      return { kind: 'alerts', matchers: query.slice(at), at };
    }
    return { kind: 'annotations', tags: rest.split(/[\s,]+/).filter(Boolean) };
  }
  const word = readWord(text, known);
  if (!word) return undefined;
  const rest = text.slice(word.length);
  const at = start + word.length + (rest.length - rest.trimStart().length);
  const expression = query.slice(at).trimEnd();
  return expression === '' ? undefined : { kind: 'source', source: word.source, expression, at };
}

function readWord(
  text: string,
  known: readonly string[],
): { readonly source: string; readonly length: number } | undefined {
  const quoted = /^"([^"\n]{1,400})"/.exec(text);
  if (quoted) return { source: quoted[1] ?? '', length: quoted[0].length };
  const lower = text.toLowerCase();
  const fits = known.filter(
    (name) => lower.startsWith(name.toLowerCase()) && /^\s/.test(text.slice(name.length, name.length + 1)),
  );
  const longest = fits.toSorted((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return { source: text.slice(0, longest.length), length: longest.length };
  const bare = /^\S+/.exec(text)?.[0];
  return bare === undefined ? undefined : { source: bare, length: bare.length };
}
