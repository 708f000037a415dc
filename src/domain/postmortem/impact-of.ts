import { type Claim, claims } from '../claim.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { BudgetSpent, Impact } from './postmortem.ts';
import { budgetOf, type ServiceLevel } from './service-level.ts';

const PERCENT = /(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|per ?cent\b)/i;

/** What was said to hurt, with its evidence; how long it did; and what that took of the error budget, where one is known. */
export function impactOf(incident: Incident, slo: ServiceLevel | undefined): Impact {
  const said = incident.updates.flatMap(({ seq, at, fields }) =>
    fields.impact === undefined ? [] : [{ seq, at, ...claims(fields.impact, incident.evidence) }],
  );
  const newest = said.toReversed();
  const once = newest.filter((one, index) => newest.findIndex(({ text }) => text === one.text) === index);
  const end: Instant | undefined = incident.mitigatedAt ?? incident.resolvedAt ?? incident.endedAt;
  const { impactSince } = incident;
  const duration =
    impactSince === undefined || end === undefined ? undefined : Math.max(0, end - impactSince);
  return {
    claims: once,
    ...(duration !== undefined && { duration }),
    ...(slo && { serviceLevel: slo }),
    ...(slo && duration !== undefined && { budget: spentOf(slo, duration, once) }),
  };
}

/** The largest share that evidence shows; without one every request may have failed. */
function spentOf(slo: ServiceLevel, duration: number, said: readonly Claim[]): BudgetSpent {
  const shares = said.flatMap((claim) => {
    const value = Number(PERCENT.exec(claim.text)?.[1]?.replace(',', '.')) / 100;
    return claim.verified && value > 0 && value <= 1 ? [{ value, claim }] : [];
  });
  const share = shares.toSorted((a, b) => b.value - a.value)[0];
  return {
    budget: budgetOf(slo),
    spent: Math.round(duration * (share?.value ?? 1)),
    ...(share && { share }),
  };
}
