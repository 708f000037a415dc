import { BackendError } from '../../domain/errors.ts';
import type { Answer } from '../../domain/evidence.ts';
import { linkOf } from '../../domain/evidence-note.ts';
import type { Cited, Report } from '../../domain/signals/report.ts';

/** How a number is tied to what shows it: by the answer's number in an incident, else by its link alone. */
export type Cite = (answer: Answer) => Cited;

/** Answers of several queries and what is made of them, once it is known how each is cited. */
export interface Gathered<One extends Report = Report> {
  /** In the order in which they become evidence. */
  readonly answers: readonly Answer[];
  report(cite: Cite): One;
}

/** An answer, or why there is none: one query that fails takes nothing from the others. */
export type Tried<Value> = { readonly value: Value } | { readonly why: string };

/** What a backend could not do, in its words, with what can be done about it; anything else is a fault and goes on. */
export async function tried<Value>(work: () => Promise<Value>): Promise<Tried<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    const { nextStep } = error.details;
    return { why: [error.message, ...(nextStep === undefined ? [] : [nextStep])].join(' ') };
  }
}

/** Outside an incident a number has no evidence id, but it has its link. */
export function citeByLink(answer: Answer): Cited {
  const url = linkOf(answer);
  return url === undefined ? {} : { url };
}
