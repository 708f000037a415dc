import {
  type Incident,
  isOpen,
  type PersonId,
  type Phase,
  type Rung,
  type Severity,
  type UpdatePromise,
} from './incident.ts';
import { type Duration, HOUR, type Instant, MINUTE, SECOND } from './time.ts';

/** How often the channel hears from us, and who is asked when it does not. */
export interface CadenceSettings {
  /** Default 30 minutes, at least 10 seconds. */
  readonly updateEvery: Duration;
  /** Overrides by phase and severity, as configured. */
  readonly table?: Readonly<Partial<Record<Phase, Readonly<Partial<Record<Severity, Duration>>>>>>;
  /** After an incident has lasted `after`, promises are `updateEvery` apart. Off unless configured; never in the first hour. */
  readonly longMode?: { readonly after: Duration; readonly updateEvery: Duration };
  /** Asked at the third rung. */
  readonly escalateTo: readonly PersonId[];
  /** How long before a promise the draft comes, and how long after it each further rung; at most half a promise's length. */
  readonly draftBefore?: Duration;
  readonly lateAfter?: Duration;
  readonly escalateAfter?: Duration;
  /** Rungs in the channel per missed promise, the first one included. */
  readonly nudgeCap: number;
  /** *No change* in a row before a sentence is asked for. */
  readonly heartbeatsInARow: number;
}

export const DEFAULT_CADENCE: CadenceSettings = {
  updateEvery: 30 * MINUTE,
  escalateTo: [],
  nudgeCap: 5,
  heartbeatsInARow: 2,
};

/** A promise of 30 minutes is drafted 5 minutes before, asked again 5 and 15 minutes after; shorter ones in proportion. */
const DRAFT_BEFORE: Duration = 5 * MINUTE;
const LATE_AFTER: Duration = 5 * MINUTE;
const ESCALATE_AFTER: Duration = 15 * MINUTE;

export function intervalFor(
  settings: CadenceSettings,
  incident: { readonly phase: Phase; readonly severity: Severity; readonly declaredAt: Instant },
  now: Instant,
): Duration {
  const { longMode, table, updateEvery } = settings;
  const age = now - incident.declaredAt;
  if (longMode && age >= Math.max(longMode.after, HOUR)) return longMode.updateEvery;
  return table?.[incident.phase]?.[incident.severity] ?? updateEvery;
}

/** One rung with the time it falls due. */
export interface Step {
  readonly rung: Rung;
  readonly at: Instant;
}

/** The shortest promise there is; a clock that stepped back must not make one shorter, or its rungs would come all at once. */
const SHORTEST: Duration = 10 * SECOND;

/** The ladder of a promise, in order. A person who cannot be reached moves the next rung up to when we learned it. */
export function ladder(promise: UpdatePromise, settings: CadenceSettings): readonly Step[] {
  const length = Math.max(SHORTEST, promise.dueAt - promise.madeAt);
  const offset = (configured: Duration | undefined, usual: Duration, share: number) =>
    configured === undefined
      ? Math.min(usual, Math.floor(length / share))
      : Math.min(configured, Math.floor(length / 2));
  const late = offset(settings.lateAfter, LATE_AFTER, 6);
  // However the two were configured: asking again comes first, and gets its time.
  const escalate = Math.max(offset(settings.escalateAfter, ESCALATE_AFTER, 2), 2 * late);
  const steps: { rung: Rung; at: Instant }[] = [
    { rung: 'draft', at: promise.dueAt - offset(settings.draftBefore, DRAFT_BEFORE, 6) },
    { rung: 'due', at: promise.dueAt },
    { rung: 'late', at: promise.dueAt + late },
    { rung: 'escalate', at: promise.dueAt + escalate },
  ];
  for (let n = 1; n + 3 <= settings.nudgeCap; n++) {
    const after = (steps[3]?.at ?? promise.dueAt) + n * Math.max(length, MINUTE);
    steps.push({ rung: `repeat-${n}`, at: after });
  }
  const allowed = steps.slice(0, 1 + Math.max(1, settings.nudgeCap));
  for (const { at, person } of promise.unreachable) {
    const asked = promise.climbed.findLast((one) => one.asked.includes(person));
    const everyone =
      asked?.asked.every((one) => promise.unreachable.some((gone) => gone.person === one)) ?? false;
    const next =
      asked && everyone ? allowed.find((step) => rank(step.rung) === rank(asked.rung) + 1) : undefined;
    if (next && next.rung !== 'due') next.at = Math.min(next.at, Math.max(at, promise.dueAt));
  }
  return allowed;
}

/** What to do now about one incident's promise, and why. */
export interface Due {
  readonly promise: number;
  readonly rung: Rung;
  /** When the rung fell due; later than that, the tick was late. */
  readonly at: Instant;
  readonly promisedAt: Instant;
  readonly overdueBy: Duration;
  readonly ask: readonly PersonId[];
  /** Rungs whose time passed unnoticed (a restart, a late tick): this one speaks for them. */
  readonly passed: readonly Rung[];
  readonly why: string;
}

/**
 * Is it due, which rung, and why? Pure over the timeline and now. Each rung is answered once: a rung that was climbed, or
 * that a later one has spoken for, never comes again, whatever the clock does.
 */
export function due(incident: Incident, settings: CadenceSettings, now: Instant): Due | undefined {
  const { promise } = incident;
  if (!promise || !isOpen(incident)) return undefined;
  const waiting = open(promise, settings).filter((step) => step.at <= now);
  const last = waiting.at(-1);
  if (!last) return undefined;
  const passed = waiting.slice(0, -1).map((step) => step.rung);
  const ask = asks(incident, settings, last.rung);
  const overdueBy = Math.max(0, now - promise.dueAt);
  return {
    promise: promise.number,
    rung: last.rung,
    at: last.at,
    promisedAt: promise.dueAt,
    overdueBy,
    ask,
    passed,
    why: reason(promise, last.rung, passed),
  };
}

/** When `due` will next have something to say; undefined for never. Goes into the projection. */
export function nextDueAt(incident: Incident, settings: CadenceSettings): Instant | undefined {
  if (!incident.promise || !isOpen(incident)) return undefined;
  return open(incident.promise, settings)[0]?.at;
}

function open(promise: UpdatePromise, settings: CadenceSettings): readonly Step[] {
  const highest = Math.max(-1, ...promise.climbed.map((one) => rank(one.rung)));
  return ladder(promise, settings).filter((step) => rank(step.rung) > highest);
}

function rank(rung: Rung): number {
  const fixed = ['draft', 'due', 'late', 'escalate'].indexOf(rung);
  return fixed >= 0 ? fixed : 3 + Number(rung.slice('repeat-'.length));
}

/** Who is asked at a rung, once each: lead; lead and comms; those who were named for escalation, else whoever declared. */
export function asks(incident: Incident, settings: CadenceSettings, rung: Rung): readonly PersonId[] {
  const { lead, comms } = incident;
  if (rung === 'draft' || rung === 'due') return [lead];
  const pair = comms === undefined || comms === lead ? [lead] : [lead, comms];
  if (rung === 'late') return pair;
  const further = settings.escalateTo.filter((person) => !pair.includes(person));
  if (further.length > 0) return further;
  return [...new Set([...pair, incident.declaredBy])];
}

function reason(promise: UpdatePromise, rung: Rung, passed: readonly Rung[]): string {
  const why =
    rung === 'draft'
      ? `promise ${promise.number} falls due soon`
      : rung === 'due'
        ? `promise ${promise.number} is due`
        : `promise ${promise.number} is overdue`;
  return passed.length === 0 ? why : `${why}; ${passed.join(', ')} passed while nobody was looking`;
}

/** How the promises were kept. Rates are null where nothing was due. */
export interface Kept {
  readonly kept: number;
  readonly of: number;
  /** 0 to 1, or null when nothing was due. */
  readonly onTimeRate: number | null;
  /** The longest the channel waited between two words from us. */
  readonly longestSilence: Duration;
}

export function keptSoFar(incident: Incident, now: Instant): Kept {
  const kept = incident.outcomes.filter((outcome) => outcome.kept).length;
  const missedOpen = incident.promise && incident.promise.dueAt < now && isOpen(incident) ? 1 : 0;
  const of = incident.outcomes.length + missedOpen;
  return { kept, of, onTimeRate: of === 0 ? null : kept / of, longestSilence: longestSilence(incident, now) };
}

/** After its end an incident owes nobody a word, so the time until a reopening is no silence. */
function longestSilence(incident: Incident, now: Instant): Duration {
  const { heardAt, timeline } = incident;
  const reopened = timeline.flatMap(({ at, event }) => (event.type === 'reopened' ? [at] : []));
  const heard = [...heardAt, ...(isOpen(incident) ? [now] : [])];
  return heard.reduce((longest, at, index) => {
    const before = heard[index - 1];
    return before === undefined || reopened.includes(at) ? longest : Math.max(longest, at - before);
  }, 0);
}
