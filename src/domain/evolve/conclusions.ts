import type { Incident, IncidentEvent } from '../incident.ts';
import type { Conclusion } from '../investigation/conclusion.ts';
import { leftOpenBy } from '../investigation/interim.ts';
import { type Evolvers, settle, spoke } from './promise.ts';

/** How it was concluded. */
export const CONCLUSIONS = {
  'resolution-proposed': (incident, event, { seq, at }) => {
    const { promise: _none, interim: _over, ...rest } = settle(incident, at, 'ended');
    return {
      ...rest,
      phase: 'mitigated',
      mitigatedAt: incident.mitigatedAt ?? event.effectiveAt,
      heardAt: [...incident.heardAt, at],
      heartbeatsInARow: 0,
      conclusion: {
        seq,
        stage: 'questions',
        proposedBy: event.by,
        at,
        effectiveAt: event.effectiveAt,
        ...(event.text !== undefined && { text: event.text }),
        evidence: event.evidence,
        answers: [],
      },
    };
  },
  'questions-answered': (before, event) => {
    const { leftOpen: _before, ...rest } = before;
    const leftOpen = leftOpenBy(event.answers, before.evidence.length);
    const incident: Incident = { ...rest, ...(leftOpen && { leftOpen }) };
    if (event.of === undefined)
      return pending(incident, (one) => ({ ...one, stage: 'judge', answers: event.answers }));
    const { interim } = incident;
    return interim?.seq === event.of
      ? { ...incident, interim: { ...interim, answers: event.answers } }
      : incident;
  },
  'judge-asked': (incident, event) =>
    pending(incident, ({ judge: _before, ...one }) => ({
      ...one,
      judgeBy: event.judgeBy,
      ...(event.to !== undefined && { judge: event.to }),
    })),
  judged: (incident, event) =>
    incident.review?.kind === 'unreviewed'
      ? { ...incident, review: { kind: 'judged', by: event.by, verdicts: event.verdicts } }
      : incident,
  'conclusion-returned': (incident, event, { at }) => {
    const { conclusion: _gone, ...rest } = incident;
    return { ...spoke(rest, at, event.dueAt), heartbeatsInARow: 0 };
  },
  concluded: (incident, { as, to, lookAt, mitigates }, { seq }) => ({
    ...incident,
    interim: {
      seq,
      as,
      said: mitigates ? seq - 1 : seq,
      ...(to !== undefined && { to }),
      ...(lookAt !== undefined && { lookAt }),
    },
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

function pending(incident: Incident, change: (one: Conclusion) => Conclusion): Incident {
  return incident.conclusion ? { ...incident, conclusion: change(incident.conclusion) } : incident;
}
