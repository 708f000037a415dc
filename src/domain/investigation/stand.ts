import type { Incident } from '../incident.ts';
import type { Instant } from '../time.ts';
import { evidenceAgainst, type HypothesisState, leading } from './hypothesis.ts';

/** How far the investigation is, as an update says it: kept with the update, so that it reads the same later. */
export interface Stand {
  readonly leading?: { readonly id: string; readonly statement: string; readonly state: HypothesisState };
  /** Ruled out since the last update, with what speaks against it. */
  readonly ruledOut: readonly {
    readonly id: string;
    readonly statement: string;
    readonly evidence: readonly string[];
  }[];
}

/** Undefined where nothing was stated, or nothing changed that an update should say. */
export function standOf(incident: Incident): Stand | undefined {
  const first = leading(incident);
  const since = incident.updates.at(-1)?.at ?? 0;
  const ruledOut = incident.hypotheses.filter(
    (one) => one.state === 'disproved' && judgedAt(incident, one.id) > since,
  );
  if (!first && ruledOut.length === 0) return undefined;
  return {
    ...(first && { leading: { id: first.id, statement: first.statement, state: first.state } }),
    ruledOut: ruledOut.map((one) => ({
      id: one.id,
      statement: one.statement,
      evidence: evidenceAgainst(one),
    })),
  };
}

function judgedAt(incident: Incident, id: string): Instant {
  const last = incident.timeline.findLast(
    ({ event }) => event.type === 'hypothesis-judged' && event.hypothesis === id,
  );
  return last?.at ?? 0;
}
