/** A frame of a tree that tests write down: what it uses itself, and what it calls. */
export interface Node {
  readonly name: string;
  readonly self?: number;
  readonly selfBefore?: number;
  readonly calls?: readonly Node[];
}

/** The tree as the querier sends it: levels with gaps in place of places, numbers as strings. */
export function flamegraph(root: Node, compared = false): object {
  const names = new Map<string, number>();
  const levels: { x: number; xBefore: number; values: string[] }[] = [];
  const nameOf = (name: string) => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const place = (node: Node, depth: number, x: number, xBefore: number) => {
    levels[depth] ??= { x: 0, xBefore: 0, values: [] };
    const level = levels[depth];
    const [total, before] = [totalOf(node), beforeOf(node)];
    const { self = 0, selfBefore = 0, calls = [] } = node;
    level.values.push(
      ...(compared ? [xBefore - level.xBefore, before, selfBefore] : []).map(String),
      ...[x - level.x, total, self, nameOf(node.name)].map(String),
    );
    level.x = x + total;
    level.xBefore = xBefore + before;
    let [at, atBefore] = [x + self, xBefore + selfBefore];
    for (const call of calls) {
      place(call, depth + 1, at, atBefore);
      at += totalOf(call);
      atBefore += beforeOf(call);
    }
  };
  place(root, 0, 0, 0);
  return {
    flamegraph: {
      names: [...names.keys()],
      levels: levels.map(({ values }) => ({ values })),
      total: String(totalOf(root)),
      maxSelf: '1',
    },
  };
}

/** A tree of about so many bytes on the wire, more of them in its 40 levels than in its names. */
export function wideTree(bytes: number): Node {
  const depth = 40;
  const width = Math.ceil(bytes / depth / 34);
  let below: readonly (Node | undefined)[] = Array.from({ length: width }, () => undefined);
  for (let level = depth; level > 0; level--)
    below = below.map((call, column) => ({
      name: `f${level}.${column}`,
      self: 1,
      selfBefore: 1,
      ...(call && { calls: [call] }),
    }));
  return { name: 'total', calls: below.filter((one) => one !== undefined) };
}

function totalOf({ self = 0, calls = [] }: Node): number {
  return calls.reduce((sum, one) => sum + totalOf(one), self);
}

function beforeOf({ selfBefore = 0, calls = [] }: Node): number {
  return calls.reduce((sum, one) => sum + beforeOf(one), selfBefore);
}
