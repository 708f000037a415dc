/** A bell between two that are put together one after the other: who rings it need not know who answers. */
export interface Signal {
  readonly ring: () => void;
  /** Who answers from now on; before that, ringing it does nothing. */
  answer(call: () => void): void;
}

export function createSignal(): Signal {
  let answered = () => {};
  return {
    ring: () => answered(),
    answer: (call) => {
      answered = call;
    },
  };
}
