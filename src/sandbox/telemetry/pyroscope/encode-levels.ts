import { type CallTree, totalOf } from './call-tree.ts';

/** The levels of a flame graph as the querier sends them. */
export interface Levels {
  readonly names: readonly string[];
  readonly levels: readonly { readonly values: readonly string[] }[];
  readonly nodes: number;
}

interface Level {
  end: number;
  endBefore: number;
  readonly values: string[];
}

/**
 * One tree, or two side by side: of each node the gap to the one before it, what it weighs with and without what it calls, and
 * its name; with an earlier tree its three numbers come first. 64-bit integers are strings in Connect's JSON.
 */
export function encodeLevels(tree: CallTree, earlier?: CallTree): Levels {
  const names = new Map<string, number>();
  const levels: Level[] = [];
  let nodes = 0;
  const place = (
    name: string,
    now: CallTree | undefined,
    before: CallTree | undefined,
    at: { readonly depth: number; readonly x: number; readonly xBefore: number },
  ) => {
    const { depth, x, xBefore } = at;
    const level = levels[depth] ?? { end: 0, endBefore: 0, values: [] };
    levels[depth] = level;
    const [total, totalBefore] = [now ? totalOf(now) : 0, before ? totalOf(before) : 0];
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    nodes++;
    level.values.push(
      ...(earlier ? [xBefore - level.endBefore, totalBefore, before?.self ?? 0] : []).map(String),
      ...[x - level.end, total, now?.self ?? 0, number].map(String),
    );
    level.end = x + total;
    level.endBefore = xBefore + totalBefore;
    let [next, nextBefore] = [x, xBefore];
    for (const called of new Set([...(now?.calls ?? []), ...(before?.calls ?? [])].map((one) => one.name))) {
      const [one, was] = [now, before].map((either) => either?.calls.find((each) => each.name === called));
      place(called, one, was, { depth: depth + 1, x: next, xBefore: nextBefore });
      next += one ? totalOf(one) : 0;
      nextBefore += was ? totalOf(was) : 0;
    }
  };
  place(tree.name, tree, earlier, { depth: 0, x: 0, xBefore: 0 });
  return { names: [...names.keys()], levels: levels.map(({ values }) => ({ values })), nodes };
}
