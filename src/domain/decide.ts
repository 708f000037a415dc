import { type CadenceSettings, intervalFor } from './cadence.ts';
import type { Command, Declare } from './command.ts';
import { ACTIONS } from './decide/actions.ts';
import { CONCLUSIONS } from './decide/conclusions.ts';
import { DISTILLATION } from './decide/distillation.ts';
import { FACTS } from './decide/facts.ts';
import { GUARDS } from './decide/guards.ts';
import { HYPOTHESES } from './decide/hypotheses.ts';
import { INTERIMS } from './decide/interims.ts';
import { KNOWLEDGE } from './decide/knowledge.ts';
import { MARKS } from './decide/marks.ts';
import { PEOPLE } from './decide/people.ts';
import { PHASES } from './decide/phases.ts';
import { POSTMORTEM } from './decide/postmortem.ts';
import { RECORDS } from './decide/records.ts';
import { type Bare, type Deciders, notInFuture, oneLine } from './decide/rules.ts';
import { TALK } from './decide/talk.ts';
import { TRIAGE } from './decide/triage.ts';
import { WATCH } from './decide/watch.ts';
import { RuleViolation } from './errors.ts';
import type { Incident, IncidentEvent, MessageRef, PersonId } from './incident.ts';
import type { Instant } from './time.ts';

/** What a decision may look at besides the timeline. */
export interface Circumstances {
  readonly now: Instant;
  readonly by: PersonId;
  readonly via?: MessageRef;
  readonly cadence: CadenceSettings;
}

const DECIDERS: Deciders<Command> = {
  ...TALK,
  ...PHASES,
  ...PEOPLE,
  ...FACTS,
  ...MARKS,
  ...WATCH,
  ...HYPOTHESES,
  ...CONCLUSIONS,
  ...INTERIMS,
  ...TRIAGE,
  ...RECORDS,
  ...GUARDS,
  ...DISTILLATION,
  ...ACTIONS,
  ...POSTMORTEM,
  ...KNOWLEDGE,
};

/** The first event of an incident. Refuses an empty title. */
export function declare(command: Declare, circumstances: Circumstances): readonly IncidentEvent[] {
  const title = oneLine(command.title);
  if (title === '')
    throw new RuleViolation(
      'title-needed',
      'What is happening? `declare P1 checkout returns 500s` is enough.',
    );
  if (command.impactSince !== undefined) notInFuture(command.impactSince, circumstances.now);
  const { now, cadence } = circumstances;
  const dueAt =
    now + intervalFor(cadence, { phase: 'investigating', severity: command.severity, declaredAt: now }, now);
  return sign([{ type: 'declared', ...command, title, dueAt }], circumstances);
}

/** What may happen: events, or a `RuleViolation` that says the next step. Pure; the time is an argument. */
export function decide(
  incident: Incident,
  command: Command,
  circumstances: Circumstances,
): readonly IncidentEvent[] {
  // The table holds, for each type, what decides commands of that type; TypeScript cannot see the two together.
  const decider = DECIDERS[command.type] as (
    incident: Incident,
    command: Command,
    circumstances: Circumstances,
  ) => readonly Bare<IncidentEvent>[];
  return sign(decider(incident, command, circumstances), circumstances);
}

function sign(events: readonly Bare<IncidentEvent>[], { by, via }: Circumstances): readonly IncidentEvent[] {
  return events.map((event) => ({ ...event, by, ...(via && { via }) }) as IncidentEvent);
}
