import { type Incident, isOpen } from '../incident.ts';
import type { Instant } from '../time.ts';
import type { PhaseSpan } from './postmortem.ts';

/**
 * The stretches of time the incident spent in each phase, in order, with the times that people said they were of. A time that was
 * corrected past the next one makes an empty stretch, which is left out.
 */
export function phaseSpans(incident: Incident, now: Instant): readonly PhaseSpan[] {
  const changes: { phase: PhaseSpan['phase'] | 'over'; at: Instant; of?: 'mitigated' | 'resolved' }[] = [
    { phase: 'investigating', at: incident.declaredAt },
  ];
  const { impactSince } = incident;
  if (impactSince !== undefined && impactSince < incident.declaredAt)
    changes.unshift({ phase: 'undetected', at: impactSince });
  let proposed: Instant | undefined;
  for (const { at, event } of incident.timeline) {
    if (event.type === 'mitigated')
      changes.push({ phase: 'mitigated', at: event.effectiveAt, of: 'mitigated' });
    if (event.type === 'resolution-proposed') proposed = event.effectiveAt;
    if (event.type === 'resolved') {
      // Proposing it as resolved counts as mitigated until it is.
      if (changes.at(-1)?.phase === 'investigating' && proposed !== undefined)
        changes.push({ phase: 'mitigated', at: proposed, of: 'mitigated' });
      changes.push({ phase: 'over', at: event.effectiveAt, of: 'resolved' });
    }
    if (event.type === 'cancelled' || event.type === 'merged') changes.push({ phase: 'over', at });
    if (event.type === 'reopened') changes.push({ phase: 'investigating', at });
    if (event.type === 'time-corrected') {
      const found = changes.findLast((one) => one.of === event.of);
      if (found) found.at = event.effectiveAt;
    }
  }
  if (isOpen(incident) && incident.phase === 'mitigated' && changes.at(-1)?.phase === 'investigating')
    changes.push({ phase: 'mitigated', at: proposed ?? incident.mitigatedAt ?? now });
  return changes.flatMap((one, index): PhaseSpan[] => {
    if (one.phase === 'over') return [];
    const next = changes[index + 1];
    const to = Math.max(one.at, next?.at ?? now);
    const open = next === undefined;
    if (to === one.at && !open) return [];
    return [{ phase: one.phase, from: one.at, to, duration: to - one.at, open }];
  });
}
