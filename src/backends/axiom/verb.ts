/**
 * What Axiom answers and no query language covers. Each is a query of ours: one word, and what it is about. A dataset that is called
 * like one is asked as `['monitors']`.
 */
export type Verb =
  /** `monitors [part of a name]`: what alerts, and what does not. */
  | { readonly verb: 'monitors'; readonly part: string }
  /** `annotations [dataset]`: what was deployed and switched. */
  | { readonly verb: 'annotations'; readonly dataset: string }
  /** `values dataset:metric tag`: the values of a tag of a metric. */
  | { readonly verb: 'values'; readonly dataset: string; readonly metric: string; readonly tag: string };

export function readVerb(query: string): Verb | undefined {
  const [, word, rest = ''] = /^\s*(monitors|annotations|values)(?:\s+([^|]*?))?\s*$/.exec(query) ?? [];
  if (word === 'monitors') return { verb: 'monitors', part: rest };
  if (word === 'annotations') return { verb: 'annotations', dataset: rest };
  const [, dataset, metric, tag] = /^([^\s:]+):(\S+)\s+(\S+)$/.exec(rest) ?? [];
  return word === 'values' && dataset !== undefined && metric !== undefined && tag !== undefined
    ? { verb: 'values', dataset, metric, tag }
    : undefined;
}
