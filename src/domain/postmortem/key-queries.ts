import { citedIn } from '../claim.ts';
import type { Incident } from '../incident.ts';
import { saysNow } from '../investigation/posted-claims.ts';
import type { KeyQuery } from './postmortem.ts';

const JUDGED = {
  held: (id: string) => `${id} survived this test`,
  killed: (id: string) => `disproved ${id}`,
  unclear: (id: string) => `left ${id} open`,
} as const;

/** Evidence that something stands on: hypotheses, claims, the conclusion; in the order it was asked. */
export function keyQueries(incident: Incident): readonly KeyQuery[] {
  const why = new Map<string, string[]>();
  const add = (id: string, reason: string) => {
    const all = why.get(id) ?? [];
    if (!all.includes(reason)) all.push(reason);
    why.set(id, all);
  };
  for (const one of incident.hypotheses) {
    for (const { evidence, outcome } of one.tests)
      if (evidence !== undefined) add(evidence, outcome ? JUDGED[outcome](one.id) : `tests ${one.id}`);
    for (const { evidence, side } of one.attached)
      add(evidence, `${{ for: 'supports', against: 'contradicts', tests: 'bears on' }[side]} ${one.id}`);
  }
  for (const { fields } of incident.updates) {
    for (const id of citedIn(fields.impact ?? '')) add(id, 'shows the impact');
    for (const id of citedIn(fields.known ?? '')) add(id, 'in an update');
  }
  for (const { id: claim, text } of incident.claims)
    for (const id of citedIn(text)) add(id, `claim ${claim}`);
  for (const { seq, event } of incident.timeline) {
    const shown = (evidence: readonly string[]) => [
      ...evidence,
      ...citedIn(saysNow(incident, seq, undefined) ?? ''),
    ];
    if (event.type === 'mitigated') for (const id of shown(event.evidence)) add(id, 'shows the recovery');
    if (event.type === 'resolved') for (const id of shown(event.evidence)) add(id, 'the resolution');
    if (event.type === 'questions-answered')
      for (const one of event.answers) if (one.says === 'yes') add(one.evidence, `answers ${one.question}`);
  }
  return incident.evidence.flatMap((note) => {
    const reasons = why.get(note.id);
    return reasons ? [{ note, why: reasons }] : [];
  });
}
