/** Two answers of one query, side by side: what grew, what shrank, what is new and what is gone. */
export interface Comparison {
  /** What is compared: `mean`, `rows`, or the name of a column. */
  readonly measure: string;
  readonly unit?: string;
  /** The largest changes first, at most `CHANGES_KEPT`. */
  readonly changes: readonly Change[];
  /** How many changed in all, new and gone ones included. */
  readonly changed: number;
  /** How many are within one per cent of what they were. */
  readonly same: number;
  /** Why it is not the whole truth: an answer that was partial, or cut when it was kept. */
  readonly limits: readonly string[];
}

/** A number on either side is absent where only the other answer has that series or row. */
export interface Change {
  readonly name: string;
  readonly before?: number;
  readonly after?: number;
}

export const CHANGES_KEPT = 50;

/** Changes by name of two lists of numbers. A number that is none (NaN) counts as absent. */
export function compareNumbers(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Pick<Comparison, 'changes' | 'changed' | 'same'> {
  const changes: Change[] = [];
  let same = 0;
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [known(before.get(name)), known(after.get(name))];
    if (was === undefined && is === undefined) continue;
    if (was !== undefined && is !== undefined && alike(was, is)) same++;
    else
      changes.push({
        name,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
      });
  }
  changes.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
  return { changes: changes.slice(0, CHANGES_KEPT), changed: changes.length, same };
}

/** Within one per cent of the larger. */
export function alike(was: number, is: number): boolean {
  return was === is || Math.abs(is - was) <= 0.01 * Math.max(Math.abs(was), Math.abs(is));
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function size({ before = 0, after = 0 }: Change): number {
  return Math.abs(after - before);
}
