/** What goes wrong, for tests. */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  | { readonly kind: 'http-error'; readonly status: number }
  /** Slack's own error. */
  | { readonly kind: 'error'; readonly error: string }
  /** The connection breaks before Slack did anything. */
  | { readonly kind: 'drop-before' }
  /** The connection breaks after Slack did the work: the post exists. */
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'hang' }
  /** Answers after so many real milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'half-answer' }
  /** A WebSocket upgrade answered with this status. */
  | { readonly kind: 'refuse-upgrade'; readonly status: number }
  /** A socket that is accepted and says nothing, neither hello nor pings. */
  | { readonly kind: 'silent-socket' }
  | { readonly kind: 'duplicate' }
  /** Held back until the next delivery overtook it. */
  | { readonly kind: 'reorder' }
  /** Slack does not see the acknowledgement. */
  | { readonly kind: 'lost-ack' };

/** A Web API method's name, `*` for any of them, or where the app is reached. */
export type FaultPlace = '*' | 'delivery' | 'upgrade' | 'response_url' | 'upload' | (string & {});

export interface Faults {
  /** Happens the next `times` times (for ever with Infinity); the answer takes it back. */
  add(place: FaultPlace, fault: Fault, times?: number): () => void;
  /** The fault due at this place, counted. */
  take(...places: readonly FaultPlace[]): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let planned: { readonly place: FaultPlace; readonly fault: Fault; left: number }[] = [];
  return {
    add(place, fault, times = 1) {
      const entry = { place, fault, left: times };
      planned.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    take(...places) {
      planned = planned.filter((entry) => entry.left > 0);
      const entry = planned.find((candidate) => places.includes(candidate.place));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
    clear() {
      planned = [];
    },
  };
}
