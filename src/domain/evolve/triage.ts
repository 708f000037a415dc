import type { Incident, IncidentEvent } from '../incident.ts';
import { isNewChange, type SeenChange } from '../investigation/seen-change.ts';
import type { TriageAnswer } from '../investigation/triage.ts';
import type { Evolvers } from './promise.ts';

/** What was looked at before anybody asked, and what was announced. */
export const TRIAGE = {
  triaged: (incident, event, { seq, at }) => ({
    ...incident,
    triages: [...incident.triages, { seq, at, answers: event.answers }],
    changes: [...incident.changes, ...newChanges(incident, event.answers)],
  }),
  'change-seen': (incident, { change }) => ({ ...incident, changes: [...incident.changes, change] }),
  'mitigation-started': (incident, event, { at }) => ({
    ...incident,
    heardAt: [...incident.heardAt, at],
    started: [...incident.started, { kind: event.kind, target: event.target, by: event.by, at }],
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

/** What a triage saw change since the declaration is a change like one that was seen later. */
function newChanges(incident: Incident, answers: readonly TriageAnswer[]): readonly SeenChange[] {
  return answers.flatMap(({ question: kind, says, text: title, changedAt: at, target = {} }) => {
    if (says !== 'yes' || at === undefined || (kind !== 'deploy' && kind !== 'flag')) return [];
    const { service, version } = target;
    const change: SeenChange = {
      at,
      kind,
      title,
      source: 'the triage',
      ...(service !== undefined && { service }),
      ...(version !== undefined && { version }),
    };
    return isNewChange(incident, change) ? [change] : [];
  });
}
