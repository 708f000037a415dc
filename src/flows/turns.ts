/** Lets work on one thing go one after the other, in the order it came; work on other things goes on meanwhile. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Within one process; between processes the timeline's version decides. Work must not take a turn of its own key. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work);
    const over = mine
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === over) last.delete(key);
      });
    last.set(key, over);
    return mine;
  };
}
