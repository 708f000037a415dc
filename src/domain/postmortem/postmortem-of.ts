import { type Incident, incidentId, isOpen, ROLES } from '../incident.ts';
import { postedClaims } from '../investigation/posted-claims.ts';
import type { Instant } from '../time.ts';
import { communicationOf } from './communication-of.ts';
import { impactOf } from './impact-of.ts';
import { keyQueries } from './key-queries.ts';
import { observations } from './observations.ts';
import { phaseSpans } from './phase-spans.ts';
import type { Detection, Override, Postmortem, Times, Unverified } from './postmortem.ts';
import { rootCauseOf } from './root-cause.ts';
import { ruledOutOf } from './ruled-out.ts';
import type { ServiceLevel } from './service-level.ts';

/** The postmortem of an incident as its timeline stands. `slo` is what its service promises, where that is configured. */
export function postmortemOf(incident: Incident, now: Instant, slo?: ServiceLevel): Postmortem {
  const unverified = unverifiedOf(incident);
  return {
    incident: incidentId(incident.number),
    title: incident.title,
    ...(incident.service !== undefined && { service: incident.service }),
    private: incident.private,
    draft: isOpen(incident),
    phase: incident.phase,
    severity: incident.severity,
    severityChanges: incident.timeline.flatMap(({ at, event }) =>
      event.type === 'severity-changed'
        ? [{ at, by: event.by, was: event.was, severity: event.severity }]
        : [],
    ),
    roles: ROLES.flatMap((role) => {
      const person = incident[role];
      return person === undefined ? [] : [{ role, person }];
    }),
    times: timesOf(incident),
    phases: phaseSpans(incident, now),
    impact: impactOf(incident, slo),
    rootCause: rootCauseOf(incident),
    ruledOut: ruledOutOf(incident),
    detection: detectionOf(incident),
    keyQueries: keyQueries(incident),
    queries: incident.evidence.length,
    observations: observations(incident, unverified, now),
    unverified,
    overrides: overridesOf(incident),
    communication: communicationOf(incident, now),
    fixes: incident.bugfixes,
    actions: incident.actions,
    contributed: incident.contributed,
  };
}

function timesOf(incident: Incident): Times {
  const alertAt = alertTime(incident);
  return {
    ...(incident.impactSince !== undefined && { impactAt: incident.impactSince }),
    ...(alertAt !== undefined && { alertAt }),
    declaredAt: incident.declaredAt,
    declaredBy: incident.declaredBy,
    acknowledged: { at: incident.declaredAt, by: incident.declaredBy },
    leads: incident.timeline.flatMap(({ at, event }) =>
      event.type === 'lead-changed' ? [{ at, lead: event.lead, how: event.how }] : [],
    ),
    ...(incident.mitigatedAt !== undefined && { mitigatedAt: incident.mitigatedAt }),
    ...(incident.resolvedAt !== undefined && { resolvedAt: incident.resolvedAt }),
    ...(incident.endedAt !== undefined && { endedAt: incident.endedAt }),
  };
}

/** When the alert was written: a message's id is its time. */
function alertTime({ alert }: Incident): Instant | undefined {
  const at = Math.round(Number(alert?.ts) * 1_000);
  return Number.isFinite(at) && at > 0 ? at : undefined;
}

function detectionOf(incident: Incident): Detection {
  const { alert, declaredAt, impactSince } = incident;
  const alertAt = alertTime(incident);
  return {
    how: alert ? 'alert' : 'person',
    ...(alert && { alert }),
    by: incident.declaredBy,
    ...(impactSince !== undefined && { afterImpact: declaredAt - impactSince }),
    ...(alertAt !== undefined && alertAt <= declaredAt && { afterAlert: declaredAt - alertAt }),
  };
}

function unverifiedOf(incident: Incident): readonly Unverified[] {
  const place = (seq: number) => incident.timeline.find((one) => one.seq === seq);
  const posted = postedClaims(incident)
    .filter(({ claim }) => !claim.verified)
    .map(({ seq, name, claim }) => ({ seq, where: name, text: claim.text }));
  return posted.map((one) => {
    const from = place(one.seq);
    return { ...one, at: from?.at ?? incident.declaredAt, by: from?.event.by ?? incident.declaredBy };
  });
}

function overridesOf(incident: Incident): readonly Override[] {
  return incident.timeline.flatMap(({ seq, at, event }): Override[] => {
    if (event.type !== 'resolved' || !event.review || event.review.kind === 'judged') return [];
    const { review } = event;
    const judged = review.kind === 'unreviewed' && incident.review?.kind === 'judged';
    const reason =
      review.kind === 'overridden'
        ? review.reason
        : review.kind === 'skipped'
          ? 'the configuration lets this severity close without a judge'
          : judged
            ? 'nobody judged it in time; it was judged afterwards'
            : 'nobody judged it in time';
    return [{ at, seq, kind: review.kind, by: review.kind === 'overridden' ? review.by : event.by, reason }];
  });
}
