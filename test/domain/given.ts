import { type CadenceSettings, DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import type { Command } from '../../src/domain/command.ts';
import { decide } from '../../src/domain/decide.ts';
import { RuleViolation } from '../../src/domain/errors.ts';
import type { EvidenceNote } from '../../src/domain/evidence-note.ts';
import { fold } from '../../src/domain/evolve.ts';
import type { Incident, IncidentEvent, PersonId, Recorded } from '../../src/domain/incident.ts';
import { type Instant, MINUTE } from '../../src/domain/time.ts';

/** 14:00 UTC on a Monday. */
export const T0: Instant = Date.UTC(2026, 0, 5, 14, 0);

/** Minutes after the declaration. */
export function at(minutes: number): Instant {
  return T0 + minutes * MINUTE;
}

/** One thing done to an incident: at which minute, by whom, what. */
export type Step = readonly [minute: number, command: Command, by?: PersonId];

export interface Story {
  readonly incident: Incident;
  readonly events: readonly Recorded[];
  /** Goes on with the story. */
  and(...steps: readonly Step[]): Story;
  /** What a command would do now. */
  when(minute: number, command: Command, by?: PersonId): readonly IncidentEvent[];
  /** The rule that refuses a command. */
  refused(minute: number, command: Command, by?: PersonId): RuleViolation;
}

export const DECLARED: Extract<IncidentEvent, { type: 'declared' }> = {
  type: 'declared',
  by: 'LEA',
  title: 'checkout 500s',
  severity: 'P1',
  channel: 'C1',
  private: false,
  dueAt: at(30),
};

/** An incident declared at 14:00 by LEA, with what happened since. */
export function given(...steps: readonly Step[]): Story {
  return storyOf([{ seq: 1, at: T0, event: DECLARED }], DEFAULT_CADENCE).and(...steps);
}

/** The same under another cadence. */
export function under(cadence: Partial<CadenceSettings>, dueAt: Instant = at(30)): Story {
  return storyOf([{ seq: 1, at: T0, event: { ...DECLARED, dueAt } }], { ...DEFAULT_CADENCE, ...cadence });
}

function storyOf(events: readonly Recorded[], cadence: CadenceSettings): Story {
  const incident = folded(events);
  const when = (minute: number, command: Command, by: PersonId = 'LEA') =>
    decide(incident, command, { now: at(minute), by, cadence });
  return {
    incident,
    events,
    when,
    refused: (minute, command, by) => {
      try {
        when(minute, command, by);
      } catch (error) {
        if (error instanceof RuleViolation) return error;
        throw error;
      }
      throw new Error(`${command.type} was not refused`);
    },
    and: (...steps) =>
      steps.reduce<Story>(
        (story, [minute, command, by]) =>
          storyOf(
            [
              ...story.events,
              ...story.when(minute, command, by).map((event, index) => ({
                seq: story.events.length + 1 + index,
                at: at(minute),
                event,
              })),
            ],
            cadence,
          ),
        storyOf(events, cadence),
      ),
  };
}

function folded(events: readonly Recorded[]): Incident {
  const incident = fold('T1', 42, events);
  if (!incident) throw new Error('nothing was declared');
  return incident;
}

/** An evidence whose series end in these numbers. */
export function note(id: string, values: readonly number[], more: Partial<EvidenceNote> = {}): EvidenceNote {
  return {
    id,
    tool: 'prometheus',
    deployment: 'prod',
    source: 'Prometheus prod',
    query: 'sum by (code) (rate(http_requests_total[5m]))',
    window: { from: T0, to: at(30) },
    askedAt: at(10),
    askedBy: 'LEA',
    reproduction: { kind: 'permalink', url: 'https://prom.example.com/graph?g0.expr=up' },
    findings: values.map((value, index) => ({
      labels: { code: `${500 + index}` },
      last: { at: at(29), value: String(value) },
    })),
    count: values.length,
    empty: values.length === 0,
    cost: { took: 84 },
    warnings: [],
    ...more,
  };
}
