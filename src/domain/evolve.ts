import { ACTIONS } from './evolve/actions.ts';
import { CONCLUSIONS } from './evolve/conclusions.ts';
import { DISTILLATION } from './evolve/distillation.ts';
import { FACTS } from './evolve/facts.ts';
import { GUARDS } from './evolve/guards.ts';
import { HYPOTHESES } from './evolve/hypotheses.ts';
import { KNOWLEDGE } from './evolve/knowledge.ts';
import { MARKS } from './evolve/marks.ts';
import { PEOPLE } from './evolve/people.ts';
import { PHASES } from './evolve/phases.ts';
import { POSTMORTEM } from './evolve/postmortem.ts';
import type { Evolvers, Place } from './evolve/promise.ts';
import { RECORDS } from './evolve/records.ts';
import { TALK } from './evolve/talk.ts';
import { TRIAGE } from './evolve/triage.ts';
import { WATCH } from './evolve/watch.ts';
import type { Incident, IncidentEvent, Recorded } from './incident.ts';

const EVOLVERS: Evolvers<IncidentEvent['type']> = {
  ...TALK,
  ...PHASES,
  ...PEOPLE,
  ...FACTS,
  ...MARKS,
  ...WATCH,
  ...HYPOTHESES,
  ...CONCLUSIONS,
  ...TRIAGE,
  ...RECORDS,
  ...GUARDS,
  ...DISTILLATION,
  ...ACTIONS,
  ...POSTMORTEM,
  ...KNOWLEDGE,
};

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
  // The table holds, for each type, what folds events of that type; TypeScript cannot see the two together.
  const evolver = EVOLVERS[event.type] as (
    incident: Incident,
    event: IncidentEvent,
    place: Place,
  ) => Incident;
  return evolver(incident, event, { seq, at });
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
    hypotheses: [],
    triages: [],
    changes: [],
    started: [],
    muted: [],
    confirmations: [],
    bugfixes: [],
    claims: [],
    suggested: [],
    usedKnowledge: [],
    verifiedWords: [],
    actions: [],
    contributed: { words: [], edits: [] },
    postmortem: { asked: 0, written: [] },
    entries: [],
    joined: [],
    shared: false,
    timeline: [recorded],
  };
}
