/** A function and what it calls; `self` is what it uses itself. */
export interface CallTree {
  readonly name: string;
  readonly self: number;
  readonly calls: readonly CallTree[];
}

export function totalOf({ self, calls }: CallTree): number {
  return calls.reduce((sum, one) => sum + totalOf(one), self);
}

export function scaled({ name, self, calls }: CallTree, by: number): CallTree {
  return { name, self: Math.round(self * by), calls: calls.map((one) => scaled(one, by)) };
}

/** Trees with the same root as one: what has the same name in the same place adds up. */
export function merged(trees: readonly CallTree[], name: string): CallTree {
  const calls = new Map<string, CallTree[]>();
  for (const tree of trees)
    for (const one of tree.calls) calls.set(one.name, [...(calls.get(one.name) ?? []), one]);
  return {
    name,
    self: trees.reduce((sum, one) => sum + one.self, 0),
    calls: [...calls].map(([called, same]) => merged(same, called)),
  };
}

/** A tree as it is written down: a name, what it uses itself, what it calls. */
export function call(name: string, self: number, ...calls: readonly CallTree[]): CallTree {
  return { name, self, calls };
}
