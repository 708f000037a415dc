import {
  type Climbed,
  type Entry,
  type Incident,
  type IncidentEvent,
  isOpen,
  type Recorded,
  type UpdatePromise,
} from './incident.ts';
import type { Instant } from './time.ts';

/** Folds events into an incident. The first event is `declared`; an empty timeline is no incident. */
export function fold(team: string, number: number, events: readonly Recorded[]): Incident | undefined {
  let incident: Incident | undefined;
  for (const recorded of events) incident = evolve(incident, recorded, { team, number });
  return incident;
}

/** What one event means. Pure and total: an event that cannot apply any more changes only the timeline. */
export function evolve(
  before: Incident | undefined,
  recorded: Recorded,
  ref: { readonly team: string; readonly number: number },
): Incident {
  const { event, at, seq } = recorded;
  if (before === undefined) {
    if (event.type !== 'declared')
      throw new TypeError(`INC-${ref.number}: the first event is ${event.type}, not declared`);
    return begin(event, recorded, ref);
  }
  const incident: Incident = { ...before, version: seq, timeline: [...before.timeline, recorded] };
  switch (event.type) {
    case 'declared':
      return incident;
    case 'updated':
      return {
        ...spoke(incident, at, event.dueAt),
        heartbeatsInARow: 0,
        updates: [
          ...incident.updates,
          {
            seq,
            at,
            by: event.author ?? event.by,
            ...(event.author && { publishedBy: event.by }),
            fields: event.fields,
            nextDueAt: event.dueAt,
          },
        ],
      };
    case 'update-fixed':
      return {
        ...incident,
        updates: incident.updates.map((one) =>
          one.seq === event.seq ? { ...one, fields: event.fields } : one,
        ),
      };
    case 'no-change':
      return { ...spoke(incident, at, event.dueAt), heartbeatsInARow: incident.heartbeatsInARow + 1 };
    case 'mitigated':
      return {
        ...spoke({ ...incident, phase: 'mitigated', mitigatedAt: event.effectiveAt }, at, event.dueAt),
        heartbeatsInARow: 0,
      };
    case 'resolved':
      return {
        ...ended(incident, at),
        phase: 'resolved',
        resolvedAt: event.effectiveAt,
        ...(event.text !== undefined && { resolution: event.text }),
      };
    case 'time-corrected':
      return event.of === 'mitigated'
        ? { ...incident, mitigatedAt: event.effectiveAt }
        : { ...incident, resolvedAt: event.effectiveAt };
    case 'reopened': {
      const {
        endedAt: _e,
        resolvedAt: _r,
        resolution: _t,
        mergedInto: _m,
        mitigatedAt: _g,
        ...rest
      } = incident;
      return { ...spoke({ ...rest, phase: 'investigating' }, at, event.dueAt), heartbeatsInARow: 0 };
    }
    case 'cancelled':
      return { ...ended(incident, at), phase: 'cancelled' };
    case 'merged':
      return { ...ended(incident, at), phase: 'merged', mergedInto: event.into };
    case 'severity-changed': {
      const next = { ...incident, severity: event.severity };
      return next.promise && isOpen(next)
        ? { ...next, promise: { ...next.promise, dueAt: event.dueAt } }
        : next;
    }
    case 'lead-changed': {
      const { offer, ...rest } = incident;
      return offer?.role === 'lead' ? { ...rest, lead: event.lead } : { ...incident, lead: event.lead };
    }
    case 'role-given': {
      const { offer, ...rest } = incident;
      const kept = offer && offer.role !== event.role ? { offer } : {};
      return { ...rest, ...kept, [event.role]: event.person };
    }
    case 'handoff-offered':
      return { ...incident, offer: { seq, role: event.role, from: event.by, to: event.to, at } };
    case 'handoff-declined': {
      const { offer: _gone, ...rest } = incident;
      return rest;
    }
    case 'snoozed':
      return snooze(incident, event, at);
    case 'retitled':
      return { ...incident, title: event.title };
    case 'service-set':
      return { ...incident, service: event.service };
    case 'linked':
      return { ...incident, link: event.link };
    case 'impact-start-set':
      return { ...incident, impactSince: event.effectiveAt };
    case 'entry-added':
      return {
        ...incident,
        entries: [...incident.entries.filter((one) => !sameMessage(one, event)), entryOf(event)].sort(
          (a, b) => a.at - b.at,
        ),
      };
    case 'entry-edited':
      return {
        ...incident,
        entries: incident.entries.map((one) =>
          sameMessage(one, event) ? { ...one, text: event.text } : one,
        ),
      };
    case 'entry-removed':
      return { ...incident, entries: incident.entries.filter((one) => !sameMessage(one, event)) };
    case 'evidence-recorded':
      return { ...incident, evidence: [...incident.evidence, event.evidence] };
    case 'nudged':
      return climb(incident, event.promise, { rung: event.rung, at, asked: event.asked });
    case 'unreachable':
      return onPromise(incident, event.promise, (promise) => ({
        ...promise,
        unreachable: [...promise.unreachable, { person: event.person, why: event.why, at }],
      }));
    case 'joined':
      return { ...incident, joined: [...incident.joined, { person: event.person, at }] };
    case 'channel-lost':
      return { ...incident, channelLost: event.why };
    case 'channel-back': {
      const { channelLost: _back, ...rest } = incident;
      return rest;
    }
    case 'channel-shared':
      return { ...incident, shared: true };
    case 'noted':
    case 'absorbed':
      return incident;
  }
}

function begin(
  event: Extract<IncidentEvent, { type: 'declared' }>,
  recorded: Recorded,
  ref: { readonly team: string; readonly number: number },
): Incident {
  return {
    team: ref.team,
    number: ref.number,
    version: recorded.seq,
    channel: event.channel,
    private: event.private,
    title: event.title,
    severity: event.severity,
    phase: 'investigating',
    declaredAt: recorded.at,
    declaredBy: event.by,
    ...(event.impactSince !== undefined && { impactSince: event.impactSince }),
    ...(event.service !== undefined && { service: event.service }),
    ...(event.link !== undefined && { link: event.link }),
    ...(event.alert && { alert: event.alert }),
    lead: event.by,
    promise: { number: 1, madeAt: recorded.at, dueAt: event.dueAt, climbed: [], unreachable: [] },
    promisesMade: 1,
    outcomes: [],
    heardAt: [recorded.at],
    heartbeatsInARow: 0,
    updates: [],
    evidence: [],
    entries: [],
    joined: [],
    shared: false,
    timeline: [recorded],
  };
}

/** The channel heard from us: the promise is settled, a new one made. */
function spoke(incident: Incident, at: Instant, dueAt: Instant): Incident {
  const settled = settle(incident, at, 'spoke');
  const number = incident.promisesMade + 1;
  return {
    ...settled,
    heardAt: [...incident.heardAt, at],
    promisesMade: number,
    promise: { number, madeAt: at, dueAt, climbed: [], unreachable: [] },
  };
}

/** No more promises. One that was not due yet leaves no trace; one that was overdue stays missed. */
function ended(incident: Incident, at: Instant): Incident {
  const { promise: _over, offer: _gone, ...rest } = settle(incident, at, 'ended');
  return { ...rest, heardAt: [...incident.heardAt, at], endedAt: at };
}

function settle(incident: Incident, at: Instant, how: 'spoke' | 'ended'): Incident {
  const { promise } = incident;
  if (!promise) return incident;
  const kept = at <= promise.dueAt;
  if (how === 'ended' && kept) return incident;
  return {
    ...incident,
    outcomes: [...incident.outcomes, { promise: promise.number, dueAt: promise.dueAt, at, kept }],
  };
}

/** A snooze writes a new promised time. One that was overdue already counts as missed. */
function snooze(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'snoozed' }>,
  at: Instant,
): Incident {
  const { promise } = incident;
  if (!promise || promise.number !== event.promise) return incident;
  const missed = at > promise.dueAt;
  const settled = missed ? settle(incident, at, 'spoke') : incident;
  return {
    ...settled,
    promisesMade: incident.promisesMade + 1,
    promise: {
      number: incident.promisesMade + 1,
      madeAt: at,
      dueAt: event.dueAt,
      climbed: [],
      unreachable: [],
      snoozed: { by: event.by, reason: event.reason, from: promise.dueAt },
    },
  };
}

function climb(incident: Incident, number: number, climbed: Climbed): Incident {
  return onPromise(incident, number, (promise) => ({ ...promise, climbed: [...promise.climbed, climbed] }));
}

function onPromise(
  incident: Incident,
  number: number,
  change: (promise: UpdatePromise) => UpdatePromise,
): Incident {
  return incident.promise?.number === number ? { ...incident, promise: change(incident.promise) } : incident;
}

function sameMessage(
  entry: Entry,
  event: { readonly message: { readonly channel: string; readonly ts: string } },
): boolean {
  return entry.message.channel === event.message.channel && entry.message.ts === event.message.ts;
}

function entryOf(event: Extract<IncidentEvent, { type: 'entry-added' }>): Entry {
  return {
    message: event.message,
    text: event.text,
    author: event.author,
    addedBy: event.by,
    at: event.writtenAt,
  };
}
