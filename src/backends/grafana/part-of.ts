import { type Backend, matched } from '../backend.ts';
import { safeText } from '../safe-text.ts';
import type { Inside } from './inside.ts';
import { asTyped, wordFor } from './sources.ts';

/** A data source as a backend of its own, asked in its own language. What it answers is an answer of its Grafana. */
export function partOf(whole: Backend, inside: Inside): Backend {
  const word = asTyped(inside.source);
  const typed = (source: string) => `${word} ${source}`;
  const bare = (source: string) => (source.startsWith(`${word} `) ? source.slice(word.length + 1) : source);
  const { schema, values } = whole;
  const list = `discover ${whole.tool} ${wordFor(inside.source)}/metrics`;
  return {
    tool: whole.tool,
    deployment: `${whole.deployment}/${inside.source.uid}`,
    title: `${safeText(inside.source.name, 80)} of ${whole.title}`,
    part: { of: whole, word, usual: inside.source.isDefault ?? false, list, seen: inside.seen },
    discover: (window, signal, options) => whole.discover(window, signal, options),
    match(query, discovery) {
      const { unchecked, hints, sources } = inside.match(query, discovery);
      const own = sources?.map((one) => ({ ...one, source: bare(one.source) }));
      return matched(query, unchecked, hints, own);
    },
    // What the whole is asked for here is listed by its discoveries from then on.
    needs: () => whole.needs?.(typed('up')) ?? [],
    reach: inside.reach,
    query: (question, signal) => {
      const { query, unchecked, hints } = question.matched;
      return whole.query({ ...question, matched: matched(typed(query), unchecked, hints) }, signal);
    },
    probe: (signal) => whole.probe(signal),
    ...(schema && {
      schema: async (source, window, signal) => ({
        ...(await schema(typed(source), window, signal)),
        source,
      }),
    }),
    ...(values && {
      values: (source, field, window, signal) => values(typed(source), field, window, signal),
    }),
  };
}
