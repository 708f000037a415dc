/** One frame of one or two merged profiles; what it has of the earlier is 0 where there is one alone. */
export interface FlameFrame {
  readonly name: string;
  readonly depth: number;
  readonly start: number;
  readonly total: number;
  readonly self: number;
  readonly startBefore: number;
  readonly before: number;
  readonly selfBefore: number;
}

/** A flame graph as the wire has it: names, and of each level its nodes one after the other. */
export interface WireGraph {
  readonly names: readonly string[];
  readonly levels: readonly { readonly values: readonly number[] }[];
}

/**
 * The frames in depth-first order, without those that weigh nothing. A node has four numbers (`x, total, self, name`) or, in a
 * comparison, seven (`x, total, self` of the earlier, the same of the later, `name`); each `x` is the gap to the end of the node
 * before it. https://github.com/grafana/pyroscope/blob/main/pkg/model/flamegraph.go
 */
export function readFrames({ names, levels }: WireGraph, compared: boolean): readonly FlameFrame[] {
  const frames: FlameFrame[] = [];
  const width = compared ? 7 : 4;
  for (const [depth, { values }] of levels.entries()) {
    if (values.length % width !== 0) throw new TypeError('A level of the flame graph is cut off');
    let [end, endBefore] = [0, 0];
    for (let at = 0; at < values.length; at += width) {
      const number = (offset: number) => values[at + offset] ?? 0;
      const later = compared ? 3 : 0;
      const start = end + number(later);
      const startBefore = compared ? endBefore + number(0) : 0;
      const [total, self] = [number(later + 1), number(later + 2)];
      const [before, selfBefore] = compared ? [number(1), number(2)] : [0, 0];
      end = start + total;
      endBefore = startBefore + before;
      if (total === 0 && before === 0) continue;
      const name = names[number(width - 1)];
      if (name === undefined) throw new TypeError('A node of the flame graph has no name');
      frames.push({ name, depth, start, total, self, startBefore, before, selfBefore });
    }
  }
  // A frame begins no earlier than the one that called it, and no later than that ends.
  return frames.sort((a, b) => a.start + a.startBefore - (b.start + b.startBefore) || a.depth - b.depth);
}

/** What one function weighs wherever it stands. */
export interface Tally {
  readonly name: string;
  self: number;
  /** With what it calls; of calls within calls of itself only the outermost counts. */
  total: number;
  selfBefore: number;
  before: number;
}

/** One tally for each name, in the order of first appearance; the root, which is no function, is left out. */
export function tallies(frames: readonly FlameFrame[]): readonly Tally[] {
  const all = new Map<string, Tally>();
  const open: string[] = [];
  const depths = new Map<string, number>();
  for (const { name, depth, ...frame } of frames) {
    while (open.length > depth) {
      const left = open.pop() ?? '';
      depths.set(left, (depths.get(left) ?? 1) - 1);
    }
    const outermost = (depths.get(name) ?? 0) === 0;
    open.push(name);
    depths.set(name, (depths.get(name) ?? 0) + 1);
    if (depth === 0) continue;
    const tally = all.get(name) ?? { name, self: 0, total: 0, selfBefore: 0, before: 0 };
    all.set(name, tally);
    tally.self += frame.self;
    tally.selfBefore += frame.selfBefore;
    if (!outermost) continue;
    tally.total += frame.total;
    tally.before += frame.before;
  }
  return [...all.values()];
}
