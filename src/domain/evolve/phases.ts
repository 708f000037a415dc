import type { Incident, IncidentEvent } from '../incident.ts';
import type { Instant } from '../time.ts';
import { type Evolvers, settle, spoke } from './promise.ts';

/** Changes of phase. */
export const PHASES = {
  mitigated: (incident, event, { at }) => ({
    ...spoke({ ...incident, phase: 'mitigated', mitigatedAt: event.effectiveAt }, at, event.dueAt),
    heartbeatsInARow: 0,
  }),
  resolved: (incident, event, { at }) => ({
    ...ended(incident, at),
    phase: 'resolved',
    ...(event.review && { review: event.review }),
    resolvedAt: event.effectiveAt,
    ...(event.text !== undefined && { resolution: event.text }),
  }),
  'time-corrected': (incident, event) =>
    event.of === 'mitigated'
      ? { ...incident, mitigatedAt: event.effectiveAt }
      : { ...incident, resolvedAt: event.effectiveAt },
  reopened: (incident, event, { at }) => {
    const {
      endedAt: _e,
      resolvedAt: _r,
      resolution: _t,
      mergedInto: _m,
      mitigatedAt: _g,
      conclusion: _c,
      interim: _i,
      review: _v,
      distillation,
      ...rest
    } = incident;
    // What was chosen and not saved yet goes on; what was kept is asked for again at the next end.
    const drafted = distillation?.state === 'drafted' ? { distillation } : {};
    const open: Incident = { ...rest, ...drafted, phase: 'investigating' };
    return { ...spoke(open, at, event.dueAt), heartbeatsInARow: 0 };
  },
  cancelled: (incident, _event, { at }) => ({ ...ended(incident, at), phase: 'cancelled' }),
  merged: (incident, event, { at }) => ({ ...ended(incident, at), phase: 'merged', mergedInto: event.into }),
  absorbed: (incident) => incident,
} satisfies Partial<Evolvers<IncidentEvent['type']>>;

/** No more promises. One that was not due yet leaves no trace; one that was overdue stays missed. */
function ended(incident: Incident, at: Instant): Incident {
  const {
    promise: _over,
    offer: _gone,
    conclusion: _done,
    interim: _so,
    ...rest
  } = settle(incident, at, 'ended');
  return { ...rest, heardAt: [...incident.heardAt, at], endedAt: at };
}
