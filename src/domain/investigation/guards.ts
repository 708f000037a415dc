import {
  type Incident,
  type IncidentEvent,
  isOpen,
  type PersonId,
  type Recorded,
  STEADY,
} from '../incident.ts';
import { type Duration, type Instant, MINUTE } from '../time.ts';
import { attachedAs, evidenceAgainst, evidenceFor, type Hypothesis } from './hypothesis.ts';
import { changeLabel, wasAnnounced } from './seen-change.ts';

export const GUARDS = [
  'rollback-first',
  'no-lead',
  'thrashing',
  'before-too',
  'cohort',
  'tunnel',
  'hero',
  'stealth',
  'confirming',
  'premature',
] as const;
export type GuardKind = (typeof GUARDS)[number];

/** A trap that one person may be walking into, with its reason; said to them alone, once for each situation. */
export interface Guard {
  readonly kind: GuardKind;
  /** What tells this situation from another of its kind. */
  readonly situation: string;
  readonly to: PersonId;
  /** In the notation of `RuleViolation`. */
  readonly says: string;
  /** What *Show* says for the person. */
  readonly show: string;
}

/** How long one person may be alone on a P1 or P2 before being asked whether somebody should join. */
export const ALONE: Duration = 30 * MINUTE;
const NO_LEAD = 3;
const THRASHING = 5;
const TUNNEL = 5;

/** A deploy, a release or a flag, as people blame them. */
const CHANGE =
  /\b(?:deploy(?:ed|ment|s)?|releases?d?|roll-?outs?|rolled out|version|flags?|toggled?)\b|\bv\d+\.\d/i;
const TUNED = /\b(?:limits?|pools?|caches?|replicas?|time-?outs?|threads?|workers?|connections?)\b/i;
const TUNING = /\b(?:rais|increas|bump|doubl|chang|set|scal|lower|reduc|halv|add|turn|tun)\w*/i;

type Query = Recorded & { readonly event: Extract<IncidentEvent, { type: 'evidence-recorded' }> };

/** Every guard that applies now and is not muted. Pure: the timeline, and the time. */
export function guards(incident: Incident, now: Instant): readonly Guard[] {
  if (!isOpen(incident) || incident.muted.includes('all')) return [];
  const queries = incident.timeline.filter(
    (one): one is Query => one.event.type === 'evidence-recorded' && one.event.by !== STEADY,
  );
  const found = [
    rollbackFirst(incident, queries),
    noLead(incident, queries),
    thrashing(incident, queries),
    tunnel(queries, incident.service),
    hero(incident, now),
    ...incident.hypotheses.flatMap((one) => aboutHypothesis(one)),
    ...stealth(incident),
    ...premature(incident),
  ];
  return found.filter((one): one is Guard => one !== undefined && !incident.muted.includes(one.kind));
}

function rollbackFirst(incident: Incident, queries: readonly Query[]): Guard | undefined {
  if (incident.severity !== 'P1' || incident.mitigatedAt !== undefined || incident.started.length > 0)
    return undefined;
  const triage = incident.triages.findLast((one) =>
    one.answers.some(
      ({ question, says }) => says === 'yes' && (question === 'deploy' || question === 'flag'),
    ),
  );
  const asked = triage && queries.find((one) => one.seq > triage.seq);
  if (!triage || !asked) return undefined;
  return {
    kind: 'rollback-first',
    situation: `${triage.seq}`,
    to: asked.event.by,
    says: 'Something changed before this P1, and nothing is mitigated yet. Roll back first, and look for the cause after?',
    show: 'triage',
  };
}

/** Since when nobody got anywhere: nothing stated, tested, attached or told. */
function lastLead(incident: Incident): number {
  const lead = incident.timeline.findLast(({ event }) =>
    [
      'hypothesis-stated',
      'test-run',
      'evidence-attached',
      'hypothesis-judged',
      'updated',
      'mitigated',
    ].includes(event.type),
  );
  return lead?.seq ?? 0;
}

function noLead(incident: Incident, queries: readonly Query[]): Guard | undefined {
  const since = lastLead(incident);
  const third = queries.filter((one) => one.seq > since)[NO_LEAD - 1];
  if (!third) return undefined;
  const { tool, source } = third.event.evidence;
  return {
    kind: 'no-lead',
    situation: `${since}`,
    to: third.event.by,
    says: `Three queries, no lead. Stop and look at what ${source} has before the next; it may be the wrong source.`,
    show: `discover ${tool}`,
  };
}

function thrashing(incident: Incident, queries: readonly Query[]): Guard | undefined {
  const alive = incident.hypotheses.some((one) => ['open', 'testing', 'supported'].includes(one.state));
  const last = incident.timeline.findLast(({ event }) => event.type === 'hypothesis-judged')?.seq ?? 0;
  const fifth = queries.filter((one) => one.seq > last)[THRASHING - 1];
  if (alive || !fifth) return undefined;
  return {
    kind: 'thrashing',
    situation: `${last}`,
    to: fifth.event.by,
    says: 'Five queries, and no hypothesis is open. What do you think it is, and what would prove it wrong?',
    show: 'hypothesis',
  };
}

/** The same place again and again: the same system, about the same name. */
function tunnel(queries: readonly Query[], service: string | undefined): Guard | undefined {
  const last = queries.slice(-TUNNEL);
  const [first] = last;
  if (!first || last.length < TUNNEL) return undefined;
  const place = (one: Query) => `${one.event.evidence.source} ${nameIn(one.event.evidence.query)}`;
  if (last.some((one) => place(one) !== place(first))) return undefined;
  const begin = queries.findLastIndex((one) => place(one) !== place(first)) + 1;
  return {
    kind: 'tunnel',
    situation: `${queries[begin]?.seq ?? first.seq}`,
    to: last.at(-1)?.event.by ?? first.event.by,
    says: `Five queries in a row about \`${nameIn(first.event.evidence.query)}\`. Look at all signals again?`,
    show: service === undefined ? 'signals' : `signals ${service}`,
  };
}

/** The longest name in a query: what it is about, whatever is wrapped around it. */
function nameIn(query: string): string {
  const names = query.match(/[A-Za-z_][\w:.-]{2,}/g) ?? [];
  return names.toSorted((a, b) => b.length - a.length)[0]?.slice(0, 80) ?? 'one thing';
}

function hero(incident: Incident, now: Instant): Guard | undefined {
  if (incident.phase !== 'investigating' || !['P1', 'P2'].includes(incident.severity)) return undefined;
  if (now - incident.declaredAt < ALONE) return undefined;
  const recent = incident.timeline.filter((one) => one.event.by !== STEADY && one.at > now - ALONE);
  const people = new Set(recent.map((one) => one.event.by));
  const [only] = people;
  if (only === undefined || people.size > 1) return undefined;
  const other = incident.timeline.findLast((one) => one.event.by !== STEADY && one.event.by !== only);
  return {
    kind: 'hero',
    situation: `${only}/${other?.seq ?? 0}`,
    to: only,
    says: `You have been alone on this ${incident.severity} for half an hour. Should somebody join, or take it over?`,
    show: 'handoff',
  };
}

function aboutHypothesis(hypothesis: Hypothesis): readonly Guard[] {
  const { id, state, statement, disproof, by } = hypothesis;
  if (state !== 'open' || hypothesis.tests.length > 0) return [];
  const base = { situation: id, to: by, show: `${id} test` };
  const supports = evidenceFor(hypothesis).length;
  const one = attachedAs(hypothesis, 'for').at(-1);
  return [
    ...(CHANGE.test(statement)
      ? [
          {
            ...base,
            kind: 'before-too',
            says: `${id} blames a change. Was it like that before the change, too?`,
          } as const,
        ]
      : []),
    ...(supports > 0 && one !== undefined
      ? [
          {
            ...base,
            kind: 'cohort',
            says: `${one} supports ${id} by timing alone so far. Is a cohort that did not see it unaffected?`,
          } as const,
        ]
      : []),
    ...(supports > 1 && evidenceAgainst(hypothesis).length === 0
      ? [
          {
            ...base,
            kind: 'confirming',
            says: `Everything so far speaks for ${id}, and nothing has tried to kill it. It would be wrong if: “${disproof}”.`,
          } as const,
        ]
      : []),
  ];
}

/** A deploy or a flag after the incident began that nobody announced, whichever look found it. */
function stealth(incident: Incident): readonly Guard[] {
  return incident.changes
    .filter((one) => !wasAnnounced(incident, one))
    .map((one) => ({
      kind: 'stealth',
      situation: `${one.at}`,
      to: incident.lead,
      says: `A change came during the incident that nobody announced: ${literal(changeLabel(one))}. Who made it, and why?`,
      show: 'timeline',
    }));
}

/** A system's words inside a sentence of ours: none of its notation. */
function literal(text: string): string {
  return text
    .replace(/[`*<>{}@\s]+/g, ' ')
    .trim()
    .slice(0, 200);
}

function premature(incident: Incident): readonly Guard[] {
  if (incident.hypotheses.some((one) => one.state === 'supported')) return [];
  return incident.timeline.flatMap(({ seq, event }): readonly Guard[] => {
    const text =
      event.type === 'noted' || event.type === 'mitigated'
        ? event.text
        : event.type === 'updated'
          ? event.fields.doing
          : undefined;
    if (text === undefined || !TUNED.test(text) || !TUNING.test(text)) return [];
    return [
      {
        kind: 'premature',
        situation: `${seq}`,
        to: event.by,
        says: 'A limit, pool, cache or replica count changes, and no hypothesis is supported. Which test is this, and how is it undone?',
        show: 'board',
      },
    ];
  });
}

/** `no-lead/12`: one situation of one kind. */
export function guardKey({ kind, situation }: Pick<Guard, 'kind' | 'situation'>): string {
  return `${kind}/${situation}`;
}
